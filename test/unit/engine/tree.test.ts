import assert from 'node:assert/strict';
import fc from 'fast-check';
import { children } from '../../../src/diff/children';
import { diff } from '../../../src/diff/diff';
import { escapeSegment } from '../../../src/diff/pointer';
import { Marks } from '../../../src/engine/marks';
import { treePage } from '../../../src/engine/tree';
import type { Expansion, TreeRow } from '../../../src/protocol/shared';

const expansion = (depth: number, open: string[] = [], closed: string[] = [], changed = false): Expansion => ({ depth, open, closed, changed });
const paths = (rows: TreeRow[]) => rows.map(({ path }) => path);
const all = (value: unknown, how: Expansion, marks?: Marks) => treePage(value, how, 0, 2000, marks);

describe('tree', () => {
  const cart = { id: 'c1', items: [{ sku: 'a', qty: 1 }, { sku: 'b', qty: 2 }], 'a/b~c': { deep: true } };

  it('shows a closed root', () => {
    const page = all(cart, expansion(0));
    assert.deepEqual(paths(page.rows), ['']);
    assert.equal(page.total, 1);
    assert.equal(page.rows[0]?.expanded, false);
    assert.equal(page.rows[0]?.value.children, 3);
  });

  it('opens levels, and single nodes against their level', () => {
    assert.deepEqual(paths(all(cart, expansion(1)).rows), ['', '/id', '/items', '/a~1b~0c']);
    assert.deepEqual(paths(all(cart, expansion(1, ['/items'])).rows), ['', '/id', '/items', '/items/0', '/items/1', '/a~1b~0c']);
    assert.deepEqual(paths(all(cart, expansion(2, [], ['/items'])).rows), ['', '/id', '/items', '/a~1b~0c', '/a~1b~0c/deep']);
    // Open below something closed: not visible until that is open.
    assert.deepEqual(paths(all(cart, expansion(1, ['/items/1'])).rows), ['', '/id', '/items', '/a~1b~0c']);
    assert.deepEqual(paths(all(cart, expansion(0, ['', '/items', '/items/1'])).rows), ['', '/id', '/items', '/items/0', '/items/1', '/items/1/sku', '/items/1/qty', '/a~1b~0c']);
  });

  it('takes paths that lead nowhere or are none for what they are', () => {
    assert.equal(all(cart, expansion(1, ['/gone/x', 'nonsense', '/~x'], ['/other'])).total, 4);
  });

  it('opens the way down to what changed, and marks it', () => {
    const after = { ...cart, items: [cart.items[0], { sku: 'b', qty: 3 }], note: 'x' };
    const marks = new Marks(diff(cart, after));
    const { rows } = all(after, expansion(0, [], [], true), marks);
    assert.deepEqual(rows.map(({ path, mark }) => [path, mark]), [
      ['', 'within'],
      ['/id', null],
      ['/items', 'within'],
      ['/items/0', null],
      ['/items/1', 'within'],
      ['/items/1/sku', null],
      ['/items/1/qty', 'replaced'],
      ['/a~1b~0c', null],
      ['/note', 'added'],
    ]);
  });

  it('shows what was removed where it was', () => {
    const before = { a: 1, list: ['x', 'y', 'z', 'w'], gone: { deep: 1 } };
    const after = { a: 1, list: ['x', 'w'] };
    const { rows, total } = all(after, expansion(2), new Marks(diff(before, after)));
    assert.deepEqual(rows.map(({ key, value, mark }) => [key, value.text, mark]), [
      ['', '{a: 1, list: [… 2]}', 'within'],
      ['a', '1', null],
      ['list', '["x", "w"]', 'within'],
      ['0', '"x"', null],
      ['1', '"y"', 'removed'],
      ['1', '"z"', 'removed'],
      ['1', '"w"', null],
      ['gone', '{deep: 1}', 'removed'],
    ]);
    assert.equal(total, rows.length);
  });

  it('shows what was removed from a value that is empty now', () => {
    const { rows } = all({ list: [] }, expansion(2), new Marks(diff({ list: ['x'] }, { list: [] })));
    assert.deepEqual(rows.map(({ key, mark, expanded }) => [key, mark, expanded]), [['', 'within', true], ['list', 'within', true], ['0', 'removed', false]]);
    assert.equal(rows[1]?.value.children, 1);
  });

  it('ends at a cycle', () => {
    const node: Record<string, unknown> = { name: 'n' };
    node.self = node;
    const { rows } = all(node, expansion(50));
    assert.deepEqual(rows.map(({ path, value }) => [path, value.kind, value.children]), [['', 'object', 2], ['/name', 'string', 0], ['/self', 'cycle', 0]]);
    assert.equal(all(node, expansion(1)).rows[2]?.value.kind, 'cycle');
  });

  it('lists Maps, Sets and bytes', () => {
    const value = { map: new Map([['k', 1]]), pairs: new Map([[{ a: 1 }, 2]]), set: new Set(['s']), bytes: new Uint8Array([7]) };
    assert.deepEqual(paths(all(value, expansion(3)).rows), ['', '/map', '/map/k', '/pairs', '/pairs/0', '/pairs/0/0', '/pairs/0/1', '/set', '/set/0', '/bytes', '/bytes/0']);
  });

  it('counts a million closed lines without looking at them', () => {
    let looks = 0;
    const list = new Proxy(Array.from({ length: 1_000_000 }, (_, i) => ({ i })), {
      get(target, key, receiver) {
        looks++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    const page = treePage({ list, tail: 1 }, expansion(1, ['/list', '/list/999999']), 1_000_000, 5);
    assert.equal(page.total, 1_000_004);
    assert.deepEqual(paths(page.rows), ['/list/999998', '/list/999999', '/list/999999/i', '/tail']);
    assert.ok(looks < 100, `${looks} looks`);
  });

  it('gives any window of what a whole walk shows', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.constant(null), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', 'b', '/', '~', ''), tie('value'))),
    })).value;
    fc.assert(
      fc.property(value, value, fc.nat(4), fc.boolean(), fc.nat(20), fc.nat(20), fc.infiniteStream(fc.boolean()), (before, after, depth, changed, start, count, chooses) => {
        const marks = new Marks(diff(before, after));
        const every = pathsBelow(after, '');
        const how = expansion(depth, every.filter(() => chooses.next().value), every.filter(() => chooses.next().value), changed);
        const whole = plainRows(after, how, marks);
        const { total, rows } = treePage(after, how, start, count, marks);
        assert.equal(total, whole.length);
        assert.deepEqual(rows.map(({ path, mark, expanded, depth: level }) => [path, mark, expanded, level]), whole.slice(start, start + count));
      }),
    );
  });
});

