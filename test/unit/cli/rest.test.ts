import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Place } from '../engine/given';
import { built } from '../engine/built';
import { leftfold, run } from './run';

describe('command line, the rest', function () {
  this.timeout(60_000);
  const place = new Place();
  before(() => Promise.all([built('cli-main'), built('cli')]));
  after(() => place.remove());

  const line = (version: number, data: unknown, stream = 'acc-1') => JSON.stringify({ stream, version, type: 'T', data });
  const COUNT = 'module.exports = { initialState: { n: 0 }, evolve: (state, { data }) => ({ n: state.n + data.n }) };';

  describe('leftfold.json', () => {
    it('of the nearest folder upwards from the store names the reducer and the mapping', async () => {
      mkdirSync(join(place.dir, 'project', 'data'), { recursive: true });
      place.write('project/leftfold.json', '{ // the team\'s\n "stores": [{ "path": "data/ledger.ndjson", "mapping": { "stream": "acct" } }],\n "reducers": [{ "category": "acc", "module": "reducers/count.cjs" }],\n}');
      place.write('project/reducers/count.cjs', COUNT);
      const store = place.write('project/data/ledger.ndjson', '{"acct":"acc-1","version":1,"type":"T","data":{"n":2}}\n{"acct":"acc-1","version":2,"type":"T","data":{"n":5}}\n{"acct":"other-1","version":1,"type":"T","data":{"n":5}}');
      const ran = await leftfold(['state', store, 'acc-1', '--json'], { cwd: place.dir });
      assert.deepEqual(ran.json(), { stream: 'acc-1', version: 2, time: null, reducer: 'reducers/count.cjs', state: { n: 7 } });
      assert.equal((await leftfold(['state', store, 'other-1', '--json'])).json().reducer, 'merge');
      const given = await leftfold(['state', 'project/data/ledger.ndjson', 'other-1', '--json', '--reducer', 'project/reducers/count.cjs'], { cwd: place.dir });
      assert.deepEqual([given.json().reducer, given.json().state], ['project/reducers/count.cjs', { n: 5 }]);
    });

    it('that cannot be read is never passed over in silence', async () => {
      place.write('broken/leftfold.json', '{ "reducers": [');
      const store = place.write('broken/s.ndjson', line(1, { n: 1 }));
      const state = await leftfold(['state', store, 'acc-1']);
      assert.deepEqual([state.code, state.stdout], [2, '']);
      assert.match(state.stderr, /leftfold\.json/);
      const events = await leftfold(['events', store, 'acc-1', '--json']);
      assert.deepEqual([events.code, events.lines().length], [0, 1]);
      assert.match(events.stderr, /leftfold\.json/);
    });

    it('with a reducer that is not there says so', async () => {
      place.write('gone/leftfold.json', '{ "reducers": [{ "category": "acc", "module": "none.js" }] }');
      const ran = await leftfold(['state', place.write('gone/s.ndjson', line(1, { n: 1 })), 'acc-1']);
      assert.deepEqual([ran.code, ran.stdout], [2, '']);
      assert.match(ran.stderr, /^leftfold: There is no reducer at [^\n]*none\.js\.[^\n]*\n$/);
    });
  });

  describe('reducers', () => {
    const store = () => place.write('r.ndjson', [1, 2, 3].map((n) => line(n, { n })).join('\n'));
    const state = (body: string, name: string) => leftfold(['state', store(), 'acc-1', '--json', '--reducer', place.write(name, body)]);

    it('never write to standard output', async () => {
      const ran = await state('module.exports = (s = 0, { data }) => { console.log("log"); process.stdout.write("direct\\n"); return s + data.n; };', 'noisy.cjs');
      assert.equal(ran.json().state, 6);
      assert.match(ran.stderr, /log\n/);
      assert.match(ran.stderr, /direct\n/);
    });

    it('that end the process do not make half an answer look whole', async () => {
      const ran = await state('module.exports = () => process.exit(0);', 'exits.cjs');
      assert.equal(ran.code, 3);
      assert.match(ran.stderr, /ended the process/);
    });

    it('that leave work running do not keep the command', async () => {
      const ran = await state('setInterval(() => {}, 1000); module.exports = (s = 0, { data }) => s + data.n;', 'lingers.cjs');
      assert.deepEqual([ran.code, ran.json().state], [0, 6]);
    });

    it('that cannot be loaded are refused in one line', async () => {
      for (const [name, body, text] of [
        ['syntax.ts', 'export const evolve = (', /syntax\.ts/],
        ['throws.cjs', 'throw new Error("boom")', /boom/],
        ['none.cjs', 'module.exports = 5', /none of it folds/],
      ] as const) {
        const ran = await state(body, name);
        assert.deepEqual([ran.code, ran.stdout], [2, ''], name);
        assert.match(ran.stderr, text);
        assert.match(ran.stderr, /^leftfold: [^\n]+\n$/);
      }
    });

    it('may keep what JSON has no word for', async () => {
      const ran = await state('module.exports = (s = { m: new Map(), set: new Set() }, { data }) => { s.m.set("k" + data.n, BigInt(2 ** 53) + 1n); s.set.add(data.n); return s; };', 'maps.cjs');
      assert.match(ran.stdout, /"k3": 9007199254740993/);
      assert.deepEqual(ran.json().state.set, [1, 2, 3]);
    });
  });

  describe('stores', () => {
    it('that cannot be opened are refused in one line', async () => {
      for (const [store, text] of [
        [join(place.dir, 'none.db'), /none\.db/],
        [place.dir, /is a (?:directory|folder)/],
        [place.write('empty.db', ''), /empty/],
        [place.write('text.db', 'hello there, this is no database at all'), /text\.db/],
      ] as const) {
        const ran = await leftfold(['streams', store, '--json']);
        assert.deepEqual([ran.code, ran.stdout], [2, ''], store);
        assert.match(ran.stderr, text);
        assert.match(ran.stderr, /^leftfold: [^\n]+\n$/);
      }
    });

    it('with malformed lines are read all the same: each line is named, and the exit is 3', async () => {
      const store = place.write('lines.ndjson', [line(1, { n: 1 }), '{"stream": "acc-1", "ver', line(3, { n: 3 })].join('\n'));
      for (const args of [['streams', store], ['events', store, 'acc-1'], ['state', store, 'acc-1'], ['replay', store, 'acc-1'], ['diff', store, 'acc-1', '--from', '1', '--to', '3'], ['inspect', store]]) {
        const ran = await leftfold([...args, '--json']);
        assert.equal(ran.code, 3, args[0]);
        assert.match(ran.stderr, /lines\.ndjson[^\n]*2/, args[0]);
        assert.notEqual(ran.stdout, '');
        assert.equal(ran.stderr.trimEnd().split('\n').length, 1, ran.stderr);
      }
    });

    it('with streams of any name', async () => {
      const names = ["it's", 'a/b', '100%', '"quoted"', '😀', 'x'.repeat(500), '--flag', 'new\nline', '-1'];
      const store = place.write('names.ndjson', names.map((name) => line(1, { name }, name)).join('\n'));
      const { lines } = await leftfold(['streams', store, '--json']);
      assert.deepEqual(new Set(lines().map(({ stream }) => stream as string)), new Set(names));
      for (const name of names) {
        const ran = await leftfold(['state', store, '--json', '--', name]);
        // Between "--" and the name stands the store as the first operand.
        assert.deepEqual([ran.code, ran.json().state], [0, { name }], name);
      }
    });

    it('cannot act on the terminal', async () => {
      const store = place.write('escape.ndjson', JSON.stringify({ stream: 'a\u001b]0;x\u0007', version: 1, type: 'T\u001b[2J', data: { '\u202e': '\u009b31m' } }));
      for (const args of [['streams', store], ['events', store, 'a\u001b]0;x\u0007'], ['replay', store, 'a\u001b]0;x\u0007'], ['events', store, 'b\u001b[2J']]) {
        const { stdout, stderr } = await leftfold(args);
        assert.doesNotMatch(stdout + stderr, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
      }
    });
  });

  it('ends quietly when its reader has gone', async () => {
    const store = place.write('many.ndjson', Array.from({ length: 20_000 }, (_, i) => line(i + 1, { n: i, text: 'x'.repeat(50) })).join('\n'));
    for (const args of [['events', store, 'acc-1', '--json'], ['replay', store, 'acc-1'], ['streams', store]]) {
      const child = spawn(process.execPath, [await built('cli-main'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      await once(child.stdout, 'data');
      child.stdout.destroy();
      const [code] = (await once(child, 'close')) as [number];
      assert.deepEqual([code, stderr], [0, ''], args[0]);
    }
  });

  it('takes no more memory for more events', async () => {
    const store = place.write('memory.ndjson', Array.from({ length: 60_000 }, (_, i) => line(i + 1, { n: i, text: 'x'.repeat(900) })).join('\n'));
    const heap = ['--max-old-space-size=32'];
    const ran = await run(process.execPath, [...heap, await built('cli-main'), 'events', store, 'acc-1', '--json']);
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal(ran.stdout.split('\n').length, 60_001);
  });

  describe('launcher', () => {
    it('runs the command line on a Node that can', async () => {
      const ran = await leftfold(['--version'], { entry: 'cli' });
      assert.deepEqual([ran.code, ran.stdout], [0, (await leftfold(['--version'])).stdout]);
    });

    it('starts again with the Node installed beside it, arguments and exit code kept', async () => {
      const old = place.write('old.cjs', 'Object.defineProperty(process.versions, "napi", { value: "9" });');
      const ran = await run(process.execPath, ['-r', old, await built('cli'), 'bogus', '--with space']);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, /no command "bogus"/);
    });

    it('says in one line that Node is too old where there is no other', async () => {
      const old = place.write('old.cjs', 'Object.defineProperty(process.versions, "napi", { value: "9" });');
      const ran = await run(process.execPath, ['-r', old, await built('cli'), 'inspect'], { env: { LEFTFOLD_STARTED_AGAIN: '1' } });
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, /^leftfold: Node \S+ is too old\. Run it with Node 22\.14 or newer\.\n$/);
    });
  });
});
