import { ExactNumber } from '../model/exact-number';

/**
 * What a value is when it is compared.
 *
 * - `plain` (objects, null prototypes included) and `instance` (of a class): by own enumerable properties.
 * - `array`, `map`, `set`: by content. `leaf`: a Date, RegExp, ExactNumber, bytes, Error, boxed value: by value.
 * - `opaque`: functions, promises, weak collections: by identity.
 */
export type Kind = 'plain' | 'array' | 'map' | 'set' | 'leaf' | 'instance' | 'opaque';

/** The kind of an object or function (not of a primitive). */
export function kindOf(value: object): Kind {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return typeof value === 'function' ? 'opaque' : 'plain';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Map) return 'map';
  if (value instanceof Set) return 'set';
  if (isLeaf(value)) return 'leaf';
  if (isOpaque(value)) return 'opaque';
  return 'instance';
}

/** Whether a value is compared and written as one piece although it is an object. */
function isLeaf(value: object): boolean {
  return (
    value instanceof ExactNumber ||
    value instanceof Date ||
    value instanceof RegExp ||
    ArrayBuffer.isView(value) ||
    value instanceof ArrayBuffer ||
    value instanceof Error ||
    value instanceof Number ||
    value instanceof String ||
    value instanceof Boolean
  );
}

function isOpaque(value: object): boolean {
  return (
    typeof value === 'function' ||
    value instanceof Promise ||
    value instanceof WeakMap ||
    value instanceof WeakSet ||
    value instanceof WeakRef
  );
}

/** The kind of two objects that may be compared part by part, undefined when they differ in kind or class. */
export function commonKind(a: object, b: object): Kind | undefined {
  const prototype: unknown = Object.getPrototypeOf(a);
  // Nearly all that is compared is one of these two.
  if (prototype === Object.getPrototypeOf(b)) {
    if (prototype === Object.prototype) return 'plain';
    if (prototype === Array.prototype) return 'array';
    const kind = kindOf(a);
    return kind === kindOf(b) ? kind : undefined;
  }
  const kind = kindOf(a);
  return (kind === 'plain' || kind === 'array') && kindOf(b) === kind ? kind : undefined;
}

/** Whether two leaves of one class hold the same value. */
export function sameLeaf(a: object, b: object): boolean {
  if (a instanceof ExactNumber) return a.source === (b as ExactNumber).source;
  if (a instanceof Date) return Object.is(a.getTime(), (b as Date).getTime());
  if (a instanceof RegExp) {
    const other = b as RegExp;
    return a.source === other.source && a.flags === other.flags && a.lastIndex === other.lastIndex;
  }
  if (a instanceof Error) return a.message === (b as Error).message && a.name === (b as Error).name;
  if (ArrayBuffer.isView(a) || a instanceof ArrayBuffer) return sameBytes(a, b as ArrayBufferView | ArrayBuffer);
  return Object.is(a.valueOf(), b.valueOf());
}

function sameBytes(a: ArrayBufferView | ArrayBuffer, b: ArrayBufferView | ArrayBuffer): boolean {
  if (a.byteLength !== b.byteLength) return false;
  const left = bytesOf(a);
  const right = bytesOf(b);
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}

/** The bytes behind a typed array, DataView or ArrayBuffer, not copied. */
export function bytesOf(value: ArrayBufferView | ArrayBuffer): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/**
 * How deep a comparison goes without looking for cycles, which costs as much as comparing. One that gets deeper throws
 * TooDeep and is begun anew, looking for them.
 */
export const CARELESS_DEPTH = 100;
export class TooDeep extends Error {}

/** Whether every key is text: only then has each entry of a Map a JSON Pointer of its own. */
export function hasTextKeys(map: ReadonlyMap<unknown, unknown>): map is ReadonlyMap<string, unknown> {
  for (const key of map.keys()) if (typeof key !== 'string') return false;
  return true;
}

/**
 * Arrays so long and so empty that walking their indexes would take for ever. They are compared by the
 * indexes they hold and written as one piece.
 */
export function isVastlySparse(array: readonly unknown[]): boolean {
  return array.length > 1_000_000 && Object.keys(array).length < array.length / 8;
}
