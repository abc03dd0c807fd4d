import { equal } from './equal';
import { kindOf } from './kind';

/** Which elements of two arrays are the same element. All bounds count from the arrays' own beginning. */
export interface Alignment {
  /** Everything before this index is equal on both sides. */
  start: number;
  /** Everything from here on is equal on both sides. */
  endBefore: number;
  endAfter: number;
  /** Pairs [index before, index after] between those, both rising: the same element, perhaps with changed content. */
  pairs: [number, number][];
  /** Whether elements between two pairs may be compared with each other in order (no identity says otherwise). */
  pairGaps: boolean;
}

/** The properties that name an element, in the order they are tried. */
const IDENTITY_KEYS = ['id', '_id', 'key', 'sku'];

/** Beyond this many differing elements the search for the shortest edit is given up for order. */
const MOST_EDITS = 400;

export function alignArrays(a: readonly unknown[], b: readonly unknown[]): Alignment {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && equal(a[start], b[start])) start++;
  let endBefore = a.length;
  let endAfter = b.length;
  while (endBefore > start && endAfter > start && equal(a[endBefore - 1], b[endAfter - 1])) {
    endBefore--;
    endAfter--;
  }
  const bounds = { start, endBefore, endAfter };
  // Nothing to match, or one element against one: only an identity can say that they are not the same.
  if (start === endBefore || start === endAfter) return { ...bounds, pairs: [], pairGaps: true };
  const keys = identities(a, b, bounds);
  if (keys) return { ...bounds, pairs: pairByIdentity(keys[0], keys[1], start), pairGaps: false };
  if (endBefore - start === 1 && endAfter - start === 1) return { ...bounds, pairs: [], pairGaps: true };
  return { ...bounds, pairs: pairByContent(a, b, bounds), pairGaps: true };
}

/** Whether each element is at the index where it was: the same object, of the same identity, or the only one. */
export function areInPlace(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  if (a.length === 1) return compareIdentity(a[0], b[0]) !== 'other';
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && compareIdentity(a[i], b[i]) !== 'same') return false;
  return true;
}

function compareIdentity(a: unknown, b: unknown): 'same' | 'other' | 'none' {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return 'none';
  for (const key of IDENTITY_KEYS) {
    const before = (a as Record<string, unknown>)[key];
    const after = (b as Record<string, unknown>)[key];
    if (isIdentity(before) && isIdentity(after)) return before === after ? 'same' : 'other';
  }
  return 'none';
}

function isIdentity(value: unknown): value is Identity {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

type Identity = string | number | bigint;
type Bounds = Pick<Alignment, 'start' | 'endBefore' | 'endAfter'>;

/** The identities of both middles by the first property that all elements have, each once; undefined when none fits. */
function identities(a: readonly unknown[], b: readonly unknown[], bounds: Bounds): [Identity[], Identity[]] | undefined {
  for (const key of IDENTITY_KEYS) {
    const before = identitiesBy(key, a, bounds.start, bounds.endBefore);
    const after = before && identitiesBy(key, b, bounds.start, bounds.endAfter);
    if (after) return [before, after];
  }
  return undefined;
}

function identitiesBy(key: string, array: readonly unknown[], start: number, end: number): Identity[] | undefined {
  const found: Identity[] = [];
  for (let i = start; i < end; i++) {
    const element = array[i];
    if (element === null || typeof element !== 'object' || !Object.hasOwn(element, key)) return undefined;
    const identity = (element as Record<string, unknown>)[key];
    if (!isIdentity(identity)) return undefined;
    found.push(identity);
  }
  return new Set(found).size === found.length ? found : undefined;
}

/** Keeps the longest run of shared elements whose order did not change; the others are moved, so removed and added. */
function pairByIdentity(before: Identity[], after: Identity[], start: number): [number, number][] {
  const indexBefore = new Map(before.map((identity, index) => [identity, index]));
  const shared: [number, number][] = [];
  after.forEach((identity, j) => {
    const i = indexBefore.get(identity);
    if (i !== undefined) shared.push([start + i, start + j]);
  });
  return longestRising(shared);
}

/** The longest subsequence of pairs whose first numbers rise (patience sorting, n log n). */
function longestRising(pairs: [number, number][]): [number, number][] {
  const ends: number[] = [];
  const previous = new Int32Array(pairs.length).fill(-1);
  for (let p = 0; p < pairs.length; p++) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![0] < pairs[p]![0]) low = middle + 1;
      else high = middle;
    }
    previous[p] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = p;
  }
  const result: [number, number][] = [];
  for (let p = ends.at(-1) ?? -1; p >= 0; p = previous[p]!) result.push(pairs[p]!);
  return result.reverse();
}

