import assert from 'node:assert/strict';
import { ExactNumber } from '../../../src/model/exact-number';
import { clonePair, cloneState, NotCopyable } from '../../../src/replay/clone';

const copyOf = <T>(value: T): T => cloneState(value).value as T;

describe('cloneState', () => {
  class Account {
    history: number[] = [1];
    get last(): number | undefined {
      return this.history.at(-1);
    }
  }
  const values: [string, unknown][] = [
    ['plain data', { a: [1, { b: null }], c: undefined, d: 'text' }],
    ['maps and sets', { m: new Map<unknown, unknown>([['a', { n: 1 }], [{ k: 1 }, [2]]]), s: new Set([1, { n: 2 }]) }],
    ['dates and expressions', { d: new Date(5), bad: new Date(NaN), r: /a+/gi }],
    ['bytes', { u: new Uint8Array([1, 2]), f: new Float64Array([0.5]), b: new Uint8Array([3]).buffer, v: new DataView(new Uint8Array([4, 5]).buffer, 1) }],
    ['class instances', new Account()],
    ['objects without prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['holes', [1, , 3]],
    ['bigints, NaN and -0', [10n, NaN, -0]],
    ['boxed values and errors', [Object(1), Object('s'), new RangeError('r')]],
    ['symbol and hidden properties', Object.defineProperty({ [Symbol.for('s')]: 1 }, 'hidden', { value: { n: 1 }, enumerable: false })],
    ['a member named __proto__', JSON.parse('{"__proto__":{"a":1}}')],
  ];
  for (const [name, value] of values) {
    it(`copies ${name} through and through`, () => {
      const copy = copyOf(value);
      assert.deepStrictEqual(copy, value);
      assert.notEqual(copy, value);
    });
  }

  it('keeps getters computed', () => {
    const copy = copyOf({ items: [1], get count(): number { return this.items.length; } });
    copy.items.push(2);
    assert.equal(copy.count, 2);
    assert.equal(copyOf(new Account()).last, 1);
  });

  it('keeps shared parts shared and cycles closed', () => {
    const part = { n: 1 };
    const state: Record<string, unknown> = { a: part, b: part, m: new Map([['p', part]]) };
    state['self'] = state;
    const copy = copyOf(state);
    assert.equal(copy['a'], copy['b']);
    assert.equal((copy['m'] as Map<string, unknown>).get('p'), copy['a']);
    assert.equal(copy['self'], copy);
    assert.notEqual(copy['a'], part);
  });

  it('keeps two views of one buffer on one buffer', () => {
    const bytes = new Uint8Array([1, 2, 3, 4]);
    const copy = copyOf({ bytes, tail: bytes.subarray(2) });
    copy.bytes[2] = 9;
    assert.equal(copy.tail[0], 9);
    assert.equal(bytes[2], 3);
  });

  it('keeps what is frozen or sealed so, for a reducer may count on it', () => {
    const copy = copyOf({ frozen: Object.freeze({ list: Object.freeze([1]) }), sealed: Object.seal({ a: 1 }) });
    assert.ok(Object.isFrozen(copy.frozen) && Object.isFrozen(copy.frozen.list));
    assert.ok(Object.isSealed(copy.sealed) && !Object.isFrozen(copy.sealed));
  });

  it('shares functions and exact numbers, which do not change', () => {
    const run = () => 1;
    const copy = copyOf({ run, price: ExactNumber.of('12.50') });
    assert.equal(copy.run, run);
    assert.equal(copy.price, ExactNumber.of('12.50'));
  });

  it('says of what it can make no copy', () => {
    class Secret {
      #hidden = 1;
      get shown(): number {
        return this.#hidden;
      }
    }
    let deep: unknown = 1;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    for (const value of [new Secret(), Promise.resolve(), new WeakMap(), [].values(), new URL('file:///a'), deep]) {
      assert.throws(() => cloneState({ value }), NotCopyable);
    }
  });

  it('estimates memory within reason', () => {
    const rows = Array.from({ length: 1000 }, (_, i) => ({ id: i, name: `row ${i}` }));
    const { bytes } = cloneState(rows);
    assert.ok(bytes > 50_000 && bytes < 500_000, String(bytes));
  });

  it('copies a pair so that shared parts are shared by the copies', () => {
    const kept = { n: 1 };
    const { first, second } = clonePair({ kept, a: 1 }, { kept, a: 2 }) as unknown as { first: { kept: object }; second: { kept: object } };
    assert.equal(first.kept, second.kept);
    assert.notEqual(first.kept, kept);
  });
});
