import { alignArrays, areInPlace, type Alignment } from './align';
import { equal } from './equal';
import { CARELESS_DEPTH, commonKind, hasTextKeys, isVastlySparse, sameLeaf, TooDeep } from './kind';
import { formatPointer } from './pointer';

/** One difference between two states. `path` is an RFC 6901 pointer. */
export interface Change {
  op: 'add' | 'remove' | 'replace';
  path: string;
  /** What was there; absent from an `add`. */
  old?: unknown;
  /** What is there now; absent from a `remove`. */
  new?: unknown;
  /** Set where an undefined value is an element of an array: JSON writes it null there and leaves it out elsewhere. */
  element?: true;
}

/**
 * The structural difference of two states, in an order that applied one after the other as RFC 6902 operations
 * turns `before` into `after`. Neither is altered; the values in the changes are the states' own, not copies.
 *
 * Subtrees that are the same object are skipped unread. Elements of arrays that have an identity (`id`, `_id`, `key`,
 * `sku`) are matched by it, others by their content, so that an insert at the front is one `add`. A Map whose keys are
 * all text is compared by key; other Maps, Sets, dates, bytes and whatever changed its type are replaced in one piece.
 * Equality is that of `equal`.
 */
export function diff(before: unknown, after: unknown): Change[] {
  try {
    return new Comparison(false).run(before, after);
  } catch (error) {
    if (error instanceof TooDeep) return carefully(before, after);
    throw error;
  }
}

function carefully(before: unknown, after: unknown): Change[] {
  try {
    return new Comparison(true).run(before, after);
  } catch (error) {
    // Nested deeper than the stack: the whole state is still a true answer.
    if (error instanceof RangeError) return [{ op: 'replace', path: '', old: before, new: after }];
    throw error;
  }
}

class Comparison {
  private readonly changes: Change[] = [];
  /** Where the comparison stands; turned into a pointer only where something changed. */
  private readonly path: (string | number)[] = [];
  private depth = 0;
  /** The pairs under comparison, [a, b, a, b, …], so that cycles end. */
  private readonly above: object[] = [];

  constructor(private readonly careful: boolean) {}

  run(before: unknown, after: unknown): Change[] {
    this.compare(before, after);
    return this.changes;
  }

  private compare(a: unknown, b: unknown): void {
    if (a === b && (a !== 0 || Object.is(a, b))) return;
    if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
      if (!Object.is(a, b)) this.replace(a, b);
      return;
    }
    const kind = commonKind(a, b);
    switch (kind) {
      case undefined:
        return this.replace(a, b);
      case 'leaf':
        if (!sameLeaf(a, b)) this.replace(a, b);
        return;
      case 'opaque':
        return this.replace(a, b);
      case 'set':
        if (!equal(a, b)) this.replace(a, b);
        return;
      default:
        this.descend(a, b, kind);
    }
  }

  private descend(a: object, b: object, kind: 'plain' | 'instance' | 'array' | 'map'): void {
    const { above } = this;
    if (this.careful) {
      for (let i = above.length - 2; i >= 0; i -= 2) if (above[i] === a && above[i + 1] === b) return;
      above.push(a, b);
    } else if (this.depth > CARELESS_DEPTH) throw new TooDeep();
    this.depth++;
    if (kind === 'array') this.arrays(a as unknown[], b as unknown[]);
    else if (kind === 'map') this.maps(a as Map<unknown, unknown>, b as Map<unknown, unknown>);
    else this.objects(a as Record<string, unknown>, b as Record<string, unknown>, kind === 'plain');
    this.depth--;
    if (this.careful) above.length -= 2;
  }

  private objects(a: Record<string, unknown>, b: Record<string, unknown>, plain: boolean): void {
    const keys = Object.keys(a);
    let kept = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const old = a[key];
      const now = b[key];
      // The same, and surely not inherited: all that Object.prototype has is functions and the null above it.
      if (old === now && plain && old !== undefined && old !== 0 && old !== null && typeof old !== 'function') {
        kept++;
        continue;
      }
      if (!Object.hasOwn(b, key)) {
        this.changes.push({ op: 'remove', path: this.pathTo(key), old });
        continue;
      }
      kept++;
      this.path.push(key);
      this.compare(old, now);
      this.path.pop();
    }
    // Counting makes no list of keys, and there is nothing more to find when all were kept.
    let count = 0;
    for (const key in b) if (plain || Object.hasOwn(b, key)) count++;
    if (kept === count) return;
    for (const key of Object.keys(b)) {
      if (!Object.hasOwn(a, key)) this.changes.push({ op: 'add', path: this.pathTo(key), new: b[key] });
    }
  }

  private maps(a: Map<unknown, unknown>, b: Map<unknown, unknown>): void {
    if (!hasTextKeys(a) || !hasTextKeys(b)) {
      if (!equal(a, b)) this.replace(a, b);
      return;
    }
    for (const [key, old] of a) {
      if (!b.has(key)) {
        this.changes.push({ op: 'remove', path: this.pathTo(key), old });
        continue;
      }
      this.path.push(key);
      this.compare(old, b.get(key));
      this.path.pop();
    }
    for (const [key, now] of b) {
      if (!a.has(key)) this.changes.push({ op: 'add', path: this.pathTo(key), new: now });
    }
  }

  private arrays(a: unknown[], b: unknown[]): void {
    if (isVastlySparse(a) || isVastlySparse(b)) {
      if (!equal(a, b)) this.replace(a, b);
      return;
    }
    if (areInPlace(a, b)) {
      for (let i = 0; i < a.length; i++) this.element(a[i], b[i], i);
      return;
    }
    const alignment = alignArrays(a, b);
    // Left to right, so everything before `at` is final and `at` is the index in `after`.
    let from = alignment.start;
    let at = alignment.start;
    for (const [i, j] of alignment.pairs) {
      at = this.gap(a, b, from, i, at, j, alignment);
      this.element(a[i], b[j], at);
      from = i + 1;
      at++;
    }
    this.gap(a, b, from, alignment.endBefore, at, alignment.endAfter, alignment);
  }

  /** Turns a[from..to) into b[at..end). Returns `end`. */
  private gap(a: unknown[], b: unknown[], from: number, to: number, at: number, end: number, { pairGaps }: Alignment): number {
    if (pairGaps) for (; from < to && at < end; from++, at++) this.element(a[from], b[at], at);
    for (; from < to; from++) this.changes.push(ofElement({ op: 'remove', path: this.pathTo(at), old: a[from] }, a[from]));
    for (; at < end; at++) this.changes.push(ofElement({ op: 'add', path: this.pathTo(at), new: b[at] }, b[at]));
    return end;
  }

  private element(old: unknown, now: unknown, index: number): void {
    if (old === now && old !== 0) return;
    const first = this.changes.length;
    this.path.push(index);
    this.compare(old, now);
    this.path.pop();
    const change = this.changes[first];
    if (change && (old === undefined || now === undefined)) change.element = true;
  }

  private replace(old: unknown, now: unknown): void {
    this.changes.push({ op: 'replace', path: formatPointer(this.path), old, new: now });
  }

  private pathTo(segment: string | number): string {
    this.path.push(segment);
    const pointer = formatPointer(this.path);
    this.path.pop();
    return pointer;
  }
}

function ofElement(change: Change, value: unknown): Change {
  if (value === undefined) change.element = true;
  return change;
}