/** Pairs equal elements along a shortest edit (Myers, 1986), none when that would take more than MOST_EDITS. */
function pairByContent(a: readonly unknown[], b: readonly unknown[], { start, endBefore, endAfter }: Bounds): [number, number][] {
  const n = endBefore - start;
  const m = endAfter - start;
  const classes = new Classes();
  const left = Array.from({ length: n }, (_, i) => classes.of(a[start + i]));
  const right = Array.from({ length: m }, (_, j) => classes.of(b[start + j]));
  const most = Math.min(n + m, MOST_EDITS);
  const offset = most + 1;
  const furthest = new Int32Array(2 * most + 3);
  const trail: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trail.push(furthest.slice(offset - edits - 1, offset + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && furthest[offset + k - 1]! < furthest[offset + k + 1]!);
      let x = down ? furthest[offset + k + 1]! : furthest[offset + k - 1]! + 1;
      while (x < n && x - k < m && left[x] === right[x - k]) x++;
      furthest[offset + k] = x;
      if (x >= n && x - k >= m) return walkBack(trail, n, m, edits, start);
    }
  }
  return [];
}

/** Follows the furthest points back from the end. Slice `edits` covers the diagonals -edits-1 … edits+1. */
function walkBack(trail: Int32Array[], n: number, m: number, edits: number, start: number): [number, number][] {
  const pairs: [number, number][] = [];
  let x = n;
  let y = m;
  for (let d = edits; d >= 0; d--) {
    const reached = trail[d]!;
    const at = (k: number) => reached[k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const from = d === 0 ? 0 : down ? at(k + 1) : at(k - 1);
    const fromY = d === 0 ? 0 : from - (down ? k + 1 : k - 1);
    const until = d === 0 ? 0 : down ? from : from + 1;
    while (x > until) pairs.push([start + --x, start + --y]);
    x = from;
    y = fromY;
  }
  return pairs.reverse();
}

/** Gives equal elements one number, looking deeply only at those whose outline is the same. */
class Classes {
  private count = 0;
  private readonly known = new Map<unknown, number>();
  private readonly byOutline = new Map<string, { element: object; number: number }[]>();

  of(element: unknown): number {
    const key = Object.is(element, -0) ? NEGATIVE_ZERO : element;
    let number = this.known.get(key);
    if (number === undefined) {
      number = element !== null && typeof element === 'object' ? this.ofObject(element) : this.count++;
      this.known.set(key, number);
    }
    return number;
  }

  private ofObject(element: object): number {
    const key = outline(element);
    const alike = this.byOutline.get(key) ?? [];
    this.byOutline.set(key, alike);
    // A bucket of very many look-alikes is not searched through: a missed match costs a longer difference only.
    for (let i = 0; i < alike.length && i < 32; i++) if (equal(alike[i]!.element, element)) return alike[i]!.number;
    alike.push({ element, number: this.count });
    return this.count++;
  }
}

const NEGATIVE_ZERO = Symbol('-0');

/** A text that equal elements share: kind, keys and the primitives directly inside, as far as 16 of them. */
function outline(element: object): string {
  const kind = kindOf(element);
  if (kind === 'array') return `array ${(element as unknown[]).length} ${(element as unknown[]).slice(0, 16).map(glance).join()}`;
  if (kind !== 'plain' && kind !== 'instance') return kind;
  const keys = Object.keys(element).sort();
  return `${keys.length} ${keys.slice(0, 16).map((key) => `${key}:${glance((element as Record<string, unknown>)[key])}`).join()}`;
}

function glance(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return Object.is(value, -0) ? '-0' : String(value);
  return typeof value;
}
