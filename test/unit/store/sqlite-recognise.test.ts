import assert from 'node:assert/strict';
import type { StoreInfo, StoreMapping } from '../../../src/model/store-info';
import type { EventStore } from '../../../src/store/contract';
import { openStore } from '../../../src/store/registry';
import { sqlFile, tempFolder, type TempFolder } from '../../support/stores';
import { problemOf } from './problem-of';

describe('recognising an events table', () => {
  let folder: TempFolder;
  let count = 0;
  before(() => (folder = tempFolder()));
  after(() => folder.remove());

  async function using<T>(sql: string, use: (store: EventStore) => T, mapping?: StoreMapping): Promise<T> {
    const store = await openStore(sqlFile(folder.file(`${++count}.db`), sql), mapping ? { mapping } : {});
    try {
      return use(store);
    } finally {
      store.close();
    }
  }

  const infoOf = (sql: string, mapping?: StoreMapping): Promise<StoreInfo> => using(sql, (store) => store.info, mapping);
  const mappingOf = async (sql: string): Promise<Record<string, string | null>> =>
    Object.fromEntries(Object.entries((await infoOf(sql)).mapping).filter(([, column]) => column !== null));

  const TIME = `'2026-03-02 09:00:00'`;

  describe('by names in any case, content and keys', () => {
    it('a home-grown table', async () => {
      assert.deepEqual(
        await mappingOf(`CREATE TABLE events(id INTEGER PRIMARY KEY, stream_name TEXT, stream_version INT, event_name TEXT, event_data TEXT, happened_on TEXT);
          INSERT INTO events VALUES (1, 'a', 1, 'X', '{}', ${TIME})`),
        { position: 'id', stream: 'stream_name', version: 'stream_version', type: 'event_name', data: 'event_data', time: 'happened_on' },
      );
    });

    it('camel case; a plain name', async () => {
      assert.deepEqual(
        await mappingOf(`CREATE TABLE Events(id TEXT, createdAt INTEGER, name TEXT, stream TEXT, version INTEGER, payload TEXT);
          INSERT INTO Events VALUES ('e', 1772442000250, 'X', 'a', 1, '{"a":1}')`),
        { id: 'id', time: 'createdAt', type: 'name', stream: 'stream', version: 'version', data: 'payload' },
      );
    });

    it('"position" is the version where another column is the store\'s', async () => {
      assert.deepEqual(
        await mappingOf(`CREATE TABLE messages(id TEXT UNIQUE, stream_name TEXT, type TEXT, position BIGINT, global_position INTEGER PRIMARY KEY, data TEXT, metadata TEXT, time TEXT, UNIQUE(stream_name, position));
          INSERT INTO messages VALUES ('u', 'a', 'X', 0, 1, '{}', NULL, ${TIME}), ('v', 'a', 'X', 1, 2, '{}', NULL, ${TIME})`),
        { id: 'id', stream: 'stream_name', type: 'type', version: 'position', position: 'global_position', data: 'data', metadata: 'metadata', time: 'time' },
      );
    });

    it('an event\'s schema version is not the stream\'s', async () => {
      const rows = [1, 2, 3, 4, 5].map((n) => `('a', 'order', ${n}, 'X', 1, '{}')`).join(',');
      assert.deepEqual(
        await mappingOf(`CREATE TABLE events(stream_id TEXT, aggregate_type TEXT, sequence INT, event_type TEXT, event_version INT, data TEXT); INSERT INTO events VALUES ${rows}`),
        { stream: 'stream_id', category: 'aggregate_type', version: 'sequence', type: 'event_type', data: 'data' },
      );
    });

    it('"aggregate" is the category beside an "aggregate_id"', async () => {
      assert.deepEqual(
        await mappingOf(`CREATE TABLE eventstore(id INTEGER PRIMARY KEY, aggregate TEXT, aggregate_id TEXT, playhead INT, event TEXT, payload TEXT, UNIQUE(aggregate, aggregate_id, playhead));
          INSERT INTO eventstore VALUES (1, 'order', 'o1', 1, 'placed', '{}')`),
        { position: 'id', category: 'aggregate', stream: 'aggregate_id', version: 'playhead', type: 'event', data: 'payload' },
      );
    });

    it('a table among others that look alike', async () => {
      const { why } = await infoOf(`CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, data TEXT, created_at TEXT); INSERT INTO users VALUES (1, 'n', '{}', ${TIME});
        CREATE TABLE snapshots(stream_id TEXT PRIMARY KEY, version INT, state TEXT); INSERT INTO snapshots VALUES ('a', 1, '{}');
        CREATE TABLE journal(stream_id TEXT, version INT, type TEXT, payload TEXT, created_at TEXT, PRIMARY KEY(stream_id, version)); INSERT INTO journal VALUES ('a', 1, 'X', '{}', ${TIME})`);
      assert.match(why, /^Table "journal": data from "payload" \(JSON\); stream from "stream_id"; version from "version" \(unique within "stream_id"\)/);
    });

    it('an empty table, by names alone', async () => {
      await using('CREATE TABLE events(stream_id TEXT, version INT, type TEXT, data TEXT)', (store) => {
        assert.deepEqual(store.streams({ limit: 10 }), { streams: [] });
        assert.deepEqual(store.categories(), [{ category: null }]);
      });
    });
  });

  describe('that lacks a part', () => {
    it('no version: numbered in stored order', () =>
      using(`CREATE TABLE events(id INTEGER PRIMARY KEY, stream_id TEXT, type TEXT, data TEXT, created_at TEXT); CREATE INDEX i ON events(stream_id);
        INSERT INTO events VALUES (5, 'a', 'X', '{}', ${TIME}), (3, 'b', 'X', '{}', ${TIME}), (4, 'a', 'Y', '{}', ${TIME})`, (store) => {
        assert.match(store.info.why, /numbered from 1 in stored order/);
        assert.deepEqual(store.openStream('a')?.heads(0, 9).map(({ version, type }) => [version, type]), [[1, 'Y'], [2, 'X']]);
        assert.deepEqual(store.streams({ limit: 9 }).streams.map(({ stream, version }) => [stream, version]), [['a', 2], ['b', 1]]);
        assert.equal(store.summary('a')?.version, 2);
        assert.equal(store.openStream('a')?.indexOfVersion(2), 1);
      }));

    it('no stream: one stream named after the table', () =>
      using(`CREATE TABLE log(seq INTEGER PRIMARY KEY, type TEXT, payload TEXT, ts TEXT); INSERT INTO log VALUES (7, 'X', '{"a":1}', ${TIME}), (8, 'Y', '{"a":2}', ${TIME})`, (store) => {
        assert.match(store.info.why, /one stream named "log"/);
        assert.deepEqual(store.streams({ limit: 9 }).streams.map(({ stream, version }) => [stream, version]), [['log', 2]]);
        assert.deepEqual(store.streams({ limit: 9, match: 'x' }).streams, []);
        assert.deepEqual(store.streams({ limit: 9, after: 'log' }).streams, []);
        assert.deepEqual(store.openStream('log')?.read(0, 9).map(({ version, position, type }) => [version, position, type]), [[1, 7, 'X'], [2, 8, 'Y']]);
        assert.deepEqual(store.types('log').length, 2);
        assert.equal(store.openStream('other'), undefined);
        assert.equal(store.openStream('log')?.indexAtOrBefore('2030-01-01T00:00:00Z'), 1);
      }));

    it('no type: from the payload', () =>
      using(`CREATE TABLE events(stream_id TEXT, version INT, data TEXT); INSERT INTO events VALUES ('a', 1, '{"eventType":"X"}'), ('a', 2, 'broken'), ('a', 3, '{"eventType":"Y"}'), ('a', 4, CAST('{"eventType":"Z"}' AS BLOB))`, (store) => {
        assert.match(store.info.why, /payload's field "eventType"/);
        assert.deepEqual(store.openStream('a')?.heads(0, 9).map(({ type }) => type), ['X', 'unknown', 'Y', 'Z']);
      }));

    it('no type anywhere', () =>
      using(`CREATE TABLE events(stream_id TEXT, version INT, data TEXT); INSERT INTO events VALUES ('a', 1, '{}')`, (store) => {
        assert.match(store.info.why, /shown as "unknown"/);
        assert.equal(store.openStream('a')?.heads(0, 1)[0]?.type, 'unknown');
      }));
  });

  describe('mapped by hand', () => {
    const odd = `CREATE TABLE "odd ""table"""("the stream" TEXT, n INT, what TEXT, "bo'dy" TEXT, at TEXT);
      INSERT INTO "odd ""table""" VALUES ('s', 1, 'X', '{"a":1}', ${TIME}), ('s', 2, 'Y', '{"a":2}', ${TIME})`;

    it('takes the columns named and recognises the rest', async () => {
      await using(odd, (store) => {
        assert.equal(store.info.mapping.time, 'at');
        assert.match(store.info.why, /stream from "the stream" \(mapped by hand\)/);
        assert.deepEqual(store.openStream('s')?.heads(0, 9), [
          { index: 0, version: 1, type: 'X', time: '2026-03-02T09:00:00Z' },
          { index: 1, version: 2, type: 'Y', time: '2026-03-02T09:00:00Z' },
        ]);
        assert.deepEqual(store.openStream('s')?.raw(1).columns.map(({ name, type, value }) => [name, type, value]), [
          ['the stream', 'TEXT', 's'], ['n', 'INTEGER', 2], ['what', 'TEXT', 'Y'], ["bo'dy", 'TEXT', '{"a":2}'], ['at', 'TEXT', '2026-03-02 09:00:00'],
        ]);
      }, { stream: 'the stream', version: 'N', type: 'what', data: "bo'dy" });
    });

    it('null says that there is none', async () => {
      const { mapping } = await infoOf(odd, { stream: 'the stream', version: null, type: 'what', data: "bo'dy", time: null });
      assert.equal(mapping.time, null);
      assert.equal(mapping.version, null);
    });

    it('a column may play two roles', async () => {
      await using(odd, (store) => assert.equal(store.openStream('s')?.category, 's'), { stream: 'the stream', category: 'the stream', version: 'n', type: 'what', data: "bo'dy" });
    });

    it('overrides a known product', async () => {
      const problem = await problemOf(openStore('test/fixtures/stores/emmett.db', { mapping: { table: 'emt_streams', data: 'none' } }));
      assert.equal(problem.code, 'store-mapping-column');
    });
  });
});
