import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { LeftfoldError } from '../../../src/model/problem';
import type { Expansion } from '../../../src/protocol/shared';
import { built } from './built';
import { Place, startTimeline, type Started } from './given';

const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof LeftfoldError, String(error));
  assert.equal(error.problem.code, expected);
  return true;
};
const open = (depth: number, more: Partial<Expansion> = {}): Expansion => ({ depth, open: [], closed: [], ...more });

describe('timeline', function () {
  this.timeout(60_000);
  const place = new Place();
  let one: Started;
  let sqlite: Started;

  before(async () => {
    await built('engine');
    const event = (version: number, type: string, data: string, minute: number) =>
      `{"stream":"s-1","version":${version},"type":"${type}","time":"2026-03-01T09:0${minute}:00Z","data":${data},"metadata":{"user":"ada","at":1.50}}`;
    one = await startTimeline(
      place.write(
        'cart.ndjson',
        [
          event(10, 'Opened', '{"id":"c1","items":[],"total":0.00}', 0),
          event(20, 'Added', '{"items":[{"sku":"a","price":12.50}],"total":12.50,"big":9007199254740993}', 1),
          event(20, 'Added', '{"items":[{"sku":"a","price":12.50},{"sku":"b","price":1}],"total":13.50}', 2),
          event(40, 'Paid', '{"items":null,"paid":true}', 3),
        ].join('\n') + '\n',
      ),
      null,
    );
    const file = join(place.dir, 'raw.db');
    const db = new Database(file);
    db.exec('CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, type TEXT, data BLOB, metadata TEXT, created_at TEXT, UNIQUE (stream, version))');
    const insert = db.prepare('INSERT INTO events (stream, version, type, data, created_at) VALUES (?, ?, ?, ?, ?)');
    insert.run('s-1', 1, 'Good', '{"a":1}', '2026-03-01 09:00:00');
    insert.run('s-1', 2, 'Bad', 'O:8:"stdClass"', '2026-03-01 09:01:00');
    insert.run('s-1', 3, 'Bytes', Buffer.from([0x80, 0xff, 0x00]), '2026-03-01 09:02:00');
    insert.run('s-1', 4, 'Good', '{"b":2}', '2026-03-01 09:03:00');
    db.close();
    sqlite = await startTimeline(file, null);
    await Promise.all([one.folded(), sqlite.folded()]);
  });
  after(() => {
    one.engine.dispose();
    sqlite.engine.dispose();
    place.remove();
  });

  const ask: Started['engine']['caller']['request'] = (method, params, options) => one.engine.caller.request(method, params, options);

  it('lists events with a summary, versions as text', async () => {
    assert.deepEqual(await ask('rows', { start: 1, count: 100 }), [
      { step: 1, version: '10', type: 'Opened', time: '2026-03-01T09:00:00Z', summary: 'id: c1, items: [], total: 0.00', problem: null },
      { step: 2, version: '20', type: 'Added', time: '2026-03-01T09:01:00Z', summary: 'total: 12.50, big: 9007199254740993, items: [{…}]', problem: null },
      { step: 3, version: '20', type: 'Added', time: '2026-03-01T09:02:00Z', summary: 'total: 13.50, items: [{…}, {…}]', problem: null },
      { step: 4, version: '40', type: 'Paid', time: '2026-03-01T09:03:00Z', summary: 'items: null, paid: true', problem: null },
    ]);
    assert.deepEqual((await ask('rows', { start: 4, count: 5 })).map(({ step }) => step), [4]);
    assert.deepEqual(await ask('rows', { start: 99, count: 5 }), []);
  });

  it('tells all about a step', async () => {
    const view = await ask('step', { step: 2, changes: 2 });
    assert.equal(view.row?.version, '20');
    assert.match(view.event?.place ?? '', /cart\.ndjson, line 2$/);
    assert.deepEqual([view.changes.total, view.changes.start], [3, 0]);
    assert.deepEqual(view.changes.changes.map(({ op, path, old, new: now }) => [op, path, old?.text, now?.text]), [
      ['add', '/items/0', undefined, '{sku: "a", price: 12.50}'],
      ['replace', '/total', '0.00', '12.50'],
    ]);
    assert.deepEqual([view.problem, view.afterErrorAt], [null, null]);
    const first = await ask('step', { step: 0, changes: 10 });
    assert.deepEqual([first.row, first.event, first.changes.total], [null, null, 0]);
  });

  it('gives more changes, and those against any other step', async () => {
    assert.deepEqual((await ask('changes', { step: 2, start: 2, count: 10 })).changes.map(({ path }) => path), ['/big']);
    assert.deepEqual((await ask('changes', { step: 4, base: 0, start: 0, count: 10 })).changes.map(({ op, path }) => [op, path]), [['add', '/id'], ['add', '/total'], ['add', '/big'], ['add', '/paid']]);
    assert.equal((await ask('changes', { step: 1, base: 2, start: 0, count: 10 })).total, 3);
    assert.equal((await ask('changes', { step: 2, base: 2, start: 0, count: 10 })).total, 0);
  });

  it('gives the trees of state, payload, metadata and record', async () => {
    const rows = async (of: 'state' | 'data' | 'metadata' | 'record', step: number, depth = 1) =>
      (await ask('tree', { step, of, expansion: open(depth), start: 0, count: 50 })).rows.map(({ path, value, mark }) => [path, value.text, mark]);
    assert.deepEqual((await rows('state', 4)).slice(1), [['/id', '"c1"', null], ['/total', '13.50', null], ['/big', '9007199254740993', null], ['/paid', 'true', 'added'], ['/items', '[{…}, {…}]', 'removed']]);
    assert.deepEqual((await rows('data', 2)).slice(1), [['/items', '[{…}]', null], ['/total', '12.50', null], ['/big', '9007199254740993', null]]);
    assert.deepEqual((await rows('metadata', 2)).slice(1), [['/user', '"ada"', null], ['/at', '1.50', null]]);
    assert.ok((await rows('record', 2)).length > 1);
    assert.deepEqual(await rows('data', 0), [['', 'undefined', null]]);
    assert.deepEqual(await rows('state', 0), [['', '{}', null]]);
  });

  it('gives the text of a value, of removed ones too, up to a limit', async () => {
    assert.deepEqual(await ask('text', { step: 2, of: 'state', path: '/items', limit: 1000 }), { text: '[\n  {\n    "sku": "a",\n    "price": 12.50\n  }\n]', cut: false });
    assert.deepEqual(await ask('text', { step: 2, of: 'data', path: '/big', limit: 5 }), { text: '90071', cut: true });
    assert.match((await ask('text', { step: 4, of: 'state', path: '/items/1/sku', limit: 100 })).text, /"b"/);
    await assert.rejects(ask('text', { step: 2, of: 'state', path: '/none', limit: 10 }), code('path-not-found'));
    await assert.rejects(ask('text', { step: 2, of: 'state', path: 'nonsense', limit: 10 }), code('path-not-found'));
  });

  it('locates versions and times', async () => {
    assert.deepEqual(await ask('locate', { version: '20' }), { step: 3 });
    assert.deepEqual(await ask('locate', { time: '2026-03-01T09:01:30Z' }), { step: 2 });
    await assert.rejects(ask('locate', { version: '30' }), code('version-not-found'));
    await assert.rejects(ask('locate', { version: 'x' }), code('version-not-found'));
    await assert.rejects(ask('locate', { time: '2020-01-01' }), code('time-before-first'));
    await assert.rejects(ask('locate', { time: 'noon' }), code('time-not-understood'));
  });

  it('exports states and events in pieces', async () => {
    const read = async (what: 'state' | 'events', step: number) => {
      const { id, suggestedName } = await ask('export', { what, step });
      let text = '';
      for (;;) {
        const piece = await ask('exportNext', { id });
        if (piece === null) return { text, suggestedName };
        text += piece;
      }
    };
    assert.deepEqual(await read('state', 1), { text: '{\n  "id": "c1",\n  "items": [],\n  "total": 0.00\n}\n', suggestedName: 's-1@10.json' });
    const events = await read('events', 3);
    assert.equal(events.suggestedName, 's-1@20.events.ndjson');
    assert.deepEqual(events.text.trimEnd().split('\n').map((line) => (JSON.parse(line) as { version: number }).version), [10, 20, 20]);
    assert.match(events.text, /"price":12\.50/);
    assert.equal((await read('state', 0)).suggestedName, 's-1@start.json');
    await assert.rejects(ask('exportNext', { id: 999 }), code('export-interrupted'));
  });

  it('answers nonsense with a problem', async () => {
    for (const step of [-1, 5, 1.5, NaN]) await assert.rejects(ask('step', { step, changes: 1 }), LeftfoldError, String(step));
    await assert.rejects(ask('rows', undefined as never), LeftfoldError);
    await assert.rejects(ask('nothing' as 'rows', { start: 1, count: 1 }), code('unknown-method'));
    assert.equal((await ask('rows', { start: 1, count: 1 })).length, 1);
  });

  it('gives up work that is no longer wanted', async () => {
    const controller = new AbortController();
    const asked = ask('step', { step: 4, changes: 1 }, { signal: controller.signal });
    controller.abort();
    await assert.rejects(asked, code('cancelled'));
  });

  it('shows what is no JSON as it is stored, and goes on without it', async () => {
    const { caller } = sqlite.engine;
    const rows = await caller.request('rows', { start: 1, count: 4 });
    assert.deepEqual(rows.map(({ problem }) => problem !== null), [false, true, true, false]);
    const tree = async (step: number, of: 'data' | 'state' | 'record') => (await caller.request('tree', { step, of, expansion: open(1), start: 0, count: 20 })).rows;
    assert.deepEqual((await tree(2, 'data')).map(({ value }) => [value.kind, value.text]), [['raw', '"O:8:\\"stdClass\\""']]);
    assert.match((await tree(3, 'data'))[0]!.value.text, /80 ff 00/);
    assert.deepEqual((await tree(4, 'state')).map(({ path, value }) => [path, value.text]), [['', '{a: 1, b: 2}'], ['/a', '1'], ['/b', '2']]);
    const record = await tree(2, 'record');
    assert.ok(record.some(({ path, value }) => path === '/data' && value.text.includes('stdClass')), JSON.stringify(record));
    const view = await caller.request('step', { step: 2, changes: 5 });
    assert.equal(view.problem?.code, 'event-unreadable');
    assert.equal((await caller.request('step', { step: 4, changes: 5 })).afterErrorAt, 2);
    assert.deepEqual([...sqlite.told.failed.keys()], [2, 3]);
  });

  it('says when the store changed under it, and lives', async () => {
    const store = place.store([{ a: 1 }], 'growing.ndjson');
    const other = await startTimeline(store, null);
    try {
      await other.folded();
      appendFileSync(store, '{"stream":"s-1"');
      await other.engine.caller.request('step', { step: 1, changes: 1 }).catch((error: unknown) => assert.ok(error instanceof LeftfoldError));
      assert.deepEqual(other.told.ended, []);
    } finally {
      other.engine.dispose();
    }
  });
});
