/**
 * An estimate of the memory a state takes beyond an earlier one of which it shares parts, in bytes. Shared parts are
 * skipped by identity, so for a state made by a pure reducer this costs what changed, not what is there.
 */
export function freshBytes(earlier: unknown, state: unknown): number {
  if (state === earlier) return 0;
  if (typeof state === 'string') return 16 + state.length;
  if (typeof state !== 'object' || state === null) return 0;
  const before = typeof earlier === 'object' && earlier !== null ? (earlier as Record<string, unknown>) : undefined;
  const keys = Object.keys(state);
  let bytes = 40 + keys.length * 8;
  for (const key of keys) {
    const part = (state as Record<string, unknown>)[key];
    if (typeof part === 'object' || typeof part === 'string') {
      bytes += freshBytes(before && Object.hasOwn(before, key) ? before[key] : undefined, part);
    }
  }
  return bytes;
}
