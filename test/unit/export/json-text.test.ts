import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonText, jsonTextUpTo } from '../../../src/export/json-text';
import { ExactNumber } from '../../../src/model/exact-number';
import { parseJson, toJson } from '../../../src/model/json';

const text = (value: unknown, indent = 0) => [...jsonText(value, indent)].join('');

describe('JSON text in pieces', () => {
  it('is what toJson writes', () => {
    const anything = fc.anything({ withBigInt: true, withMap: true, withSet: true, withDate: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true });
    fc.assert(
      fc.property(anything, fc.constantFrom(0, 2), (value, indent) => {
        assert.deepEqual(parseJson(text(value, indent), 'stored'), parseJson(toJson(value, indent), 'stored'));
      }),
    );
  });

  it('is character for character what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.constantFrom(0, 1, 2, 4), (value, indent) => {
        // JSON has no minus zero as JavaScript prints it; ours keeps it.
        fc.pre(!JSON.stringify(value, (_, v: unknown) => (Object.is(v, -0) ? 'minus zero' : v)).includes('minus zero'));
        assert.equal(text(value, indent), JSON.stringify(value, undefined, indent));
      }),
    );
  });

  it('keeps every digit', () => {
    const source = '{"a":12.50,"b":9007199254740993,"c":1e3,"d":-0,"e":0.1}';
    assert.equal(text(parseJson(source, 'stored')), source);
    assert.equal(text({ big: 2n ** 70n, minus: -0, exact: ExactNumber.of('1.0') }), '{"big":1180591620717411303424,"minus":-0,"exact":1.0}');
  });

  it('has a word for what JSON has none for', () => {
    const value = {
      map: new Map([['b', 1], ['1', 2]]),
      pairs: new Map<unknown, unknown>([[1, 'one']]),
      set: new Set([undefined, 1]),
      bytes: new Uint8Array([1, 2]),
      date: new Date('2026-03-02T09:00:00Z'),
      invalid: new Date(NaN),
      gone: undefined,
      nan: NaN,
      expression: /a/g,
    };
    assert.equal(
      text(value),
      '{"map":{"b":1,"1":2},"pairs":[[1,"one"]],"set":[null,1],"bytes":[1,2],"date":"2026-03-02T09:00:00.000Z","invalid":null,"nan":"NaN","expression":"/a/g"}',
    );
    assert.equal(text(undefined), 'null');
  });

  it('writes a reference for a cycle', () => {
    const node: Record<string, unknown> = { 'a/b': {} };
    (node['a/b'] as Record<string, unknown>).up = node['a/b'];
    node.root = node;
    assert.equal(text(node), '{"a/b":{"up":{"$ref":"/a~1b"}},"root":{"$ref":""}}');
    assert.deepEqual(JSON.parse(text(node, 2)), JSON.parse(text(node)));
  });

  it('nests deeper than the stack would allow', () => {
    let value: unknown = 1;
    for (let i = 0; i < 100_000; i++) value = [value];
    assert.equal(text(value).length, 200_001);
  });

  it('stops at a limit', () => {
    let looks = 0;
    const list = Array.from({ length: 100_000 }, () => Object.defineProperty({}, 'a', { enumerable: true, get: () => ++looks }));
    const { text: cut, cut: isCut } = jsonTextUpTo(list, 0, 10);
    assert.deepEqual([cut, isCut], ['[{"a":1},{', true]);
    assert.ok(looks < 20_000, `${looks} looks`);
    assert.deepEqual(jsonTextUpTo([1], 0, 3), { text: '[1]', cut: false });
  });
});
