import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../../src/store/registry';
import { someEvents, sqlFile, sqliteStore, tempFolder, type TempFolder } from '../../support/stores';
import { traces } from '../../contract/traces';
import { problemOf } from './problem-of';

describe('a SQLite store that cannot be opened', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => folder.remove());

  async function fails(file: string, code: string, message: RegExp): Promise<void> {
    const before = traces(folder.path);
    const problem = await problemOf(openStore(file, { busyTimeoutMs: 20 }));
    assert.equal(problem.code, code);
    assert.match(problem.message, message);
    assert.ok(problem.message.includes(file), 'names the file');
    assert.equal(problem.where.file, file);
    assert.equal(problem.exit, 2);
    assert.deepEqual(traces(folder.path), before);
  }

  it('is missing', () => fails(folder.file('none.db'), 'store-missing', /no file/));

  it('is a directory', async () => {
    const path = folder.file('sub');
    mkdirSync(path);
    const problem = await problemOf(openStore(path));
    assert.equal(problem.code, 'store-directory');
  });

  it('is empty', async () => {
    writeFileSync(folder.file('a.db'), '');
    await fails(folder.file('a.db'), 'store-empty', /is empty/);
  });

  it('is not a database', async () => {
    writeFileSync(folder.file('a.db'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]));
    await fails(folder.file('a.db'), 'store-unknown-format', /bytes 7f454c46/);
    writeFileSync(folder.file('b.db'), 'just some words\n');
    await fails(folder.file('b.db'), 'store-unknown-format', /"just some words"/);
  });

  it('is encrypted', async () => {
    writeFileSync(folder.file('a.db'), randomBytes(8192));
    await fails(folder.file('a.db'), 'store-encrypted', /encrypted/);
  });

  it('has a readable magic and an encrypted rest', async () => {
    writeFileSync(folder.file('a.db'), Buffer.concat([Buffer.from('SQLite format 3\0', 'latin1'), randomBytes(8176)]));
    await fails(folder.file('a.db'), 'store-not-a-database', /is none/);
  });

  it('is locked by a writer', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2));
    const writer = new Sqlite(path);
    try {
      writer.exec('BEGIN EXCLUSIVE');
      const problem = await problemOf(openStore(path, { busyTimeoutMs: 20 }));
      assert.equal(problem.code, 'store-locked');
      assert.match(problem.message, /waited 20 ms/);
    } finally {
      writer.close();
    }
  });

  it('is cut short', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(200, 5));
    const { length } = readFileSync(path);
    truncateSync(path, 8192);
    await fails(path, 'store-truncated', new RegExp(`8192 of the ${length} bytes`));
    truncateSync(path, 10);
    await fails(path, 'store-truncated', /10 of/);
    writeFileSync(path, readFileSync(path).subarray(0, 10));
  });

  it('is damaged inside', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(200, 5));
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 4096);
    writeFileSync(path, bytes);
    await fails(path, 'store-damaged', /damaged/);
  });

  it('is damaged where it is read later', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(400, 5));
    const bytes = readFileSync(path);
    for (let page = 5 * 4096; page < bytes.length; page += 4096) bytes.fill(0xaa, page, page + 100);
    writeFileSync(path, bytes);
    const problem = await problemOf(async () => {
      const store = await openStore(path);
      try {
        for (const { stream } of store.streams({ limit: 400 }).streams) store.openStream(stream)?.read(0, 100);
      } finally {
        store.close();
      }
    });
    assert.equal(problem.code, 'store-damaged');
  });

  it('has no tables', () => fails(sqlFile(folder.file('a.db'), 'CREATE TABLE a(b); DROP TABLE a'), 'store-unknown-schema', /without tables/));

  it('has tables of something else', async () => {
    const path = sqlFile(folder.file('a.db'), 'CREATE TABLE users(id INTEGER PRIMARY KEY, email TEXT, age INT); CREATE TABLE songs(title, artist)', "INSERT INTO users(email) VALUES ('a@b.c')");
    const problem = await problemOf(openStore(path));
    assert.equal(problem.code, 'store-unknown-schema');
    assert.deepEqual(problem.details, ['songs(title, artist)', 'users(id, email, age)']);
    assert.match(problem.message, /songs\(title, artist\), users\(id, email, age\)/);
    assert.match(problem.next, /Map the columns by hand/);
  });

  describe('mapped by hand to what is not there', () => {
    let path: string;
    beforeEach(() => (path = sqliteStore(folder.file('a.db'), someEvents(2, 2))));

    it('a table', async () => {
      const problem = await problemOf(openStore(path, { mapping: { table: 'evts' } }));
      assert.equal(problem.code, 'store-mapping-table');
      assert.match(problem.next, /there is "events"/);
    });

    it('a column', async () => {
      for (const mapping of [{ table: 'events', stream: 'aggregate' }, { stream: 'aggregate' }]) {
        const problem = await problemOf(openStore(path, { mapping }));
        assert.equal(problem.code, 'store-mapping-column');
        assert.match(problem.message, /reads the stream from the column "aggregate", which "events" does not have/);
        assert.match(problem.next, /"stream_id"/);
      }
    });

    it('no payload', async () => {
      const other = sqlFile(folder.file('b.db'), 'CREATE TABLE t(a TEXT, b INT)');
      const problem = await problemOf(openStore(other, { mapping: { table: 't', stream: 'a' } }));
      assert.equal(problem.code, 'store-mapping-incomplete');
    });
  });
});

