import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diff } from '../../../src/diff/diff';
import { changeValues } from '../../../src/export/change-values';
import { exportFileName } from '../../../src/export/file-name';
import { inPieces } from '../../../src/export/export-text';
import { toJson } from '../../../src/model/json';
import { applyPatch, type Operation } from 'fast-json-patch';

const LONE_SURROGATE = /\p{Cs}/u;

describe('export', () => {
  it('cuts a text into pieces of a size, none larger, no surrogate pair torn', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.integer({ min: 2, max: 20 }), (pieces, size) => {
        const cut = [...inPieces(pieces, size)];
        assert.equal(cut.join(''), pieces.join(''));
        for (const piece of cut) {
          assert.ok(piece.length <= size);
          assert.doesNotMatch(piece, LONE_SURROGATE);
        }
        for (const piece of cut.slice(0, -1)) assert.ok(piece.length >= size - 1);
      }),
    );
  });

  it('names files so that every file system takes them', () => {
    assert.equal(exportFileName('state', 'cart-1', '7'), 'cart-1@7.json');
    assert.equal(exportFileName('state', 'cart-1', null), 'cart-1@start.json');
    assert.equal(exportFileName('events', 'a/b\\c:"d"?*', '0'), 'a-b-c-d@0.events.ndjson');
    assert.equal(exportFileName('state', '../..', '1'), 'stream@1.json');
    assert.ok(exportFileName('state', '😀x'.repeat(500), '1').length < 80);
  });

  it('writes changes that lead from one JSON to the other, undefined included', () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.integer(), fc.constant(null), fc.constant(undefined), fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(fc.constantFrom('a', 'b', 'c/d'), tie('value'), { noNullPrototype: true })),
    })).value;
    fc.assert(
      fc.property(value, value, (before, after) => {
        const operations = changeValues(diff(before, after)).map((change) => ('new' in change ? { op: change.op, path: change.path, value: change.new } : { op: change.op, path: change.path }));
        const from = JSON.parse(toJson(before)) as unknown;
        const patched = applyPatch(from, JSON.parse(JSON.stringify(operations)) as Operation[], true).newDocument;
        assert.deepEqual(patched, JSON.parse(toJson(after)));
      }),
    );
  });
});
