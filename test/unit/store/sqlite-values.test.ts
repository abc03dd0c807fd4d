import assert from 'node:assert/strict';
import { readPayload } from '../../../src/model/payload';
import type { EventStore } from '../../../src/store/contract';
import { checkPayload } from '../../../src/store/payload-check';
import { openStore } from '../../../src/store/registry';
import { sqlFile, tempFolder, type TempFolder } from '../../support/stores';

describe('values of a SQLite store', () => {
  let folder: TempFolder;
  let store: EventStore | undefined;
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => {
    store?.close();
    store = undefined;
    folder.remove();
  });

  const opened = async (sql: string): Promise<EventStore> => (store = await openStore(sqlFile(folder.file('a.db'), sql)));
  const events = (rows: string, columns = 'stream_id TEXT, version INTEGER, type TEXT, data, metadata, created_at'): Promise<EventStore> =>
    opened(`CREATE TABLE events(position INTEGER PRIMARY KEY, ${columns}); CREATE INDEX i ON events(stream_id, version);
      INSERT INTO events(stream_id, version, type, data, metadata, created_at) VALUES ${rows}`);

  it('a payload that is not JSON is shown as stored, with its place', async () => {
    const from = await events(`('a', 1, 'X', '{}', NULL, NULL), ('a', 2, 'X', 'O:8:"stdClass"', 'nope', NULL), ('a', 3, 'X', x'80FF00', '', NULL), ('a', 4, 'X', '', NULL, NULL), ('a', 5, 'X', NULL, NULL, NULL), ('a', 6, 'X', '{"cut":', NULL, NULL)`);
    const [one, two, three, four, five, six] = from.openStream('a')?.read(0, 9) ?? [];
    assert.deepEqual(one?.data, { form: 'json', text: '{}' });
    assert.ok(two?.data.form === 'raw' && two.metadata.form === 'raw');
    assert.equal(two.data.stored, 'O:8:"stdClass"');
    assert.equal(two.data.problem.code, 'payload-not-json');
    assert.match(two.data.problem.message, /The payload of version 2 of "a" in .*a\.db is not JSON: it begins with "O:8:"/);
    assert.deepEqual(two.data.problem.where, { file: folder.file('a.db'), table: 'events', stream: 'a', version: '2' });
    assert.ok(three?.data.form === 'raw');
    assert.deepEqual(three.data.stored, new Uint8Array([0x80, 0xff, 0]));
    assert.match(three.data.problem.message, /binary \(3 bytes\)/);
    assert.equal(three.metadata.form, 'absent');
    assert.ok(four?.data.form === 'raw' && four.data.problem.message.includes('it is empty'));
    assert.equal(five?.data.form, 'absent');
    assert.ok(six);
    assert.deepEqual(six.data, { form: 'json', text: '{"cut":' }, 'looks like JSON until it is parsed');
    const checked = checkPayload(six.data, six.place);
    assert.ok(checked.form === 'raw' && checked.stored === '{"cut":');
    assert.match(checked.problem.message, /version 6 of "a" .*is not JSON: Unexpected end of JSON input/);
    assert.deepEqual(checkPayload(one?.data ?? { form: 'absent' }, {}), one?.data);
  });

  it('every JSON value is a payload, in text or bytes, with or without a BOM', async () => {
    const values = ['{"a":[1]}', '[1,2]', '"text"', '12.50', '-0', 'true', 'null', '  {"a":1}\n', '\uFEFF{"b":2}'];
    const from = await events(values.flatMap((value, i) => [`('a', ${i * 2}, 'X', '${value}', NULL, NULL)`, `('a', ${i * 2 + 1}, 'X', CAST('${value}' AS BLOB), NULL, NULL)`]).join(','));
    from.openStream('a')?.read(0, 99).forEach(({ data }, i) => {
      assert.equal(data.form, 'json', values[i >> 1]);
      assert.deepEqual(readPayload(data, 'double').value, JSON.parse((values[i >> 1] ?? '').replace('\uFEFF', '')));
    });
  });

  it('numbers that a column of numeric affinity made of JSON text', async () => {
    const from = await events(`('a', 1, 'X', '42', NULL, NULL), ('a', 2, 'X', '9007199254740993', NULL, NULL), ('a', 3, 'X', '1.5', NULL, NULL), ('a', 4, 'X', '{"n":1}', NULL, NULL)`, 'stream_id TEXT, version INTEGER, type TEXT, data JSONB, metadata JSONB, created_at');
    assert.deepEqual(from.openStream('a')?.read(0, 9).map(({ data }) => (data.form === 'json' ? data.text : data.form)), ['42', '9007199254740993', '1.5', '{"n":1}']);
  });

  it('integers of 64 bits anywhere in a row', async () => {
    const from = await opened(`CREATE TABLE events(position INTEGER PRIMARY KEY, stream_id TEXT, version INTEGER, type TEXT, data TEXT, created_at INTEGER, extra INTEGER);
      INSERT INTO events VALUES (9007199254740993, 'a', 1, 'X', '{}', 1772442000123456789, -9223372036854775808), (9223372036854775807, 'a', 2, 'X', '{}', 1772442001123456789, 1)`);
    const reader = from.openStream('a');
    assert.deepEqual(reader?.read(0, 9).map(({ position, time }) => [position, time]), [
      [9007199254740993n, '2026-03-02T09:00:00.123456789Z'],
      [9223372036854775807n, '2026-03-02T09:00:01.123456789Z'],
    ]);
    assert.deepEqual(reader?.raw(0).columns.map(({ value }) => value), [9007199254740993n, 'a', 1, 'X', '{}', 1772442000123456789n, -9223372036854775808n]);
    assert.equal(from.summary('a')?.lastTime, '2026-03-02T09:00:01.123456789Z');
  });

  it('text that holds bytes which are no UTF-8', async () => {
    const from = await events(`('a', 1, 'X', CAST(x'7b2261223a22fffe227d' AS TEXT), NULL, NULL), ('a', 2, 'X', '{"a":"\uFFFD"}', NULL, NULL)`);
    const [one, two] = from.openStream('a')?.read(0, 2) ?? [];
    assert.ok(one?.data.form === 'raw' && one.data.problem.code === 'invalid-utf8');
    assert.deepEqual(Buffer.from(one.data.stored as Uint8Array).toString('hex'), '7b2261223a22fffe227d');
    assert.deepEqual(two?.data, { form: 'json', text: '{"a":"\uFFFD"}' });
    const column = from.openStream('a')?.raw(0).columns.find(({ name }) => name === 'data');
    assert.equal(column?.type, 'TEXT');
    assert.ok(column?.value instanceof Uint8Array);
  });

  it('versions that are none', async () => {
    const from = await events(`('a', NULL, 'X', '{}', NULL, NULL), ('a', 2, 'X', '{}', NULL, NULL), ('a', 'three', 'X', '{}', NULL, NULL), ('a', 1, 'X', '{}', NULL, NULL), ('a', 2.5, 'X', '{}', NULL, NULL), ('a', 4, 'X', '{}', NULL, NULL)`);
    const read = from.openStream('a')?.read(0, 9) ?? [];
    assert.equal(read.length, 6, 'none is dropped');
    assert.deepEqual(read.filter(({ problem }) => !problem).map(({ version }) => version), [1, 2, 4]);
    assert.deepEqual(read.filter(({ problem }) => problem).map(({ problem }) => problem?.message.replace(/^.*version: /, '')).sort(), ['2.5 is stored.', 'NULL is stored.', 'the text "three" is stored.']);
    assert.deepEqual([1, 2, 4].map((version) => from.openStream('a')?.read(from.openStream('a')?.indexOfVersion(version) ?? -1, 1)[0]?.version), [1, 2, 4]);
  });

  it('versions in text are ordered as numbers', async () => {
    const rows = [1, 2, 9, 10, 11].map((n) => `('a', '${n}', 'X', '{}')`).join(',');
    const from = await opened(`CREATE TABLE events(stream_id TEXT, version TEXT, type TEXT, data TEXT); CREATE UNIQUE INDEX i ON events(stream_id, version); INSERT INTO events VALUES ${rows}`);
    assert.deepEqual(from.openStream('a')?.heads(0, 9).map(({ version }) => version), [1, 2, 9, 10, 11]);
    assert.equal(from.openStream('a')?.indexOfVersion(10), 3);
    assert.equal(from.streams({ limit: 1 }).streams[0]?.version, 11);
  });

  describe('stream ids', () => {
    const table = (type: string, ids: string[]): string =>
      `CREATE TABLE events(aggregate_id ${type}, version INTEGER, type TEXT, data TEXT); CREATE UNIQUE INDEX i ON events(aggregate_id, version);
       INSERT INTO events VALUES ${ids.map((id) => `(${id}, 1, 'X', '{}')`).join(',')}`;

    async function listed(sql: string): Promise<string[]> {
      const from = await opened(sql);
      const found: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = from.streams({ limit: 1, ...(after === undefined ? {} : { after }) });
        found.push(...page.streams.map(({ stream }) => stream));
        if (page.next === undefined) break;
        after = page.next;
      }
      for (const stream of found) {
        assert.equal(from.openStream(stream)?.length, 1, stream);
        assert.equal(from.streams({ limit: 9, match: stream }).streams.some((head) => head.stream === stream), true, stream);
      }
      return found;
    }

    it('in integers', async () => {
      assert.deepEqual(await listed(table('INTEGER', ['2', '10', '9007199254740993'])), ['2', '10', '9007199254740993']);
      assert.equal(store?.openStream('02'), undefined);
    });
    it('in bytes: UUIDs, text, others', async () => {
      assert.deepEqual(await listed(table('BLOB', [`x'0b3ac9fe54b642c99cf63b8ae5b6b3e1'`, `CAST('cart-1' AS BLOB)`, `x'00ff'`])), [`x'00FF'`, '0b3ac9fe-54b6-42c9-9cf6-3b8ae5b6b3e1', 'cart-1']);
    });
    it('in text that is no text', async () => {
      assert.deepEqual(await listed(table('TEXT', [`CAST(x'0b3ac9fe54b642c99cf63b8ae5b6b3e1' AS TEXT)`, `'sixteen-letters!'`, `'ü'`])), ['0b3ac9fe-54b6-42c9-9cf6-3b8ae5b6b3e1', 'sixteen-letters!', 'ü']);
    });
    it('that differ in case alone', async () => {
      assert.deepEqual(await listed(table('TEXT COLLATE NOCASE', [`'a'`, `'B'`])), ['B', 'a']);
      assert.equal(store?.openStream('A'), undefined);
    });
    it('beyond the basic plane, in the order of their bytes', async () => {
      assert.deepEqual(await listed(table('TEXT', [`'\u{1F4E6}'`, `'\uFFE5'`, `'z'`])), ['z', '\uFFE5', '\u{1F4E6}']);
    });
    it('that are NULL are told, not dropped in silence', async () => {
      assert.deepEqual(await listed(table('TEXT', [`'a'`, 'NULL'])), ['a']);
      const { problems, problemCount } = store?.info ?? {};
      assert.equal(problemCount, 1);
      assert.match(problems?.[0]?.message ?? '', /1 row of "events" in .* has no stream: "aggregate_id" is NULL/);
    });
  });

  it('the category of a column', async () => {
    const from = await opened(`CREATE TABLE events(aggregate_type TEXT, aggregate_id TEXT, version INT, type TEXT, data TEXT); CREATE INDEX i ON events(aggregate_id, version);
      INSERT INTO events VALUES ('order', 'o-1', 1, 'X', '{}'), ('order', 'o-2', 1, 'X', '{}'), ('cart', 'c-1', 1, 'X', '{}'), (NULL, 'n', 1, 'X', '{}')`);
    assert.deepEqual(from.categories(), [{ category: 'cart', streams: 1 }, { category: 'order', streams: 2 }, { category: null, streams: 1 }]);
    assert.deepEqual(from.streams({ limit: 9, category: 'order' }).streams.map(({ stream }) => stream), ['o-1', 'o-2']);
    assert.deepEqual(from.streams({ limit: 9, category: null }).streams.map(({ stream }) => stream), ['n']);
    assert.equal(from.openStream('c-1')?.category, 'cart');
  });
});