describe('a SQLite store that changes while open', () => {
  let folder: TempFolder;
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => folder.remove());

  it('is written to (at rest in WAL mode, so read as immutable)', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const store = await openStore(path);
    const reader = store.openStream('order-0001');
    assert.ok(reader);
    store.check();
    const writer = new Sqlite(path);
    writer.exec(`INSERT INTO events(stream_id, version, event_type) VALUES ('order-0001', 3, 'More')`);
    for (const call of [() => store.check(), () => store.streams({ limit: 1 }), () => store.summary('order-0001'), () => reader.read(0, 1), () => reader.heads(0, 1), () => reader.raw(0)]) {
      assert.equal((await problemOf(call)).code, 'store-changed');
    }
    writer.close();
    assert.equal((await problemOf(() => store.check())).code, 'store-changed');
    store.close();
    const again = await openStore(path);
    assert.equal(again.summary('order-0001')?.events, 3);
    again.close();
  });

  for (const journal of ['delete', 'wal'] as const) {
    it(`vanishes or is replaced (journal ${journal})`, async () => {
      const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal });
      const store = await openStore(path);
      const reader = store.openStream('order-0001');
      renameSync(path, folder.file('away.db'));
      assert.equal((await problemOf(() => store.check())).code, 'store-vanished');
      assert.equal((await problemOf(() => reader?.read(0, 1))).code, 'store-vanished');
      copyFileSync(folder.file('away.db'), path);
      assert.equal((await problemOf(() => store.streams({ limit: 1 }))).code, 'store-changed');
      store.close();
    });
  }

  it('grows by a writer that uses a rollback journal: what is new is seen', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2));
    const store = await openStore(path);
    sqlFile(path, `INSERT INTO events(stream_id, version, event_type) VALUES ('order-0001', 3, 'More')`);
    store.check();
    assert.equal(store.summary('order-0001')?.events, 3);
    store.close();
  });

  it('loses events that a reader counted', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 5));
    const store = await openStore(path);
    const reader = store.openStream('order-0001');
    sqlFile(path, `DELETE FROM events WHERE stream_id = 'order-0001' AND version > 3`);
    assert.equal((await problemOf(() => reader?.read(0, 5))).code, 'store-changed');
    assert.equal(reader?.read(0, 3).length, 3);
    store.close();
  });

  it('is only touched: immutable reading asks for a refresh', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const store = await openStore(path);
    utimesSync(path, 1, 1);
    assert.equal((await problemOf(() => store.check())).code, 'store-changed');
    store.close();
  });

  it('is overwritten by something else', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const store = await openStore(path);
    rmSync(path);
    appendFileSync(path, 'gone');
    assert.equal((await problemOf(() => store.streams({ limit: 1 }))).code, 'store-changed');
    store.close();
  });
});
