import assert from 'node:assert/strict';
import fastJsonPatch, { type Operation } from 'fast-json-patch';
import fc from 'fast-check';
import { diff } from '../../../src/diff/diff';
import { equal } from '../../../src/diff/equal';
import { applyMergePatch, isExactMergePatch, mergePatch } from '../../../src/diff/merge-patch';
import { formatPointer, getAt, parsePointer } from '../../../src/diff/pointer';
import { toPatch } from '../../../src/diff/patch';
import { edited, json, pairs } from './arbitrary';

// The independent library refuses to touch __proto__ unless told otherwise, and then mistakes it.
const hasProto = (value: unknown) => JSON.stringify(value).includes('"__proto__"');

/** Applies a patch as written down, with a library that is not ours. */
function applied(before: unknown, after: unknown): unknown {
  const patch = JSON.parse(JSON.stringify(toPatch(diff(before, after)))) as Operation[];
  return fastJsonPatch.applyPatch(structuredClone(before), patch, true, true, false).newDocument;
}

describe('diff: for all states', () => {
  it('is a JSON Patch that an independent library turns into exactly the state after', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        fc.pre(!hasProto([before, after]));
        assert.deepStrictEqual(applied(before, after), JSON.parse(JSON.stringify(after)));
      }),
      { numRuns: 2000 },
    );
  });

  it('is empty exactly when the states are equal', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        assert.equal(diff(before, after).length === 0, equal(before, after));
        assert.deepStrictEqual(diff(before, structuredClone(before)), []);
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with deepStrictEqual on what is equal', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        let same = true;
        try {
          assert.deepStrictEqual(before, after);
        } catch {
          same = false;
        }
        assert.equal(equal(before, after), same);
      }),
      { numRuns: 1000 },
    );
  });

  it('names for each change what was there and what is there', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        for (const { op, path, old } of diff(before, after).slice(0, 1)) {
          // Only the first change speaks of the state before untouched.
          if (op !== 'add') assert.deepStrictEqual(getAt(before, path).value, old);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('alters neither state', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const copies = structuredClone([before, after]);
        diff(before, after);
        applyMergePatch(before, mergePatch(before, after));
        assert.deepStrictEqual([before, after], copies);
      }),
    );
  });
});

describe('merge patch: for all states', () => {
  it('applied gives the state after, wherever a merge patch can say it', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const patch = mergePatch(before, after);
        const nulls = hasNullMember(after);
        if (!nulls) assert.ok(isExactMergePatch(before, after, patch));
        const through = JSON.parse(JSON.stringify(patch)) as unknown;
        assert.deepStrictEqual(applyMergePatch(before, through), applyMergePatch(before, patch));
      }),
      { numRuns: 2000 },
    );
  });

  it('shares with its target what stays, and is the target when nothing changes', () => {
    fc.assert(
      fc.property(json, (value) => {
        fc.pre(value !== null && typeof value === 'object' && !Array.isArray(value));
        const target = { kept: value, changed: { deep: 1 } };
        const merged = applyMergePatch(target, { changed: { deep: 2 } }) as typeof target;
        assert.equal(merged.kept, value);
        assert.equal(applyMergePatch(target, {}), target);
        assert.equal(target.changed.deep, 1);
      }),
    );
  });
});

describe('pointers: for all names', () => {
  it('are read back as they were written', () => {
    fc.assert(fc.property(fc.array(fc.string({ unit: 'binary' })), (segments) => assert.deepStrictEqual(parsePointer(formatPointer(segments)), segments)));
  });
});

/** Whether an object (not an array) somewhere has a null member outside of arrays. */
function hasNullMember(value: unknown): boolean {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return Object.values(value).some((member) => member === null || hasNullMember(member));
}
