import { CARELESS_DEPTH, commonKind, hasTextKeys, isVastlySparse, sameLeaf, TooDeep } from './kind';

/**
 * Deep equality with the meaning `diff` gives it: `equal(a, b)` exactly when `diff(a, b)` is empty.
 *
 * Numbers by Object.is (NaN equals NaN, 0 differs from -0); dates, expressions, bytes and exact numbers by value;
 * objects and Maps with text keys whatever the order of keys; other Maps and Sets in their order; a property that is
 * undefined differs from one that is missing, a hole in an array does not. Cycles are equal when they close alike.
 */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return a !== 0 || Object.is(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a !== a && b !== b;
  try {
    return same(a, b, { depth: 0 });
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return sameCarefully(a, b);
  }
}

function sameCarefully(a: unknown, b: unknown): boolean {
  try {
    return same(a, b, { depth: 0, above: [] });
  } catch (error) {
    // Nested deeper than the stack: not known to be equal.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

interface Trail {
  depth: number;
  /** The pairs under comparison, [a, b, a, b, …], when cycles are looked for: a pair met again is equal so far. */
  above?: object[];
}

function same(a: unknown, b: unknown, trail: Trail): boolean {
  if (a === b) return a !== 0 || Object.is(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a !== a && b !== b;
  const kind = commonKind(a, b);
  if (kind === undefined) return false;
  if (kind === 'leaf') return sameLeaf(a, b);
  if (kind === 'opaque') return false;
  const { above } = trail;
  if (above) {
    for (let i = above.length - 2; i >= 0; i -= 2) if (above[i] === a && above[i + 1] === b) return true;
    above.push(a, b);
  } else if (trail.depth > CARELESS_DEPTH) throw new TooDeep();
  trail.depth++;
  const result = sameContent(a, b, kind, trail);
  trail.depth--;
  if (above) above.length -= 2;
  return result;
}

function sameContent(a: object, b: object, kind: 'plain' | 'instance' | 'array' | 'map' | 'set', trail: Trail): boolean {
  switch (kind) {
    case 'array':
      return sameArrays(a as unknown[], b as unknown[], trail);
    case 'map':
      return sameMaps(a as Map<unknown, unknown>, b as Map<unknown, unknown>, trail);
    case 'set':
      return sameSequence([...(a as Set<unknown>)], [...(b as Set<unknown>)], trail);
    default:
      return sameObjects(a as Record<string, unknown>, b as Record<string, unknown>, trail);
  }
}

function sameObjects(a: Record<string, unknown>, b: Record<string, unknown>, trail: Trail): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !same(a[key], b[key], trail)) return false;
  }
  return true;
}

function sameArrays(a: unknown[], b: unknown[], trail: Trail): boolean {
  if (a.length !== b.length) return false;
  if (isVastlySparse(a) || isVastlySparse(b)) {
    return sameObjects(a as unknown as Record<string, unknown>, b as unknown as Record<string, unknown>, trail);
  }
  return sameSequence(a, b, trail);
}

function sameSequence(a: unknown[], b: unknown[], trail: Trail): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i], b[i], trail)) return false;
  return true;
}

function sameMaps(a: Map<unknown, unknown>, b: Map<unknown, unknown>, trail: Trail): boolean {
  if (a.size !== b.size) return false;
  if (!hasTextKeys(a)) return sameSequence([...a].flat(), [...b].flat(), trail);
  for (const [key, value] of a) {
    if (!b.has(key) || !same(value, b.get(key), trail)) return false;
  }
  return true;
}
