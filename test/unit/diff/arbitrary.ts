import fc from 'fast-check';

/** Names that a pointer must escape and names that mean something to JavaScript. */
const key = fc.constantFrom('a', 'b', 'c', 'a/b', '~', '~1', '', '0', '1', '-', '__proto__', 'constructor', 'toString', 'é');

/** JSON values as states are: nested objects, lists of things with identity, lists of plain values. */
export const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.constantFrom<unknown>(null, true, false, '', 'a', 0, 1, -1, 1.5, 1e21),
    fc.array(tie('value'), { maxLength: 5, depthIdentifier: 'json' }),
    keyed(tie('value')),
    fc.dictionary(key, tie('value'), { maxKeys: 5, depthIdentifier: 'json', noNullPrototype: true }),
  ),
})).value;

function keyed(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.uniqueArray(fc.tuple(fc.nat({ max: 6 }), value), { maxLength: 6, selector: ([id]) => id }).map((pairs) => pairs.map(([id, v]) => ({ id, v })));
}

/** A value and another one a few edits away from it, as a state and the next. */
export const edited: fc.Arbitrary<[unknown, unknown]> = fc.tuple(json, fc.array(fc.tuple(fc.nat(), fc.nat(), json), { minLength: 1, maxLength: 4 })).map(([value, edits]) => {
  let after = structuredClone(value);
  for (const [where, how, put] of edits) after = edit(after, where, how, put);
  return [value, after];
});

export const pairs: fc.Arbitrary<[unknown, unknown]> = fc.oneof(edited, fc.tuple(json, json));

function edit(value: unknown, where: number, how: number, put: unknown): unknown {
  if (Array.isArray(value)) {
    const at = value.length === 0 ? 0 : where % value.length;
    const copy = [...(value as unknown[])];
    if (how % 5 === 0) copy.splice(at, 0, put);
    else if (how % 5 === 1) copy.splice(at, 1);
    else if (how % 5 === 2) copy.push(...copy.splice(at, 1));
    else if (how % 5 === 3) copy.reverse();
    else copy[at] = edit(copy[at], where >> 3, how >> 3, put);
    return copy;
  }
  if (value !== null && typeof value === 'object') {
    const keys = Object.keys(value);
    const name = keys.length === 0 || how % 4 === 0 ? 'new' : keys[where % keys.length]!;
    const entries = Object.entries(value).filter(([other]) => how % 4 !== 1 || other !== name);
    const changed = how % 4 === 1 ? [] : [[name, how % 4 === 2 ? put : edit((value as Record<string, unknown>)[name], where >> 3, how >> 3, put)] as [string, unknown]];
    return Object.fromEntries([...entries.filter(([other]) => other !== name), ...changed]);
  }
  return put;
}
