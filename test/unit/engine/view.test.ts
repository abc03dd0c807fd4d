import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber } from '../../../src/model/exact-number';
import { MOST_TEXT, shorten, viewOf } from '../../../src/engine/view';

class Money {
  constructor(
    readonly amount: number,
    readonly currency: string,
  ) {}
}

const LONE_SURROGATE = /\p{Cs}/u;

describe('view of a value', () => {
  const cases: [string, unknown, string, string, number][] = [
    ['null', null, 'null', 'null', 0],
    ['undefined', undefined, 'undefined', 'undefined', 0],
    ['minus zero', -0, 'number', '-0', 0],
    ['NaN', NaN, 'number', 'NaN', 0],
    ['infinity', -Infinity, 'number', '-Infinity', 0],
    ['every digit of an exact number', ExactNumber.of('12.50'), 'number', '12.50', 0],
    ['an integer beyond 2^53', ExactNumber.of('9007199254740993'), 'number', '9007199254740993', 0],
    ['a bigint', 123n, 'bigint', '123n', 0],
    ['text, quoted', 'a"b\n', 'string', '"a\\"b\\n"', 0],
    ['a date', new Date('2026-03-02T09:00:00.120Z'), 'date', '2026-03-02T09:00:00.120Z', 0],
    ['an invalid date', new Date(NaN), 'date', 'Invalid Date', 0],
    ['an expression', /a+/gi, 'regexp', '/a+/gi', 0],
    ['a symbol', Symbol('s'), 'symbol', 'Symbol(s)', 0],
    ['a function', function pay() {}, 'function', 'ƒ pay()', 0],
    ['an error', new TypeError('no'), 'instance', 'TypeError: no', 0],
    ['an empty object', {}, 'object', '{}', 0],
    ['an object', { a: 1, b: 'x', c: [], d: [1, 2], e: {}, f: { g: 1 } }, 'object', '{a: 1, b: "x", c: [], d: [… 2], e: {}, f: {…}}', 6],
    ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 }), 'object', '{a: 1}', 1],
    ['an array', [1, 'x', null], 'array', '[1, "x", null]', 3],
    ['a hole', [1, , 3], 'array', '[1, undefined, 3]', 3],
    ['a Map', new Map<unknown, unknown>([['a', 1], [2, new Set()]]), 'map', 'Map(2) {a → 1, 2 → Set(0)}', 2],
    ['a Set', new Set([1, 2, 3]), 'set', 'Set(3) {1, 2, 3}', 3],
    ['an instance', new Money(5, 'EUR'), 'instance', 'Money {amount: 5, currency: "EUR"}', 2],
    ['bytes', new Uint8Array([72, 105, 0]), 'bytes', 'Uint8Array(3) 48 69 00', 3],
    ['wide typed arrays', new Float64Array([1]), 'bytes', 'Float64Array(1) 00 00 00 00 00 00 f0 3f', 1],
    ['a buffer of the store', Buffer.from('Hi'), 'bytes', 'Uint8Array(2) 48 69', 2],
    ['a boxed number', Object(5), 'instance', 'Number {5}', 0],
    ['a promise', Promise.resolve(1), 'instance', 'Promise', 0],
  ];
  for (const [name, value, kind, text, children] of cases) {
    it(`shows ${name}`, () => assert.deepEqual(viewOf(value), { kind, text, cut: false, children }));
  }

  it('cuts a long text without tearing a surrogate pair', () => {
    for (const length of [196, 197, 198, 199, 200, 201]) {
      const { text, cut } = viewOf('x'.repeat(length) + '😀'.repeat(50));
      assert.ok(text.length <= MOST_TEXT);
      assert.ok(cut);
      assert.doesNotMatch(text, LONE_SURROGATE);
    }
  });

  it('says that more is there than shown', () => {
    const { text, cut, children } = viewOf(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key${i}`, i])));
    assert.ok(cut);
    assert.match(text, /^\{key0: 0, .*, …\}$/);
    assert.equal(children, 100);
  });

  it('looks at the beginning of a big value only', () => {
    let looks = 0;
    const list = new Proxy(new Array<number>(1_000_000).fill(7), {
      get(target, key, receiver) {
        looks++;
        return Reflect.get(target, key, receiver) as unknown;
      },
    });
    assert.match(viewOf(list).text, /^\[7, 7, .*…\]$/);
    assert.ok(looks < 200, `${looks} looks`);
  });

  it('survives a getter that throws', () => {
    const value = Object.defineProperty({ a: 1 }, 'b', { enumerable: true, get: () => { throw new Error('no'); } });
    assert.equal(viewOf(value).text, '{a: 1, b: (throws)}');
  });

  it('gives one short line for anything', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true, withTypedArray: true, withSparseArray: true, withNullPrototype: true }), (value) => {
        const { text, children } = viewOf(value);
        assert.ok(text.length <= MOST_TEXT);
        assert.doesNotMatch(text, /[\n\r]/);
        assert.ok(children >= 0);
      }),
    );
  });

  it('shortens to the length asked for', () => {
    assert.equal(shorten('abc', 3), 'abc');
    assert.equal(shorten('abcd', 3), 'ab…');
  });
});
