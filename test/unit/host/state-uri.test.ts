import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fromUriQuery, toUriParts, versionLabel } from '../../../src/host/documents/state-uri';

describe('state uris', () => {
  it('carry store, stream, step and version through', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(text, text, fc.nat(), fc.bigInt(), (store, stream, step, version) => {
      const address = { store, stream, step, version: String(version) };
      assert.deepEqual(fromUriQuery(toUriParts(address).query), address);
    }));
  });

  it('show stream and version in the name of the tab', () => {
    const parts = toUriParts({ store: 'C:\\a b\\50%#.db', stream: 'cart/1?', step: 3, version: '12' });
    assert.equal(parts.path, '/cart_1_@v12.json');
    assert.equal(toUriParts({ store: '/s', stream: 'cart', step: 0, version: 'start' }).path, '/cart@start.json');
  });

  it('refuse what is none of theirs', () => {
    for (const query of ['', '{', 'null', '{"store":1}', '{"store":"/s","stream":"a","step":-1,"version":"1"}', '{"store":"/s","stream":"a","step":1.5,"version":"1"}']) {
      assert.equal(fromUriQuery(query), undefined, query);
    }
  });

  it('name versions beside each other', () => {
    assert.equal(versionLabel('12'), 'state@v12');
    assert.equal(versionLabel('start'), 'state@start');
  });
});
