import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { emptyConfig, withMapping, withReducer, withStore } from '../../../src/config/edit';
import { readConfig } from '../../../src/config/read';
import { LeftfoldError } from '../../../src/model/problem';

const FILE = resolve('/team/leftfold.json');
const at = (path: string): string => resolve('/team', path);

const COMMENTED = `{
    // Stores of the team
    "stores": [
        { "name": "Shop", "path": "./data/shop.db" }, // the real one
    ],
    /* none yet */
    "reducers": [],
}
`;

describe('changing leftfold.json', () => {
  it('lists a store, once', () => {
    const once = withStore(emptyConfig(), FILE, at('data/shop.db'), 'Shop');
    assert.equal(once, '{\n  "stores": [\n    {\n      "name": "Shop",\n      "path": "data/shop.db"\n    }\n  ],\n  "reducers": []\n}\n');
    assert.equal(withStore(once, FILE, at('data/shop.db')), once);
    assert.equal(readConfig(withStore(once, FILE, at('data/shop.db'), 'Other'), FILE).stores[0]?.name, 'Other');
  });

  it('makes what is missing, from nothing or a comment too', () => {
    for (const text of ['', '{}', '// ours\n', '{ "stores": [] }']) {
      const result = withReducer(withStore(text, FILE, at('a.db')), FILE, 'order', at('r/order.ts'));
      const { stores, reducers, problems } = readConfig(result, FILE);
      assert.deepEqual(problems, []);
      assert.equal(stores[0]?.path, at('a.db'));
      assert.equal(reducers[0]?.module, at('r/order.ts'));
      if (text.includes('ours')) assert.match(result, /ours/);
    }
  });

  it('keeps comments, layout and other entries', () => {
    const mapped = withMapping(COMMENTED, FILE, at('data/shop.db'), { table: 'events', stream: 'agg', id: null });
    const both = withReducer(mapped, FILE, 'order', at('order.ts'));
    for (const comment of ['// Stores of the team', '// the real one', '/* none yet */']) assert.ok(both.includes(comment), comment);
    const { stores, reducers, problems } = readConfig(both, FILE);
    assert.deepEqual(problems, []);
    assert.deepEqual(stores, [{ name: 'Shop', path: at('data/shop.db'), mapping: { table: 'events', stream: 'agg', id: null } }]);
    assert.equal(reducers.length, 1);
    assert.match(both, /^ {8}\{/m, 'indented by four as before');
  });

  it('replaces a mapping, and adds one with its store', () => {
    const first = withMapping(emptyConfig(), FILE, at('log.ndjson'), { stream: 'a', version: 'v' });
    const second = withMapping(first, FILE, at('log.ndjson'), { stream: 'b' });
    assert.deepEqual(readConfig(second, FILE).stores, [{ name: undefined, path: at('log.ndjson'), mapping: { stream: 'b' } }]);
  });

  it('changes the reducer that serves the category in that store', () => {
    const text = JSON.stringify({
      stores: [{ name: 'Old', path: 'old.db' }],
      reducers: [{ category: 'order', module: 'a.ts', store: 'Old' }, { category: 'order', module: 'b.ts' }],
    });
    const modules = (result: string): string[] => readConfig(result, FILE).reducers.map(({ module }) => module);
    assert.deepEqual(modules(withReducer(text, FILE, 'order', at('c.ts'), at('old.db'))), [at('c.ts'), at('b.ts')]);
    assert.deepEqual(modules(withReducer(text, FILE, 'order', at('c.ts'), at('new.db'))), [at('a.ts'), at('c.ts')]);
    assert.deepEqual(modules(withReducer(text, FILE, 'order', at('c.ts'))), [at('a.ts'), at('c.ts')]);
    assert.deepEqual(modules(withReducer(text, FILE, 'cart', at('c.ts'))), [at('a.ts'), at('b.ts'), at('c.ts')]);
  });

  it('keeps line ends and tabs', () => {
    const result = withStore('{\r\n\t"stores": []\r\n}\r\n', FILE, at('a.db'));
    assert.doesNotMatch(result, /[^\r]\n/);
    assert.match(result, /\r\n\t\t\{/);
  });

  it('touches no file that is broken', () => {
    assert.throws(
      () => withStore('{\n  "stores": [', FILE, at('a.db')),
      (error) => error instanceof LeftfoldError && error.problem.code === 'config-not-editable' && error.problem.where.line === 2,
    );
    assert.throws(() => withMapping('[]', FILE, at('a.db'), {}), LeftfoldError);
  });
});
