import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber } from '../../../src/model/exact-number';
import { convertNumbers, hasSuspectNumbers, parseJson, toJson, type NumberMode } from '../../../src/model/json';

const digits = (most: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });

/** Any number JSON allows, as text. */
const numberText = fc
  .tuple(fc.constantFrom('', '-'), digits(25), fc.option(digits(25)), fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(2))))
  .map(([sign, whole, fraction, exponent]) => {
    const integer = whole.replace(/^0+(?=\d)/, '');
    return `${sign}${integer}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : exponent.join('')}`;
  });

/** JSON text whose numbers are written in every way, among strings that look like numbers and end in backslashes. */
const text: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    numberText,
    fc.oneof(fc.string(), fc.constantFrom('1.50', '-0', '\\', '"', '12345678901234567890', 'a\\"1e5')).map((s) => JSON.stringify(s)),
    fc.constantFrom('true', 'null'),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', '__proto__', '1', '2.50'), tie('value')), { selector: ([key]) => key, maxLength: 4 }).map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
})).value;

/** Keys that are indexes come first in JavaScript, whatever was stored. */
function hasIndexKeys(json: string): boolean {
  return json.includes('"1":');
}

describe('parseJson and toJson: for all JSON', () => {
  it('print stored payloads with the very digits stored', () => {
    fc.assert(
      fc.property(text, (json) => {
        fc.pre(!hasIndexKeys(json));
        assert.equal(withoutStringForms(toJson(parseJson(json, 'stored'))), withoutStringForms(json));
      }),
      { numRuns: 3000 },
    );
  });

  it('keep every value beyond a double in mode exact, and plain doubles otherwise', () => {
    fc.assert(
      fc.property(numberText, (number) => {
        const value = parseJson(number, 'exact');
        if (value instanceof ExactNumber) assert.equal(value.source, number);
        else assert.ok(sameDecimal(String(value), number), `${String(value)} for ${number}`);
        assert.equal(Number(value), JSON.parse(number));
      }),
      { numRuns: 3000 },
    );
  });

  it('give in every mode what the slow way gives', () => {
    fc.assert(
      fc.property(numberText, fc.constantFrom<NumberMode>('stored', 'exact', 'bigint', 'double'), (number, mode) => {
        // A neighbour that is suspect sends the same number through the reviver.
        const fast = parseJson(`[${number}]`, mode) as unknown[];
        const slow = parseJson(`[${number},1e400]`, mode) as unknown[];
        assert.ok(Object.is(fast[0], slow[0]));
        assert.ok(Object.is((convertNumbers(parseJson(`[${number}]`, 'stored'), mode) as unknown[])[0], fast[0]));
      }),
      { numRuns: 3000 },
    );
  });

  it('parse to what JSON.parse gives in mode double', () => {
    fc.assert(fc.property(text, (json) => assert.deepStrictEqual(parseJson(json, 'double'), JSON.parse(json))));
  });
});

describe('parseJson', () => {
  const kept: [string, NumberMode, unknown][] = [
    ['9007199254740993', 'exact', ExactNumber.of('9007199254740993')],
    ['9007199254740993', 'bigint', 9007199254740993n],
    ['9007199254740992', 'exact', 9007199254740992],
    ['0.1234567890123456789', 'exact', ExactNumber.of('0.1234567890123456789')],
    ['0.1234567890123456789', 'bigint', 0.1234567890123456789],
    ['12.50', 'exact', 12.5],
    ['12.50', 'stored', ExactNumber.of('12.50')],
    ['1e3', 'exact', 1000],
    ['1e3', 'stored', ExactNumber.of('1e3')],
    ['0.0000001', 'stored', ExactNumber.of('0.0000001')],
    ['-0', 'stored', ExactNumber.of('-0')],
    ['-0', 'exact', -0],
    ['-0.5', 'stored', -0.5],
    ['1e400', 'exact', ExactNumber.of('1e400')],
    ['10', 'stored', 10],
  ];
  for (const [json, mode, value] of kept) {
    it(`reads ${json} in mode ${mode} as ${value instanceof ExactNumber ? 'its digits' : `the ${typeof value} ${String(value)}`}`, () => {
      assert.ok(Object.is(parseJson(json, mode), value));
      assert.ok(Object.is((parseJson(`{"a": [ ${json}\n]}`, mode) as { a: unknown[] }).a[0], value));
    });
  }

  it('is not slowed down by digits within strings', () => {
    assert.equal(hasSuspectNumbers('{"id":"3e4567890123456789012","s":"a\\\\\\"1e5","n":[1,2.5]}'), false);
    assert.equal(hasSuspectNumbers('{"s":"\\\\","n":1e5}'), true);
  });

  it('throws on what is no JSON, as JSON.parse does', () => {
    for (const bad of ['', '{', '{"a":1e400', '01', '"1e5', '[1e400,]']) assert.throws(() => parseJson(bad, 'stored'), SyntaxError);
  });
});

describe('toJson', () => {
  it('writes what JSON has no word for as its documentation says', () => {
    const bytes = new Uint8Array([1, 2]);
    const state = { big: 2n ** 64n, nan: NaN, none: undefined, date: new Date(0), bad: new Date(NaN), re: /a/g, set: new Set([1]), text: new Map([['k', 1]]), other: new Map([[1, 'v']]), bytes, zero: -0, list: [undefined, 1] };
    assert.equal(
      toJson(state),
      '{"big":18446744073709551616,"nan":"NaN","date":"1970-01-01T00:00:00.000Z","bad":null,"re":"/a/g","set":[1],"text":{"k":1},"other":[[1,"v"]],"bytes":[1,2],"zero":-0,"list":[null,1]}',
    );
  });

  it('points back where a value contains itself', () => {
    const state: Record<string, unknown> = { 'a/b': { n: 1 } };
    (state['a/b'] as Record<string, unknown>)['top'] = state;
    (state['a/b'] as Record<string, unknown>)['self'] = state['a/b'];
    assert.equal(toJson(state), '{"a/b":{"n":1,"top":{"$ref":""},"self":{"$ref":"/a~1b"}}}');
  });
});

/** JSON text with its strings written one way. */
function withoutStringForms(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (string) => JSON.stringify(JSON.parse(string)));
}

/** Whether two decimal texts are the same number exactly. */
function sameDecimal(a: string, b: string): boolean {
  const [x, y] = [fraction(a), fraction(b)];
  return x.n * y.d === y.n * x.d;
}

function fraction(text: string): { n: bigint; d: bigint } {
  const [, sign, whole, part = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const power = Number(exponent) - part.length;
  const n = BigInt(`${sign}${whole}${part}`);
  return power >= 0 ? { n: n * 10n ** BigInt(power), d: 1n } : { n, d: 10n ** BigInt(-power) };
}