function pathsBelow(value: unknown, path: string): string[] {
  return [path, ...[...children(value)].flatMap(([key, child]) => pathsBelow(child, `${path}/${escapeSegment(key)}`))];
}

/** Every visible line, found the plain way. */
function plainRows(value: unknown, how: Expansion, marks: Marks): [string, TreeRow['mark'], boolean, number][] {
  const rows: [string, TreeRow['mark'], boolean, number][] = [];
  const visit = (at: unknown, path: string, depth: number): void => {
    const parts = [...children(at)];
    const removed = at !== null && typeof at === 'object' ? marks.removedFrom(path) : [];
    const open = !how.closed.includes(path) && (depth < how.depth || how.open.includes(path) || (how.changed === true && marks.ancestors.has(path)));
    const expanded = open && parts.length + removed.length > 0;
    rows.push([path, marks.at(path), expanded, depth]);
    if (!expanded) return;
    const place = (key: string) => (Array.isArray(at) ? Math.min(Number(key), parts.length) : parts.length);
    for (let i = 0; i <= parts.length; i++) {
      for (const part of removed) if (place(part.key) === i) rows.push([part.path, 'removed', false, depth + 1]);
      const [key, child] = parts[i] ?? [];
      if (key !== undefined) visit(child, `${path}/${escapeSegment(key)}`, depth + 1);
    }
  };
  visit(value, '', 0);
  return rows;
}
