import assert from 'node:assert/strict';
import { childAt, childCount, children } from '../../../src/diff/children';
import { diff, type Change } from '../../../src/diff/diff';
import { equal } from '../../../src/diff/equal';
import { applyMergePatch, isExactMergePatch, mergePatch } from '../../../src/diff/merge-patch';
import { getAt, parsePointer } from '../../../src/diff/pointer';
import { toPatch } from '../../../src/diff/patch';
import { ExactNumber } from '../../../src/model/exact-number';

const brief = (changes: Change[]) => changes.map(({ op, path }) => `${op} ${path}`);

describe('diff: objects', () => {
  it('names added, removed and changed members with old and new value', () => {
    assert.deepStrictEqual(diff({ a: 1, b: 2, c: { d: 3 } }, { a: 1, c: { d: 4 }, e: 5 }), [
      { op: 'remove', path: '/b', old: 2 },
      { op: 'replace', path: '/c/d', old: 3, new: 4 },
      { op: 'add', path: '/e', new: 5 },
    ]);
  });

  it('replaces the root, and whatever changes its type', () => {
    assert.deepStrictEqual(brief(diff(1, { a: 1 })), ['replace ']);
    assert.deepStrictEqual(brief(diff({ a: [] }, { a: {} })), ['replace /a']);
    assert.deepStrictEqual(brief(diff({ a: null }, { a: {} })), ['replace /a']);
    assert.deepStrictEqual(brief(diff({ a: new Date(0) }, { a: '1970-01-01T00:00:00.000Z' })), ['replace /a']);
  });

  it('does not read what is the same object', () => {
    const trap = {
      get thrown(): never {
        throw new Error('read');
      },
    };
    assert.deepStrictEqual(brief(diff({ trap, n: 1 }, { trap, n: 2 })), ['replace /n']);
  });

  it('escapes names in paths', () => {
    assert.deepStrictEqual(brief(diff({ 'a/b': { '~': 1 } }, { 'a/b': { '~': 2 } })), ['replace /a~1b/~0']);
  });

  it('is not led astray by names that every object inherits', () => {
    const before = JSON.parse('{"__proto__":{"x":1},"constructor":1}') as unknown;
    const after = JSON.parse('{"__proto__":{"x":2},"toString":1}') as unknown;
    assert.deepStrictEqual(brief(diff(before, after)), ['replace /__proto__/x', 'remove /constructor', 'add /toString']);
    assert.deepStrictEqual(brief(diff({ toString: Object.prototype.toString }, {})), ['remove /toString']);
    assert.deepStrictEqual(brief(diff(JSON.parse('{"__proto__":null}'), {})), ['remove /__proto__']);
  });

  it('tells an undefined member from a missing one, and JSON does not', () => {
    const changes = diff({ a: undefined, b: 1 }, { b: undefined, c: undefined });
    assert.deepStrictEqual(brief(changes), ['remove /a', 'replace /b', 'add /c']);
    assert.deepStrictEqual(toPatch(changes), [{ op: 'remove', path: '/b' }]);
    assert.deepStrictEqual(toPatch(diff([1, undefined], [undefined, 2, undefined])), [
      { op: 'replace', path: '/0', value: null },
      { op: 'add', path: '/1', value: 2 },
    ]);
  });
});

describe('diff: arrays', () => {
  it('sees an insert at the front as one addition', () => {
    assert.deepStrictEqual(diff([{ v: 1 }, { v: 2 }], [{ v: 0 }, { v: 1 }, { v: 2 }]), [{ op: 'add', path: '/0', new: { v: 0 } }]);
    assert.deepStrictEqual(diff(['b', 'c'], ['a', 'b', 'c']), [{ op: 'add', path: '/0', new: 'a' }]);
  });

  it('matches elements by identity, also when their content changes', () => {
    const before = [{ id: 1, n: 1 }, { id: 2, n: 1 }, { id: 3, n: 1 }];
    assert.deepStrictEqual(brief(diff(before, [{ id: 0, n: 9 }, { id: 1, n: 2 }, { id: 3, n: 1 }])), ['add /0', 'replace /1/n', 'remove /2']);
  });

  for (const key of ['id', '_id', 'key', 'sku']) {
    it(`knows "${key}" as identity`, () => {
      const changes = diff([{ [key]: 'a', n: 1 }], [{ [key]: 'b', n: 1 }, { [key]: 'a', n: 2 }]);
      assert.deepStrictEqual(brief(changes), ['add /0', 'replace /1/n']);
    });
  }

  it('shows what moved as removed and added, and leaves the rest alone', () => {
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
    assert.deepStrictEqual(brief(diff([a, b, c, d], [b, c, d, a])), ['remove /0', 'add /3']);
  });

  it('never takes two identities for one element', () => {
    assert.deepStrictEqual(brief(diff([{ id: 1, n: 1 }], [{ id: 2, n: 1 }])), ['remove /0', 'add /0']);
  });

  it('falls back to content where identities repeat', () => {
    const before = [{ id: 1, n: 1 }, { id: 1, n: 2 }];
    assert.deepStrictEqual(brief(diff(before, [{ id: 1, n: 0 }, ...before])), ['add /0']);
  });

  it('goes into the element that changed', () => {
    assert.deepStrictEqual(brief(diff([[1, 2], [3, 4], [5, 6]], [[1, 2], [3, 9], [5, 6]])), ['replace /1/1']);
  });

  it('stays quick on long arrays that have nothing in common', () => {
    const before = Array.from({ length: 20_000 }, (_, i) => ({ v: i }));
    const after = before.map(({ v }) => ({ v: -v - 1 }));
    assert.equal(diff(before, after).length, 20_000);
  });

  it('compares vastly sparse arrays by what they hold', () => {
    const before: number[] = [];
    before[4_000_000_000] = 1;
    const after: number[] = [];
    after[4_000_000_000] = 2;
    assert.deepStrictEqual(brief(diff({ a: before }, { a: after })), ['replace /a']);
    assert.deepStrictEqual(diff(before, Object.assign([], { 4000000000: 1 })), []);
  });
});

