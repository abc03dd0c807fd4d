import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv from 'ajv';
import { reducerFor, storeFor } from '../../../src/config/find';
import { findConfig, loadConfig, readConfig } from '../../../src/config/read';
import { EVENT_ROLES } from '../../../src/model/store-info';
import { tempFolder, type TempFolder } from '../../support/stores';

type Schema = Record<string, { description?: string; properties?: object }>;

const FILE = resolve('/team/shop/leftfold.json');
const at = (path: string): string => resolve('/team/shop', path);

describe('reading leftfold.json', () => {
  it('resolves paths from the file, allows comments and trailing commas', () => {
    const config = readConfig(
      `\uFEFF{
        // the team's stores
        "stores": [{ "name": "Shop", "path": "data/shop.db" }, { "path": "../log.ndjson", "mapping": { "stream": "agg", "time": "/meta/at", "id": null } },],
        "reducers": [{ "category": "order", "module": "./reducers/order.ts", "store": "Shop", "numbers": "bigint" }],
      }`,
      FILE,
    );
    assert.deepEqual(config, {
      file: FILE,
      stores: [
        { name: 'Shop', path: at('data/shop.db'), mapping: undefined },
        { name: undefined, path: at('../log.ndjson'), mapping: { stream: 'agg', time: '/meta/at', id: null } },
      ],
      reducers: [{ category: 'order', module: at('reducers/order.ts'), store: 'Shop', numbers: 'bigint' }],
      problems: [],
    });
  });

  it('says the line and column where the JSON breaks, and uses nothing of it', () => {
    const { problems, stores } = readConfig('{\n  "stores": [\n    { "path" "shop.db" }\n  ]\n}', FILE);
    assert.equal(stores.length, 0);
    assert.equal(problems.length, 1);
    assert.deepEqual(problems[0]?.where, { file: FILE, line: 3, column: 14 });
    assert.equal(problems[0]?.code, 'config-syntax');
    assert.match(problems[0]?.message ?? '', /line 3, column 14 is not valid JSON: a colon is expected/);
  });

  it('leaves out entries that are wrong, each with its place, and uses the others', () => {
    const { problems, stores, reducers } = readConfig(
      `{
  "stores": [{ "name": "lost" }, { "path": "a.db", "mapping": { "stream": 1, "vresion": "v" } }, "b.db"],
  "reducers": [{ "category": "a", "module": "a.ts", "numbers": "float" }, { "module": "b.ts" }, { "category": "", "module": "c.ts" }],
  "reducer": []
}`,
      FILE,
    );
    assert.deepEqual(stores, [{ name: undefined, path: at('a.db'), mapping: undefined }]);
    assert.deepEqual(reducers, [{ category: 'a', module: at('a.ts'), store: undefined, numbers: undefined }]);
    assert.deepEqual(
      problems.map(({ message, where }) => [where.line, message.replace(/^.*column \d+: /, '')]),
      [
        [4, '"reducer" is not known here; there are "$schema", "stores", "reducers".'],
        [2, '"stores[0]" lacks "path".'],
        [2, '"stores[1].mapping.vresion" is not known here; there are "table", "stream", "version", "type", "data", "time", "position", "id", "metadata", "category".'],
        [2, '"stores[1].mapping.stream" must be the name of a column or field, or null for none.'],
        [2, '"stores[2]" must be an object.'],
        [3, '"reducers[0].numbers" must be one of "exact", "bigint", "double".'],
        [3, '"reducers[1]" lacks "category".'],
        [3, '"reducers[2].category" must not be empty.'],
      ],
    );
  });

  it('takes an empty file for an empty config', () => {
    for (const text of ['', '\n', '// nothing yet\n']) assert.deepEqual(readConfig(text, FILE).problems, []);
    assert.equal(readConfig('[]', FILE).problems[0]?.code, 'config-invalid');
  });

  describe('the file', () => {
    let folder: TempFolder;
    before(() => (folder = tempFolder()));
    after(() => folder.remove());

    it('is found upwards from a store or a folder', () => {
      const deep = join(folder.path, 'a', 'b');
      mkdirSync(deep, { recursive: true });
      writeFileSync(join(deep, 'shop.db'), '');
      assert.equal(findConfig(join(deep, 'shop.db')), undefined);
      writeFileSync(folder.file('leftfold.json'), '{}');
      assert.equal(findConfig(join(deep, 'shop.db')), folder.file('leftfold.json'));
      writeFileSync(join(deep, 'leftfold.json'), '{}');
      assert.equal(findConfig(deep), join(deep, 'leftfold.json'));
      assert.equal(findConfig(join(folder.path, 'a')), folder.file('leftfold.json'));
    });

    it('may be missing or unreadable', () => {
      assert.deepEqual(loadConfig(folder.file('none.json')).problems, []);
      assert.equal(loadConfig(folder.path).problems[0]?.code, 'config-unreadable');
    });
  });

  it('agrees with the schema that VS Code completes and checks with', () => {
    const schema = JSON.parse(readFileSync('media/leftfold.schema.json', 'utf8')) as { properties: Schema; definitions: Schema };
    const check = new Ajv({ strict: false }).compile(schema);
    const good = { stores: [{ path: 'a.db', name: 'A', mapping: { table: 't', stream: 's', id: null } }], reducers: [{ category: 'c', module: 'm.ts', store: 'A', numbers: 'exact' }] };
    assert.equal(check(good), true);
    for (const bad of [{ stores: [{}] }, { stores: 'a' }, { reducers: [{ category: 'c' }] }, { reducers: [{ category: 'c', module: 'm', numbers: 'float' }] }, { other: 1 }, { stores: [{ path: 'a', mapping: { stream: 1 } }] }]) {
      assert.equal(check(bad), false, JSON.stringify(bad));
      assert.notEqual(readConfig(JSON.stringify(bad), FILE).problems.length, 0, JSON.stringify(bad));
    }
    assert.deepEqual(Object.keys(schema.definitions['mapping']?.properties ?? {}).sort(), ['table', ...EVENT_ROLES].sort());
    for (const [name, part] of Object.entries({ ...schema.definitions, ...schema.properties })) assert.ok(part.description, `${name} has a description`);
  });
});

