import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diff } from '../../../src/diff/diff';
import { oldPath } from '../../../webview/state/old-path';
import { valueAt } from '../support/fake/values';

describe('where the old value of a change lay', () => {
  const item = fc.record({ id: fc.nat({ max: 6 }), tags: fc.array(fc.nat({ max: 3 }), { maxLength: 3 }) });
  const state = fc.record({ list: fc.uniqueArray(item, { maxLength: 6, selector: ({ id }) => id }), byId: fc.dictionary(fc.nat({ max: 9 }).map(String), fc.array(fc.nat({ max: 2 }), { maxLength: 3 }), { maxKeys: 5 }) });

  it('is found again for every change of every pair of states', async () => {
    await fc.assert(
      fc.asyncProperty(state, state, async (before, after) => {
        const changes = diff(before, after);
        for (const [index, change] of changes.entries()) {
          if (change.op === 'add') continue;
          const path = await oldPath(changes, index, async (pointer) => Array.isArray(valueAt(after, pointer)));
          assert.deepEqual(valueAt(before, path), change.old, `${change.path} was looked for at ${path}`);
        }
      }),
      { numRuns: 500 },
    );
  });
});
