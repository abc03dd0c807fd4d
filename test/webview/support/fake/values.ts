import { ExactNumber } from '../../../../src/model/exact-number';
import { toJson } from '../../../../src/model/json';
import type { Expansion, TreePage, TreeRow, ValueView } from '../../../../src/protocol/shared';
import { parentPointer } from '../../../../webview/state/pointer';

const MOST = 200;

/** How the engine would show a value. */
export function viewOf(value: unknown): ValueView {
  if (value instanceof ExactNumber) return leaf('number', value.source);
  if (value === null) return leaf('null', 'null');
  if (typeof value === 'number' || typeof value === 'boolean') return leaf(typeof value, String(value));
  if (typeof value === 'string') return leaf('string', JSON.stringify(value));
  if (typeof value === 'object') {
    const children = Object.keys(value).length;
    return branch(Array.isArray(value) ? 'array' : 'object', children > 1000 ? `{${children} entries}` : toJson(value), children);
  }
  return leaf('undefined', 'undefined');
}

function leaf(kind: ValueView['kind'], text: string): ValueView {
  return { kind, text: text.slice(0, MOST), cut: text.length > MOST, children: 0 };
}

function branch(kind: 'array' | 'object', text: string, children: number): ValueView {
  return { kind, text: text.slice(0, MOST), cut: text.length > MOST, children };
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const segment of pointer.split('/').slice(1)) {
    value = (value as Record<string, unknown> | undefined)?.[segment.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return value;
}

/** A window of the visible lines of a value, with the lines at `changed` paths marked. */
export function treePage(root: unknown, expansion: Expansion, changed: Map<string, 'added' | 'replaced'>, start: number, count: number): TreePage {
  const open = new Set(expansion.open);
  const closed = new Set(expansion.closed);
  const within = new Set<string>();
  for (const path of changed.keys()) {
    for (let parent = parentPointer(path); parent !== undefined; parent = parentPointer(parent)) within.add(parent);
  }
  const rows: TreeRow[] = [];
  let total = 0;
  const visit = (value: unknown, path: string, key: string, depth: number): void => {
    const children = entriesOf(value);
    const auto = depth < expansion.depth || (expansion.changed === true && within.has(path));
    const expanded = children.length > 0 && !closed.has(path) && (open.has(path) || auto);
    if (total >= start && total < start + count) {
      rows.push({ path, depth, key, value: viewOf(value), expanded, mark: changed.get(path) ?? (within.has(path) ? 'within' : null) });
    }
    total++;
    if (!expanded) return;
    for (const [name, child] of children) visit(child, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, name, depth + 1);
  };
  visit(root, '', '', 0);
  return { total, start, rows };
}

function entriesOf(value: unknown): [string, unknown][] {
  return value !== null && typeof value === 'object' && !(value instanceof ExactNumber) ? Object.entries(value) : [];
}