describe('what a config says of a stream', () => {
  const config = readConfig(
    JSON.stringify({
      stores: [{ name: 'Shop', path: 'shop.db' }, { name: 'Old', path: 'old.db' }],
      reducers: [
        { category: 'order', module: 'order.ts' },
        { category: 'order', module: 'old-order.ts', store: 'Old' },
        { category: 'cart', module: 'cart.ts', store: 'shop.db' },
        { category: 'lonely', module: 'lonely.ts' },
      ],
    }),
    FILE,
  );
  const module = (...args: Parameters<typeof reducerFor>): string | undefined => reducerFor(...args)?.module;

  it('prefers an entry for this very store', () => {
    assert.equal(module(config, at('shop.db'), 'order'), at('order.ts'));
    assert.equal(module(config, at('old.db'), 'order'), at('old-order.ts'));
    assert.equal(module(config, at('other.db'), 'order'), at('order.ts'));
    assert.equal(module(config, at('shop.db'), 'cart'), at('cart.ts'));
    assert.equal(module(config, at('old.db'), 'cart'), undefined);
  });

  it('knows a stream without category by its own name, and "*" for the rest', () => {
    assert.equal(module(config, at('shop.db'), null), undefined);
    assert.equal(module(config, at('shop.db'), null, 'lonely'), at('lonely.ts'));
    const any = readConfig('{"reducers":[{"category":"*","module":"any.ts"},{"category":"a","module":"a.ts"}]}', FILE);
    assert.equal(module(any, at('shop.db'), 'a'), at('a.ts'));
    assert.equal(module(any, at('shop.db'), null), at('any.ts'));
  });

  it('finds a store by its path however it is written', () => {
    assert.equal(storeFor(config, at('sub/../shop.db'))?.name, 'Shop');
    assert.equal(storeFor(config, at('none.db')), undefined);
  });
});
