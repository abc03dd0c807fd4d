import { hasTextKeys, isVastlySparse, kindOf, sameClass, sameLeaf } from './kind';

/**
 * Deep equality with the meaning `diff` gives it: `equal(a, b)` exactly when `diff(a, b)` is empty.
 *
 * Numbers by Object.is (NaN equals NaN, 0 differs from -0); dates, expressions, bytes and exact numbers by value;
 * objects and Maps with text keys whatever the order of keys; other Maps and Sets in their order; a property that is
 * undefined differs from one that is missing, a hole in an array does not. Cycles are equal when they close alike.
 */
export function equal(a: unknown, b: unknown): boolean {
  return same(a, b, []);
}

/** @param above the pairs under comparison, [a, b, a, b, …]: a pair met again is equal as far as it matters */
function same(a: unknown, b: unknown, above: object[]): boolean {
  if (a === b) return a !== 0 || Object.is(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a !== a && b !== b;
  const kind = kindOf(a);
  if (kind !== kindOf(b) || !sameClass(a, b, kind)) return false;
  if (kind === 'leaf') return sameLeaf(a, b);
  if (kind === 'opaque') return false;
  for (let i = above.length - 2; i >= 0; i -= 2) if (above[i] === a && above[i + 1] === b) return true;
  above.push(a, b);
  const result = sameContent(a, b, kind, above);
  above.length -= 2;
  return result;
}

function sameContent(a: object, b: object, kind: 'plain' | 'instance' | 'array' | 'map' | 'set', above: object[]): boolean {
  switch (kind) {
    case 'array':
      return sameArrays(a as unknown[], b as unknown[], above);
    case 'map':
      return sameMaps(a as Map<unknown, unknown>, b as Map<unknown, unknown>, above);
    case 'set':
      return sameSequence([...(a as Set<unknown>)], [...(b as Set<unknown>)], above);
    default:
      return sameObjects(a as Record<string, unknown>, b as Record<string, unknown>, above);
  }
}

function sameObjects(a: Record<string, unknown>, b: Record<string, unknown>, above: object[]): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !same(a[key], b[key], above)) return false;
  }
  return true;
}

function sameArrays(a: unknown[], b: unknown[], above: object[]): boolean {
  if (a.length !== b.length) return false;
  if (isVastlySparse(a) || isVastlySparse(b)) {
    return sameObjects(a as unknown as Record<string, unknown>, b as unknown as Record<string, unknown>, above);
  }
  return sameSequence(a, b, above);
}

function sameSequence(a: unknown[], b: unknown[], above: object[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i], above)) return false;
  return true;
}

function sameMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, above: object[]): boolean {
  if (a.size !== b.size) return false;
  if (!hasTextKeys(a)) return sameSequence([...a].flat(), [...b].flat(), above);
  for (const [key, value] of a) {
    if (!b.has(key) || !same(value, b.get(key), above)) return false;
  }
  return true;
}
