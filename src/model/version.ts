/**
 * A stream's own counter, exactly as stored.
 *
 * A `number` while it is a safe integer, a `bigint` beyond 2^53 - 1: never rounded, and one value has one
 * form only, so `===` compares versions and `<` orders them even when the two forms meet.
 */
export type Version = number | bigint;

/** A store's global counter as stored; text where the store keeps text (`"C:12/P:12"`), null where it has none. */
export type Position = number | bigint | string | null;

/** Brings an integer to its one form: a number when safe, else a bigint. */
export function canonicalInteger(value: number | bigint): Version {
  if (typeof value === 'number') return value;
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
}

/** Reads decimal digits (an optional sign first) as a version; undefined when the text is anything else. */
export function parseVersion(text: string): Version | undefined {
  return /^[+-]?\d+$/.test(text) ? canonicalInteger(BigInt(text)) : undefined;
}