describe('diff: values that JSON does not know', () => {
  const changes: [string, unknown, unknown][] = [
    ['NaN and a number', NaN, 0],
    ['0 and -0', 0, -0],
    ['a bigint and a number', 1n, 1],
    ['dates', new Date(1), new Date(2)],
    ['expressions', /a/g, /a/i],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 3])],
    ['bytes of another type', new Uint8Array([1, 2]), new Int8Array([1, 2])],
    ['digits', ExactNumber.of('12.50'), ExactNumber.of('12.5')],
    ['sets', new Set([1, 2]), new Set([1, 3])],
    ['maps with keys that are no text', new Map([[1, 1]]), new Map([[1, 2]])],
    ['instances of two classes', new (class A {})(), new (class B {})()],
  ];
  for (const [name, before, after] of changes) {
    it(`replaces ${name}`, () => {
      assert.deepStrictEqual(brief(diff({ v: before }, { v: after })), ['replace /v']);
      assert.equal(equal(before, after), false);
    });
  }

  const same: [string, unknown, unknown][] = [
    ['NaN', NaN, NaN],
    ['dates', new Date(1), new Date(1)],
    ['invalid dates', new Date(NaN), new Date(NaN)],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
    ['bigints', 10n ** 30n, 10n ** 30n],
    ['maps whatever their order', new Map([['a', 1], ['b', 2]]), new Map([['b', 2], ['a', 1]])],
    ['maps keyed by objects', new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
    ['objects without prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ];
  for (const [name, before, after] of same) {
    it(`takes equal ${name} for equal`, () => {
      assert.deepStrictEqual(diff({ v: before }, { v: after }), []);
      assert.equal(equal(before, after), true);
    });
  }

  it('goes into maps with text keys and into instances', () => {
    class Account {
      constructor(public balance: number) {}
    }
    const before = { m: new Map([['a', { n: 1 }], ['b', { n: 1 }]]), account: new Account(1) };
    const after = { m: new Map([['a', { n: 2 }], ['c', { n: 1 }]]), account: new Account(2) };
    assert.deepStrictEqual(brief(diff(before, after)), ['replace /m/a/n', 'remove /m/b', 'add /m/c', 'replace /account/balance']);
  });

  it('ends on cycles', () => {
    const cyclic = (n: number) => {
      const state: Record<string, unknown> = { n, list: [] };
      state['self'] = state;
      (state['list'] as unknown[]).push(state);
      return state;
    };
    assert.deepStrictEqual(diff(cyclic(1), cyclic(1)), []);
    assert.deepStrictEqual(brief(diff(cyclic(1), cyclic(2))), ['replace /n']);
    assert.equal(equal(cyclic(1), cyclic(2)), false);
  });

  it('answers for states nested deeper than the stack', () => {
    const deep = (leaf: number) => {
      let state: unknown = leaf;
      for (let i = 0; i < 60_000; i++) state = [state];
      return state;
    };
    assert.equal(diff(deep(1), deep(2)).length, 1);
  });
});

describe('pointers and children', () => {
  const state = { a: [1, { b: 2 }], m: new Map([['x/y', 1]]), pairs: new Map([[1, 'one']]), set: new Set(['s']), bytes: new Uint8Array([7]), date: new Date(0) };

  it('lead through everything that is shown as having parts', () => {
    for (const [pointer, value] of [['/a/1/b', 2], ['/m/x~1y', 1], ['/pairs/0/1', 'one'], ['/set/0', 's'], ['/bytes/0', 7]] as const) {
      assert.deepStrictEqual(getAt(state, pointer), { found: true, value });
    }
    for (const pointer of ['/a/2', '/a/01', '/a/-', '/m/z', '/set/1', '/toString', '/date/x', '/a/1/b/c']) {
      assert.equal(getAt(state, pointer).found, false);
    }
  });

  it('list what they find by name', () => {
    for (const value of Object.values(state)) {
      const listed = [...children(value)];
      assert.equal(listed.length, childCount(value));
      for (const [segment, child] of listed) assert.deepStrictEqual(childAt(value, segment), { found: true, value: child });
    }
  });

  it('refuse what is no pointer', () => {
    assert.throws(() => parsePointer('a'), SyntaxError);
    assert.throws(() => parsePointer('/~2'), SyntaxError);
  });
});

describe('merge patch', () => {
  // The examples of RFC 7396, appendix A.
  const cases: [unknown, unknown, unknown][] = [
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [['a', 'b'], ['c', 'd'], ['c', 'd']],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ];
  for (const [target, patch, result] of cases) {
    it(`merges ${JSON.stringify(patch)} into ${JSON.stringify(target)}`, () => assert.deepStrictEqual(applyMergePatch(target, patch), result));
  }

  it('says when it cannot express a null member', () => {
    const patch = mergePatch({}, { a: null });
    assert.equal(isExactMergePatch({}, { a: null }, patch), false);
    assert.equal(isExactMergePatch({ a: 1 }, { b: 2 }, mergePatch({ a: 1 }, { b: 2 })), true);
  });

  it('sets members named like a prototype without touching one', () => {
    const merged = applyMergePatch({}, JSON.parse('{"__proto__":{"polluted":1}}')) as object;
    assert.equal(Object.getPrototypeOf(merged), Object.prototype);
    assert.deepStrictEqual(Object.keys(merged), ['__proto__']);
    assert.equal(({} as { polluted?: unknown }).polluted, undefined);
  });
});
