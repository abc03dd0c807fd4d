import type { TimelineLease } from './timelines';

/** The text of an export, piece by piece: the state at a step, or the events up to it. Rejects as the engine does. */
export async function* readExport(
  lease: TimelineLease,
  what: 'state' | 'events',
  step: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { id } = await lease.caller.request('export', { what, step }, { signal });
  for (;;) {
    const piece = await lease.caller.request('exportNext', { id }, { signal });
    if (piece === null) return;
    yield piece;
  }
}
