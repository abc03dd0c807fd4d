import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileNamePart, oneLine, storeKey, streamKey } from '../../../src/host/platform/keys';

describe('storeKey', () => {
  it('is one text for every way a path is written', () => {
    assert.equal(storeKey('/data/../data/shop.db', 'linux'), '/data/shop.db');
    assert.equal(storeKey('/data/./shop.db/', 'linux'), '/data/shop.db');
    assert.equal(storeKey('C:\\Data\\Shop.db', 'win32'), storeKey('c:/data/shop.DB', 'win32'));
  });

  it('tells cases apart where file names do', () => {
    assert.notEqual(storeKey('/data/Shop.db', 'linux'), storeKey('/data/shop.db', 'linux'));
  });

  it('keeps what is special in uris', () => {
    assert.equal(storeKey('/a b/50%#1/ströme.db', 'linux'), '/a b/50%#1/ströme.db');
  });
});

describe('streamKey', () => {
  it('is another for another stream or store', () => {
    const part = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    fc.assert(fc.property(part, part, part, part, (a, b, c, d) => {
      assert.equal(streamKey(a, b) === streamKey(c, d), a === c && b === d);
    }));
  });
});

describe('oneLine', () => {
  it('has no line break and no more than the limit', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const line = oneLine(text, 50);
      assert.doesNotMatch(line, /[\n\r\u2028\u2029\0]/);
      assert.ok([...line].length <= 50);
    }));
  });

  it('keeps a short text', () => assert.equal(oneLine('cart-1 🛒'), 'cart-1 🛒'));
});

describe('fileNamePart', () => {
  it('holds nothing a file system refuses', () => {
    assert.equal(fileNamePart('a/b\\c:d*e?"f<g>h|i\n'), 'a_b_c_d_e_f_g_h_i_');
    assert.equal(fileNamePart(''), '_');
    assert.equal(fileNamePart('...'), '_');
    assert.equal([...fileNamePart('🛒'.repeat(500))].length, 100);
  });
});
