import { escapeSegment, parsePointer } from '../diff/pointer';
import type { Expansion, TreePage, TreeRow, ValueView } from '../protocol/shared';
import { Marks, parentOf, type RemovedPart } from './marks';
import { partsOf, type Parts } from './parts';
import { viewOf } from './view';

/** Rows given for one request at most, however many are asked for. */
const MOST_ROWS = 2000;
/** No tree is shown deeper than this: what is nested further is opened in an editor. */
const MOST_DEPTH = 500;

/**
 * A window of the visible lines of a value: lines `start` (inclusive) to `start + count`.
 *
 * Only open nodes are walked, and of an open node only the children that are open themselves or lie in the window, so
 * that a list of a million closed elements costs what its window costs.
 */
export function treePage(root: unknown, expansion: Expansion, start: number, count: number, marks: Marks = Marks.none): TreePage {
  const walk = new Walk(expansion, marks, Math.max(0, start), Math.min(count, MOST_ROWS));
  walk.node(root, '', '', 0, []);
  return { total: walk.total, start: walk.start, rows: walk.rows };
}

class Walk {
  total = 0;
  readonly rows: TreeRow[] = [];
  private readonly open: ReadonlySet<string>;
  private readonly closed: ReadonlySet<string>;
  /** Names of children that may be open although their level is not, by the path of their parent. */
  private readonly openBelow = new Map<string, Set<string>>();

  constructor(
    private readonly expansion: Expansion,
    private readonly marks: Marks,
    readonly start: number,
    private readonly count: number,
  ) {
    this.open = new Set(expansion.open);
    this.closed = new Set(expansion.closed);
    for (const path of this.open) this.noteOpen(path);
    if (expansion.changed === true) for (const path of marks.ancestors) this.noteOpen(path);
  }

  /** @param above the values around this one, so that a cycle is shown as such and not opened for ever */
  node(value: unknown, path: string, key: string, depth: number, above: object[]): void {
    const cycle = isAmong(value, above);
    const parts = cycle || depth >= MOST_DEPTH ? undefined : partsOf(value);
    const removed = parts ? this.marks.removedFrom(path) : [];
    const expanded = parts !== undefined && parts.count + removed.length > 0 && this.isOpen(path, depth);
    if (this.inWindow(this.total)) {
      const view = cycle ? cycleView(value) : viewOf(value);
      if (!parts) view.children = 0;
      else if (view.children === 0) view.children = removed.length;
      this.rows.push({ path, depth, key, value: view, expanded, mark: this.marks.at(path) });
    }
    this.total++;
    if (!expanded) return;
    above.push(value as object);
    this.children(parts, removed, path, depth + 1, above, Array.isArray(value));
    above.pop();
  }

  private children(parts: Parts, removed: readonly RemovedPart[], path: string, depth: number, above: object[], list: boolean): void {
    // In a list what was removed is shown before the element that followed it, elsewhere at the end.
    const place = (part: RemovedPart) => (list ? Math.min(Number(part.key), parts.count) : parts.count);
    let gone = 0;
    const removedUpTo = (position: number) => {
      for (; gone < removed.length && place(removed[gone]!) <= position; gone++) this.removedRow(removed[gone]!, depth);
    };
    let at = 0;
    for (const position of this.stops(parts, path, depth, list ? removed.map(place) : [])) {
      this.closedRun(parts, at, position, path, depth, above);
      removedUpTo(position);
      at = position;
      if (position >= parts.count) continue;
      const key = parts.keyAt(position);
      this.node(parts.valueAt(position), `${path}/${escapeSegment(key)}`, key, depth, above);
      at = position + 1;
    }
    this.closedRun(parts, at, parts.count, path, depth, above);
    removedUpTo(Infinity);
  }

  /** The positions that cannot be skipped: children that may be open, and places of removed rows. */
  private stops(parts: Parts, path: string, depth: number, places: number[]): Iterable<number> {
    if (depth < this.expansion.depth) return { [Symbol.iterator]: () => everyPosition(parts.count) };
    const names = this.openBelow.get(path);
    const positions = names ? parts.positionsOf(names) : [];
    return [...new Set([...positions, ...places])].sort((a, b) => a - b);
  }

  /** Closed children from one position to another (exclusive): counted at once, looked at only within the window. */
  private closedRun(parts: Parts, from: number, to: number, path: string, depth: number, above: readonly object[]): void {
    if (to <= from) return;
    const first = this.total;
    const begin = Math.max(from, from + this.start - first);
    const end = Math.min(to, from + this.start + this.count - first);
    for (let position = begin; position < end; position++) {
      const key = parts.keyAt(position);
      const value = parts.valueAt(position);
      const childPath = `${path}/${escapeSegment(key)}`;
      const shown = isAmong(value, above) ? cycleView(value) : viewOf(value);
      this.rows.push({ path: childPath, depth, key, value: shown, expanded: false, mark: this.marks.at(childPath) });
    }
    this.total = first + to - from;
  }

  private removedRow({ path, key, value }: RemovedPart, depth: number): void {
    if (this.inWindow(this.total)) {
      this.rows.push({ path, depth, key, value: { ...viewOf(value), children: 0 }, expanded: false, mark: 'removed' });
    }
    this.total++;
  }

  private inWindow(line: number): boolean {
    return line >= this.start && line < this.start + this.count;
  }

  private isOpen(path: string, depth: number): boolean {
    if (this.closed.has(path)) return false;
    return depth < this.expansion.depth || this.open.has(path) || (this.expansion.changed === true && this.marks.ancestors.has(path));
  }

  private noteOpen(path: string): void {
    if (path === '' || !path.startsWith('/')) return;
    const parent = parentOf(path);
    const name = lastToken(path);
    if (name === undefined) return;
    const names = this.openBelow.get(parent);
    if (names) names.add(name);
    else this.openBelow.set(parent, new Set([name]));
  }
}

function isAmong(value: unknown, above: readonly object[]): boolean {
  return typeof value === 'object' && value !== null && above.includes(value);
}

function cycleView(value: unknown): ValueView {
  return { ...viewOf(value), kind: 'cycle', children: 0 };
}

/** Paths come from the page, which keeps them over reloads: one that is no pointer opens nothing. */
function lastToken(path: string): string | undefined {
  try {
    return parsePointer(path).at(-1);
  } catch {
    return undefined;
  }
}

function* everyPosition(count: number): Generator<number, undefined> {
  for (let i = 0; i < count; i++) yield i;
  return undefined;
}
