import assert from 'node:assert/strict';
import { reducerFileName, reducerTemplate } from '../../../src/host/reducers/template';
import { transformSync } from 'esbuild';

interface Module {
  initialState: unknown;
  evolve(state: unknown, event: { type: string; data: unknown }): unknown;
}

/** Compiles and runs a template as a module. */
function load(text: string, loader: 'ts' | 'js'): Module {
  const { code } = transformSync(text, { loader, format: 'cjs' });
  const module = { exports: {} as Module };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  new Function('module', 'exports', code)(module, module.exports);
  return module.exports;
}

describe('the example reducer', () => {
  for (const typescript of [true, false]) {
    it(`runs as it is (${typescript ? 'TypeScript' : 'JavaScript'})`, () => {
      const text = reducerTemplate('ca"rt\n*/', ['ItemAdded', "It's \"odd\""], typescript);
      const { initialState, evolve } = load(text, typescript ? 'ts' : 'js');
      assert.deepEqual(initialState, {});
      assert.deepEqual(evolve({ a: 1 }, { type: 'ItemAdded', data: { b: 2 } }), { a: 1, b: 2 });
      assert.deepEqual(evolve({ a: 1 }, { type: 'Unknown', data: { a: 2 } }), { a: 2 });
    });
  }

  it('has a file name of its category', () => {
    assert.equal(reducerFileName('cart', true), 'cart.reducer.ts');
    assert.equal(reducerFileName('a/b: "c"', false), 'a-b-c.reducer.mjs');
    assert.equal(reducerFileName('../..', true), 'default.reducer.ts');
    assert.equal(reducerFileName(null, true), 'default.reducer.ts');
  });
});
