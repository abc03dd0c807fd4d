import { bytesOf, hasTextKeys, kindOf } from './kind';

/**
 * The parts of a value, in the order they are shown: the one list behind trees, pointers and JSON.
 *
 * Objects and class instances: own enumerable properties. Arrays (holes as undefined), Sets and bytes: by index. Maps:
 * by key when every key is text, else by index with `[key, value]` pairs. Everything else has none.
 */
export function* children(value: unknown): Generator<[segment: string, child: unknown], void, undefined> {
  const list = listOf(value);
  if (list) {
    for (let i = 0; i < list.length; i++) yield [String(i), list[i]];
  } else if (value instanceof Map) {
    yield* value as Map<string, unknown>;
  } else if (hasProperties(value)) {
    for (const key of Object.keys(value)) yield [key, value[key]];
  }
}

/** How many parts `children` would list. */
export function childCount(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  if (value instanceof Map || value instanceof Set) return value.size;
  const list = listOf(value);
  if (list) return list.length;
  return hasProperties(value) ? Object.keys(value).length : 0;
}

/** The part of this name, `found: false` when `children` lists none. */
export function childAt(value: unknown, segment: string): { found: boolean; value: unknown } {
  const list = listOf(value);
  if (list) {
    const index = /^(?:0|[1-9]\d*)$/.test(segment) ? Number(segment) : -1;
    return index >= 0 && index < list.length ? { found: true, value: list[index] } : { found: false, value: undefined };
  }
  if (value instanceof Map) return { found: value.has(segment), value: value.get(segment) };
  if (hasProperties(value) && Object.hasOwn(value, segment)) return { found: true, value: value[segment] };
  return { found: false, value: undefined };
}

/** What is listed by index, undefined when the value is not. */
function listOf(value: unknown): ArrayLike<unknown> | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return value as unknown[];
  if (value instanceof Set) return [...(value as Set<unknown>)];
  if (value instanceof Map) return hasTextKeys(value) ? undefined : [...value];
  if (value instanceof ArrayBuffer || value instanceof DataView) return bytesOf(value);
  return ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<unknown>) : undefined;
}

function hasProperties(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const kind = kindOf(value);
  return kind === 'plain' || kind === 'instance';
}
