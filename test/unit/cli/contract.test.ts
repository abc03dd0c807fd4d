import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { applyPatch } from 'fast-json-patch';
import { readArguments, readLimit, readRange } from '../../../src/cli/args';
import { readDiff } from '../../../src/cli/commands/diff';
import type { LeftfoldError } from '../../../src/model/problem';
import { Place } from '../engine/given';
import { built } from '../engine/built';
import { leftfold, type Printed, type Ran } from './run';

/** What every refusal looks like: one line that says what, and what to do; nothing on standard output. */
function refused({ code, stdout, stderr }: Ran, exit: number, text: RegExp): void {
  assert.equal(stdout, '');
  assert.match(stderr, text);
  assert.match(stderr, /^leftfold: [^\n]+\n$/);
  assert.doesNotMatch(stderr, /\n\s+at /);
  assert.equal(code, exit);
}

describe('command line', function () {
  this.timeout(60_000);
  const place = new Place();
  let ndjson = '';
  let sqlite = '';

  const CART = [
    { type: 'Opened', data: '{"id":"c1","items":[],"total":0.00}' },
    { type: 'Added', data: '{"items":[{"sku":"a","price":12.50}],"total":12.50}' },
    { type: 'Added', data: '{"items":[{"sku":"a","price":12.50},{"sku":"b","price":9007199254740993}],"total":9007199254741005.50}' },
    { type: 'Paid', data: '{"items":null,"paid":true}' },
  ];

  before(async () => {
    await built('cli-main');
    const line = (stream: string, version: number, type: string, data: string, at: string) =>
      `{"stream":"${stream}","version":${version},"type":"${type}","id":"${stream}/${version}","time":"${at}","data":${data},"metadata":{"user":"u${version}"}}`;
    ndjson = place.write(
      'shop.ndjson',
      [
        ...CART.map(({ type, data }, i) => line('cart-1', (i + 1) * 10, type, data, `2026-03-0${i + 1}T09:00:00.120Z`)),
        line('cart-2', 0, 'Opened', '{"id":"c2"}', '2026-03-01T10:00:00Z'),
        line('order-1', 1, 'Placed', '{"n":1}', '2026-03-05T10:00:00Z'),
      ].join('\n'),
    );
    sqlite = join(place.dir, 'shop.db');
    const db = new Database(sqlite);
    db.exec('CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, type TEXT, data TEXT, metadata TEXT, created_at TEXT, UNIQUE (stream, version))');
    const insert = db.prepare('INSERT INTO events (stream, version, type, data, created_at) VALUES (?, ?, ?, ?, ?)');
    CART.forEach(({ type, data }, i) => insert.run('cart-1', (i + 1) * 10, type, data, `2026-03-0${i + 1}T09:00:00.120Z`));
    insert.run('odd', 1, 'T', '{"ok":1}', null);
    insert.run('odd', 2, 'T', 'not json', null);
    insert.run('odd', 3, 'T', '{"ok":3}', null);
    db.close();
  });
  after(() => place.remove());

  const each = (name: string, test: (store: string) => Promise<void>) => {
    it(`${name} (NDJSON)`, () => test(ndjson));
    it(`${name} (SQLite)`, () => test(sqlite));
  };

  describe('inspect', () => {
    each('prints one JSON value', async (store) => {
      const ran = await leftfold(['inspect', store, '--json']);
      assert.equal(ran.code, 0);
      const info = ran.json();
      assert.equal(info.path, store);
      assert.equal(info.mapping.stream, 'stream');
      assert.deepEqual([info.events, info.streams], store === ndjson ? [6, 3] : [7, 2]);
    });

    each('is a text for people', async (store) => {
      const ran = await leftfold(['inspect', store]);
      assert.match(ran.stdout, /^Store\s+\S+shop\.(?:db|ndjson)\n/);
      assert.match(ran.stdout, /\n {2}stream\s+stream\n/);
    });
  });

  describe('streams', () => {
    it('prints one object a line, with exactly its fields', async () => {
      const { code, stdout } = await leftfold(['streams', ndjson, '--json']);
      assert.equal(code, 0);
      assert.equal(
        stdout,
        '{"stream":"cart-1","category":"cart","version":40,"events":4,"firstTime":"2026-03-01T09:00:00.120Z","lastTime":"2026-03-04T09:00:00.120Z"}\n' +
          '{"stream":"cart-2","category":"cart","version":0,"events":1,"firstTime":"2026-03-01T10:00:00Z","lastTime":"2026-03-01T10:00:00Z"}\n' +
          '{"stream":"order-1","category":"order","version":1,"events":1,"firstTime":"2026-03-05T10:00:00Z","lastTime":"2026-03-05T10:00:00Z"}\n',
      );
    });

    it('filters, pages and limits', async () => {
      const ids = async (...args: string[]) => (await leftfold(['streams', ndjson, '--json', ...args])).lines().map(({ stream }) => stream as string);
      assert.deepEqual(await ids('--category', 'cart'), ['cart-1', 'cart-2']);
      assert.deepEqual(await ids('--category', 'none'), []);
      assert.deepEqual(await ids('--match', 'ER-1'), ['order-1']);
      assert.deepEqual(await ids('--limit', '1'), ['cart-1']);
      assert.deepEqual(await ids('--after', 'cart-1'), ['cart-2', 'order-1']);
      assert.deepEqual(await ids('--after', 'cart-1', '--limit', '1', '--category=cart'), ['cart-2']);
    });

    it('is a table for people', async () => {
      const { stdout } = await leftfold(['streams', ndjson, '--limit', '2']);
      assert.deepEqual(stdout.split('\n'), [
        'STREAM  CATEGORY  VERSION  EVENTS  FIRST                     LAST',
        'cart-1  cart           40       4  2026-03-01T09:00:00.120Z  2026-03-04T09:00:00.120Z',
        'cart-2  cart            0       1  2026-03-01T10:00:00Z      2026-03-01T10:00:00Z',
        '',
      ]);
    });
  });

  describe('events', () => {
    it('prints exactly its fields, digits as stored', async () => {
      const { code, stdout } = await leftfold(['events', ndjson, 'cart-1', '--from', '30', '--to', '30', '--json']);
      assert.equal(code, 0);
      assert.match(
        stdout,
        /^\{"stream":"cart-1","version":30,"position":\S+?,"type":"Added","id":"cart-1\/30","time":"2026-03-03T09:00:00\.120Z","data":\{"items":\[\{"sku":"a","price":12\.50\},\{"sku":"b","price":9007199254740993\}\],"total":9007199254741005\.50\},"metadata":\{"user":"u30"\}\}\n$/,
      );
    });

    each('bounds are inclusive and need not be stored', async (store) => {
      const versions = async (...args: string[]) => (await leftfold(['events', store, 'cart-1', '--json', ...args])).lines().map(({ version }) => version as number);
      assert.deepEqual(await versions(), [10, 20, 30, 40]);
      assert.deepEqual(await versions('--from', '20', '--to', '30'), [20, 30]);
      assert.deepEqual(await versions('--from', '11', '--to', '39'), [20, 30]);
      assert.deepEqual(await versions('--from', '-5', '--to', '10'), [10]);
      assert.deepEqual(await versions('--from', '41'), []);
      assert.deepEqual(await versions('--type', 'Added'), [20, 30]);
      assert.deepEqual(await versions('--type', 'Added', '--type', 'Paid', '--limit', '2'), [20, 30]);
      assert.deepEqual(await versions('--type', 'Opened', '--type', 'Paid'), [10, 40]);
    });

    it('prints what cannot be read as it is stored, names it, and ends with 3', async () => {
      const { code, stderr, lines } = await leftfold(['events', sqlite, 'odd', '--json']);
      assert.equal(code, 3);
      assert.equal(lines()[1].data, 'not json');
      assert.equal(typeof lines()[1].error.message, 'string');
      assert.equal('error' in lines()[0], false);
      assert.match(stderr, /^leftfold: [^\n]*2[^\n]*\n$/);
    });
  });

  describe('state', () => {
    each('prints the state in an envelope', async (store) => {
      const ran = await leftfold(['state', store, 'cart-1', '--at', '20', '--json']);
      assert.equal(ran.code, 0);
      assert.deepEqual(ran.json(), { stream: 'cart-1', version: 20, time: '2026-03-02T09:00:00.120Z', reducer: 'merge', state: { id: 'c1', items: [{ sku: 'a', price: 12.5 }], total: 12.5 } });
      assert.match(ran.stdout, /"total": 12\.50\n/);
    });

    each('takes versions, times, start and the last by default', async (store) => {
      const at = async (...args: string[]) => (await leftfold(['state', store, 'cart-1', '--json', ...args])).json();
      assert.equal((await at()).version, 40);
      assert.deepEqual((await at()).state, { id: 'c1', total: 9007199254741005.5, paid: true });
      assert.deepEqual(await at('--at', 'start'), { stream: 'cart-1', version: null, time: null, reducer: 'merge', state: {} });
      assert.equal((await at('--at', '2026-03-02T09:00:00.120Z')).version, 20);
      assert.equal((await at('--at', '2026-03-02T09:00:00.119Z')).version, 10);
      assert.equal((await at('--at', '2026-03-02T10:00:00.12+01:00')).version, 20);
      assert.equal((await at('--at', '2026-03-04')).version, 30);
      assert.equal((await at('--at', '2030-01-01')).version, 40);
    });

    it('prints the bare state without --json', async () => {
      const { stdout } = await leftfold(['state', ndjson, 'cart-1', '--at', '10']);
      assert.equal(stdout, '{\n  "id": "c1",\n  "items": [],\n  "total": 0.00\n}\n');
    });

    it('writes to a file what it would have printed', async () => {
      const out = join(place.dir, 'state.json');
      const ran = await leftfold(['state', ndjson, 'cart-1', '--json', '--out', out]);
      assert.deepEqual([ran.code, ran.stdout, ran.stderr], [0, '', '']);
      assert.equal(readFileSync(out, 'utf8'), (await leftfold(['state', ndjson, 'cart-1', '--json'])).stdout);
    });

    it('never writes to the store', async () => {
      const before = readFileSync(sqlite);
      refused(await leftfold(['state', sqlite, 'cart-1', '--out', sqlite]), 2, /belongs to the event store/);
      refused(await leftfold(['state', sqlite, 'cart-1', '--out', `${sqlite}-wal`]), 2, /belongs to the event store/);
      refused(await leftfold(['state', ndjson, 'cart-1', '--out', join(place.dir, 'none', 'x.json')]), 2, /could not be written/);
      assert.deepEqual(readFileSync(sqlite), before);
      assert.deepEqual(readdirSync(place.dir).filter((name) => name.startsWith('shop.db')), ['shop.db']);
    });

    it('answers with 3 where an event could not be folded', async () => {
      const { code, stderr, json } = await leftfold(['state', sqlite, 'odd', '--json']);
      assert.equal(code, 3);
      assert.deepEqual(json().state, { ok: 3 });
      assert.match(stderr, /^leftfold: Version 2 of "odd" was not folded: [^\n]*\n$/);
      assert.equal((await leftfold(['state', sqlite, 'odd', '--at', '1', '--json'])).code, 0);
    });
  });

  describe('replay', () => {
    each('prints the changes of each event, in an order that applies', async (store) => {
      const { code, lines } = await leftfold(['replay', store, 'cart-1', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(Object.keys(lines()[0]), ['version', 'type', 'time', 'changes']);
      let state: unknown = {};
      for (const { version, changes } of lines()) {
        const operations = (changes as Printed[]).map(({ op, path, new: value }) => (op === 'remove' ? { op, path } : { op, path, value }));
        state = applyPatch(state, operations, true).newDocument;
        assert.deepEqual(state, (await leftfold(['state', store, 'cart-1', '--at', String(version), '--json'])).json().state);
      }
      assert.deepEqual(lines()[3].changes, [
        { op: 'remove', path: '/items', old: [{ sku: 'a', price: 12.5 }, { sku: 'b', price: 9007199254740992 }] },
        { op: 'add', path: '/paid', new: true },
      ]);
    });

    each('folds from the first event whatever the range', async (store) => {
      const { lines } = await leftfold(['replay', store, 'cart-1', '--from', '40', '--to', '40', '--json']);
      assert.deepEqual(lines().map(({ version }) => version as number), [40]);
      assert.deepEqual((lines()[0].changes as Printed[]).map(({ op, path }) => [op, path]), [['remove', '/items'], ['add', '/paid']]);
    });

    it('shows an event that could not be folded with its error and no changes', async () => {
      const reducer = place.write('throws.ts', 'type State = { n: number };\nexport const initialState: State = { n: 0 };\nexport const evolve = (state: State, event: { data: { ok?: number } }): State => {\n  if (event.data.ok === 3) throw new Error("three");\n  return { n: state.n + 1 };\n};\n');
      const { code, stderr, lines } = await leftfold(['replay', sqlite, 'odd', '--reducer', reducer, '--json']);
      assert.equal(code, 3);
      assert.deepEqual(lines()[0].changes, [{ op: 'replace', path: '/n', old: 0, new: 1 }]);
      assert.deepEqual(lines()[1].changes, []);
      assert.deepEqual(Object.keys(lines()[2]), ['version', 'type', 'time', 'changes', 'error']);
      assert.deepEqual([lines()[2].changes, lines()[2].error.file, lines()[2].error.line], [[], reducer, 4]);
      assert.match(lines()[2].error.message, /three/);
      assert.match(stderr, /^leftfold: [^\n]*version 2 [^\n]*\nleftfold: [^\n]*version 3 [^\n]*three[^\n]*\n$/);
    });

    it('is a list of coloured changes on demand, plain when not on a terminal', async () => {
      const plain = await leftfold(['replay', ndjson, 'cart-1', '--from', '40']);
      assert.equal(plain.stdout, '40  Paid  2026-03-04T09:00:00.120Z\n  - /items: [{…}, {…}]\n  + /paid: true\n');
      const coloured = await leftfold(['replay', ndjson, 'cart-1', '--from', '40'], { env: { FORCE_COLOR: '1' } });
      assert.match(coloured.stdout, /\u001b\[31m- \/items/);
      assert.match(coloured.stdout, /\u001b\[32m\+ \/paid/);
      const none = await leftfold(['replay', ndjson, 'cart-1', '--from', '40'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
      assert.equal(none.stdout, plain.stdout);
    });
  });

  describe('diff', () => {
    each('prints an RFC 6902 patch', async (store) => {
      const { code, json } = await leftfold(['diff', store, 'cart-1', '--from', '10', '--to', '40', '--format', 'patch', '--json']);
      assert.equal(code, 0);
      const [from, to] = await Promise.all(['10', '40'].map(async (at) => (await leftfold(['state', store, 'cart-1', '--at', at, '--json'])).json().state as object));
      assert.deepEqual(applyPatch(from, json(), true).newDocument, to);
    });

    it('prints an RFC 7396 merge patch', async () => {
      const { stdout } = await leftfold(['diff', ndjson, 'cart-1', '--from', '20', '--to', '40', '--format', 'merge-patch', '--json']);
      assert.equal(stdout, '{\n  "items": null,\n  "total": 9007199254741005.50,\n  "paid": true\n}\n');
    });

    it('prints the changes, from start and backwards too', async () => {
      const { json } = await leftfold(['diff', ndjson, 'cart-1', '--from', '20', '--to', '10', '--json']);
      assert.deepEqual(json(), {
        stream: 'cart-1',
        from: 20,
        to: 10,
        reducer: 'merge',
        changes: [
          { op: 'remove', path: '/items/0', old: { sku: 'a', price: 12.5 } },
          { op: 'replace', path: '/total', old: 12.5, new: 0 },
        ],
      });
      assert.equal((await leftfold(['diff', ndjson, 'cart-1', '--from', 'start', '--to', '10', '--json'])).json().from, null);
    });

    it('is a tree for people', async () => {
      const { stdout } = await leftfold(['diff', ndjson, 'cart-1', '--from', '10', '--to', '20']);
      assert.equal(stdout, '  items\n    + 0: {sku: "a", price: 12.50}\n~ total: 0.00 → 12.50\n');
      assert.equal((await leftfold(['diff', ndjson, 'cart-1', '--from', '10', '--to', '10'])).stdout, 'no difference\n');
    });
  });

  describe('what is not there', () => {
    each('names the streams that look alike', async (store) => {
      refused(await leftfold(['state', store, 'cart-9']), 1, /no stream "cart-9"\. Did you mean "cart-1"/);
      refused(await leftfold(['events', store, 'CART']), 1, /Did you mean "cart-1"/);
      refused(await leftfold(['replay', store, 'zzz', '--json']), 1, /List the streams/);
    });

    each('names the first, the last and the nearest version', async (store) => {
      refused(await leftfold(['state', store, 'cart-1', '--at', '25']), 1, /no version 25: its first is 10 and its last 40, the nearest 20 and 30/);
      refused(await leftfold(['diff', store, 'cart-1', '--from', '10', '--to', '99']), 1, /no version 99: its first is 10 and its last 40/);
      refused(await leftfold(['state', store, 'cart-1', '--at', '2020-01-01']), 1, /no event at or before/);
    });

    it('says that a stream without times has none', async () => {
      refused(await leftfold(['state', sqlite, 'odd', '--at', '2026-01-01']), 1, /have no times/);
    });
  });

  describe('usage', () => {
    const cases: [string[], RegExp][] = [
      [[], /A command is missing/],
      [['bogus'], /no command "bogus"/],
      [['--bogus'], /no option "--bogus"/],
      [['inspect'], /needs a <store>/],
      [['events', 'x.db'], /needs a <stream>/],
      [['streams', 'x.db', 'y'], /takes no "y"/],
      [['streams', 'x.db', '--bogus'], /--bogus/],
      [['streams', 'x.db', '--from', '1'], /--from/],
      [['streams', 'x.db', '--limit', '0'], /--limit must be/],
      [['streams', 'x.db', '--limit', '-3'], /--limit must be/],
      [['streams', 'x.db', '--limit', '1.5'], /--limit must be/],
      [['streams', 'x.db', '--limit'], /limit/],
      [['events', 'x.db', 's', '--from', 'x'], /--from must be a version/],
      [['events', 'x.db', 's', '--from', '3', '--to', '2'], /lies after/],
      [['diff', 'x.db', 's', '--from', '3'], /needs --to/],
      [['diff', 'x.db', 's', '--from', '1', '--to', '2', '--format', 'xml'], /--format must be/],
    ];
    for (const [args, text] of cases) {
      it(`leftfold ${args.join(' ')}`, () => {
        assert.throws(
          () => {
            const asked = readArguments(args);
            assert.ok('command' in asked);
            readLimit(asked);
            if (asked.command === 'events') readRange(asked);
            if (asked.command === 'diff') readDiff(asked);
          },
          ({ problem }: LeftfoldError) => problem.exit === 2 && text.test(problem.message) && problem.next.startsWith('Run "leftfold'),
        );
      });
    }

    it('is refused in one line, with exit 2', async () => {
      refused(await leftfold([]), 2, /A command is missing/);
      refused(await leftfold(['streams', 'x.db', '--bogus']), 2, /--bogus/);
      refused(await leftfold(['streams', ndjson, '--limit', '0']), 2, /--limit must be/);
    });

    it('refuses an --at that is neither version nor time', async () => {
      refused(await leftfold(['state', ndjson, 'cart-1', '--at', 'yesterday']), 2, /--at must be a version, an ISO 8601 time or "start"/);
    });

    it('prints help and version on standard output', async () => {
      for (const args of [['--help'], ['help'], ['state', '--help'], ['help', 'state'], ['--version']]) {
        const { code, stdout, stderr } = await leftfold(args);
        assert.deepEqual([code, stderr], [0, ''], args.join(' '));
        assert.notEqual(stdout, '');
      }
      assert.match((await leftfold(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
      assert.match((await leftfold(['state', '--help'])).stdout, /--at V\|TIME\|start/);
    });
  });
});
