import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openStore } from '../../../src/store/registry';
import { someEvents, sqliteStore, tempFolder, type TempFolder } from '../../support/stores';
import { traces } from '../../contract/traces';
import { problemOf } from './problem-of';

/** Reads everything there is and gives the number of events of a stream. */
async function readThrough(path: string, stream = 'order-0001'): Promise<number | undefined> {
  const store = await openStore(path, { busyTimeoutMs: 100 });
  store.categories();
  store.streams({ limit: 10 });
  const reader = store.openStream(stream);
  reader?.read(0, 1000);
  reader?.raw(0);
  const { length } = reader ?? {};
  store.close();
  return length;
}

describe('reading a SQLite store leaves no trace', () => {
  let folder: TempFolder;
  /** Where copies go. */
  let copies: TempFolder;
  const saved = { ...process.env };
  beforeEach(() => {
    folder = tempFolder();
    copies = tempFolder();
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = copies.path;
  });
  afterEach(() => {
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) {
      if (saved[name] === undefined) delete process.env[name];
      else process.env[name] = saved[name];
    }
    folder.remove();
    copies.remove();
  });

  it('and a copy lies elsewhere, until the store is closed', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const writer = new Sqlite(path);
    writer.exec(`INSERT INTO events(stream_id, version, event_type) VALUES ('order-0001', 3, 'More')`);
    const copy = crashed(path, 'without', ['', '-wal']);
    writer.close();
    const store = await openStore(copy);
    assert.equal(readdirSync(copies.path).length, 1);
    store.check();
    appendFileSync(`${copy}-wal`, 'more');
    assert.equal((await problemOf(() => store.summary('order-0001'))).code, 'store-changed');
    store.close();
    assert.deepEqual(readdirSync(copies.path), []);
  });

  /** A copy of a store while its writer has it open: what a crash leaves behind. */
  function crashed(path: string, name: string, ends: string[]): string {
    const place = folder.file(name);
    mkdirSync(place);
    for (const end of ends) copyFileSync(path + end, join(place, `a.db${end}`));
    return join(place, 'a.db');
  }

  it('in WAL mode while another process writes', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const writer = fork(join(__dirname, '..', '..', 'support', 'writer.cjs'), [path]);
    try {
      await said(writer, 'ready');
      const before = traces(folder.path);
      assert.equal(before.length, 3);
      assert.equal(await readThrough(path), 3, 'sees what is in the -wal file alone');
      assert.deepEqual(traces(folder.path), before);

      const store = await openStore(path);
      writer.send('more');
      await said(writer, 'ready');
      store.check();
      assert.equal(store.openStream('order-0001')?.length, 4, 'sees what is written later');
      store.close();
    } finally {
      writer.send('stop');
      await once(writer, 'exit');
    }
    assert.deepEqual(readdirSync(folder.path), ['a.db']);
    assert.equal(await readThrough(path), 4);
  });

  it('in WAL mode left behind by a crash, with and without -shm', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const writer = new Sqlite(path);
    writer.exec(`INSERT INTO events(stream_id, version, event_type) VALUES ('order-0001', 3, 'More')`);
    for (const [name, ends] of [['with', ['', '-wal', '-shm']], ['without', ['', '-wal']]] as const) {
      const copy = crashed(path, name, [...ends]);
      const before = traces(folder.file(name));
      assert.equal(await readThrough(copy), 3);
      assert.deepEqual(traces(folder.file(name)), before);
    }
    writer.close();
    assert.deepEqual(readdirSync(copies.path), [], 'the copy is gone');
  });

  it('in WAL mode with an empty -wal, or with a -shm alone', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2), { journal: 'wal' });
    const writer = new Sqlite(path);
    writer.prepare('SELECT count(*) FROM events').get();
    const both = crashed(path, 'both', ['', '-wal', '-shm']);
    const shm = crashed(path, 'shm', ['', '-shm']);
    writer.close();
    for (const copy of [both, shm]) {
      const before = traces(join(copy, '..'));
      assert.equal(await readThrough(copy), 2);
      assert.deepEqual(traces(join(copy, '..')), before);
    }
  });

  it('with a hot rollback journal: the unfinished transaction is not read', async () => {
    const path = sqliteStore(folder.file('a.db'), someEvents(2, 2));
    const writer = new Sqlite(path);
    writer.pragma('cache_size = 1');
    writer.pragma('cache_spill = 1');
    writer.exec('BEGIN');
    const insert = writer.prepare(`INSERT INTO events(stream_id, version, event_type, data) VALUES ('order-0001', ?, 'Lost', ?)`);
    for (let version = 3; version < 400; version++) insert.run(version, 'x'.repeat(500));
    assert.ok(existsSync(`${path}-journal`));
    const copy = crashed(path, 'hot', ['', '-journal']);
    writer.exec('ROLLBACK');
    writer.close();
    const before = traces(folder.file('hot'));
    assert.equal(await readThrough(copy), 2);
    assert.deepEqual(traces(folder.file('hot')), before);
    assert.deepEqual(readdirSync(copies.path), [], 'the copy is gone');
  });

  it('from a path with every character that URIs know', async () => {
    const odd = folder.file('50% of #1?mode=rw&x=ü 📦');
    mkdirSync(odd);
    for (const journal of ['delete', 'wal'] as const) {
      const path = sqliteStore(join(odd, `${journal} file?.db`), someEvents(2, 2), { journal });
      const before = traces(odd);
      assert.equal(await readThrough(path), 2);
      assert.deepEqual(traces(odd), before);
      rmSync(path);
    }
  });
});

async function said(child: ChildProcess, word: string): Promise<void> {
  const [message] = (await once(child, 'message')) as [unknown];
  assert.equal(message, word);
}
