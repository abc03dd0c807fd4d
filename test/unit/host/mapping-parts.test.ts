import assert from 'node:assert/strict';
import { foundInProblem, previewMapping } from '../../../src/host/mapping/parts';

describe('mapping by hand', () => {
  it('reads tables and columns from a problem', () => {
    const problem = { code: 'store-unknown-schema', message: '', next: '', where: {}, exit: 2 as const, details: ['log(id, what is it, at)', 'people (old)(name, age)', 'no columns'] };
    assert.deepEqual(foundInProblem(problem), [
      { name: 'log', columns: ['id', 'what is it', 'at'] },
      { name: 'people (old)', columns: ['name', 'age'] },
    ]);
  });

  it('shows a mapping in a line', () => {
    assert.equal(previewMapping({ table: 'log', stream: 'id', data: 'what', time: null }), 'log: stream ← id, data ← what');
  });
});
