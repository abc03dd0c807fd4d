import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowseEngine } from '../../../src/engine/client';
import { sweepTempDirs } from '../../../src/engine/process';
import { LeftfoldError } from '../../../src/model/problem';
import { built } from './built';
import { Place, startTimeline, type Started } from './given';

const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof LeftfoldError, String(error));
  assert.equal(error.problem.code, expected);
  return true;
};

/** Beyond any system's largest process id. */
const DEAD = 2 ** 30;

describe('engine process', function () {
  this.timeout(60_000);
  const place = new Place();
  const started: Started[] = [];
  const start = async (...args: Parameters<typeof startTimeline>) => {
    const one = await startTimeline(...args);
    started.push(one);
    return one;
  };
  const reducer = (name: string, body: string) => place.write(`${name}.cjs`, `module.exports = { initialState: { n: 0 }, evolve(state, { data }) { ${body}; return { n: state.n + 1 }; } };`);
  const plain = Array.from({ length: 20 }, (_, i) => ({ i: i + 1 }));
  const stateAt = async ({ engine }: Started, step: number) =>
    JSON.parse((await engine.caller.request('text', { step, of: 'state', path: '', limit: 10_000 })).text) as unknown;

  before(() => built('engine'));
  afterEach(() => started.splice(0).forEach(({ engine }) => engine.dispose()));
  after(() => place.remove());

  it('folds a stream with a reducer, in the background', async () => {
    const one = await start(place.store(plain), reducer('count', ''));
    assert.deepEqual(
      { ...one.info, store: null },
      {
        store: null,
        storeName: 'store.ndjson',
        dialect: one.info.dialect,
        stream: 's-1',
        category: one.info.category,
        length: 20,
        firstVersion: '1',
        lastVersion: '20',
        firstTime: '2026-01-01T00:00:00.000Z',
        lastTime: '2026-01-01T00:00:19.000Z',
        reducer: { kind: 'module', label: 'count.cjs', module: join(place.dir, 'count.cjs'), problem: null },
        types: ['Type0', 'Type1', 'Type2'],
      },
    );
    await one.folded();
    assert.deepEqual(one.told.progress.at(-1), { folded: 20, total: 20, done: true });
    assert.deepEqual(await stateAt(one, 20), { n: 20 });
    assert.deepEqual(await stateAt(one, 0), { n: 0 });
    assert.deepEqual(one.told.failed.size + one.told.ended.length, 0);
  });

  it('finds the event on which a reducer never returns, and goes on without it', async () => {
    const one = await start(place.store(plain), reducer('loop', 'if (data.i === 7) for (;;) {}'));
    await one.folded();
    assert.deepEqual([...one.told.failed].map(([step, { code: name, where }]) => [step, name, where.version]), [[7, 'engine-runaway', '7']]);
    assert.match(one.told.failed.get(7)!.message, /did not return within 1 s at version 7/);
    assert.deepEqual(await stateAt(one, 6), { n: 6 });
    assert.deepEqual(await stateAt(one, 7), { n: 6 });
    assert.deepEqual(await stateAt(one, 20), { n: 19 });
    const view = await one.engine.caller.request('step', { step: 7, changes: 10 });
    assert.equal(view.problem?.code, 'engine-runaway');
    assert.equal(view.changes.total, 0);
    assert.equal((await one.engine.caller.request('step', { step: 9, changes: 10 })).afterErrorAt, 7);
    assert.equal((await one.engine.caller.request('rows', { start: 7, count: 1 }))[0]?.problem?.code, 'engine-runaway');
    assert.deepEqual(one.told.ended, []);
  });

  it('answers what was asked while a process hung', async () => {
    const one = await start(place.store(plain), reducer('loop-asked', 'if (data.i === 12) for (;;) {}'));
    const { caller } = one.engine;
    const [rows, step, tree] = await Promise.all([
      caller.request('rows', { start: 1, count: 5 }),
      caller.request('step', { step: 12, changes: 10 }),
      caller.request('tree', { step: 20, of: 'state', expansion: { depth: 1, open: [], closed: [] }, start: 0, count: 10 }),
    ]);
    assert.equal(rows.length, 5);
    assert.equal(step.problem?.code, 'engine-runaway');
    assert.equal(tree.rows[1]?.value.text, '19');
  });

  it('finds the events on which a reducer ends or crashes its process', async () => {
    const one = await start(place.store(plain), reducer('exits', 'if (data.i === 3) process.exit(0); if (data.i === 5) process.abort()'));
    await one.folded();
    assert.deepEqual([...one.told.failed].map(([step, problem]) => [step, problem.code]), [[3, 'reducer-exited'], [5, 'reducer-crashed']]);
    assert.deepEqual(await stateAt(one, 20), { n: 18 });
  });

  it('stops at the event on which the memory is used up', async () => {
    const one = await start(place.store(plain), reducer('bomb', 'if (data.i === 4) { const list = []; for (;;) list.push(new Array(1000).fill(data.i)); }'), { memoryMb: 64, timeoutMs: 20_000 });
    await one.folded();
    const failed = one.told.failed.get(4);
    assert.equal(failed?.code, 'engine-out-of-memory');
    assert.match(failed.message, /64 MB.*version 4/);
    assert.equal(one.told.failed.get(5)?.code, 'reducer-given-up');
    assert.deepEqual(await stateAt(one, 3), { n: 3 });
    assert.deepEqual(await stateAt(one, 20), { n: 3 });
  });

  it('gives up after three events that end the process, and still shows the ones before', async () => {
    const one = await start(place.store(plain), reducer('always', 'if (data.i > 9) process.exit(1)'));
    await one.folded();
    assert.deepEqual([10, 11, 12, 13, 20].map((step) => one.told.failed.get(step)?.code), ['reducer-exited', 'reducer-exited', 'reducer-exited', 'reducer-given-up', 'reducer-given-up']);
    assert.deepEqual(await stateAt(one, 9), { n: 9 });
    assert.deepEqual(await stateAt(one, 20), { n: 9 });
  });

  it('takes repeated versions apart', async () => {
    const lines = [1, 2, 2, 2, 3].map((version, i) => JSON.stringify({ stream: 's-1', version, type: 'T', data: { i: i + 1 } }));
    const one = await start(place.write('repeated.ndjson', lines.join('\n')), reducer('loop-repeated', 'if (data.i === 3) for (;;) {}'));
    await one.folded();
    assert.deepEqual([...one.told.failed.keys()], [3]);
    assert.deepEqual(await stateAt(one, 5), { n: 4 });
  });

  it('does not take slow for endless: each event has the whole time', async () => {
    const slow = reducer('slow', 'const until = performance.now() + 200; while (performance.now() < until);');
    const one = await start(place.store(plain.slice(0, 8)), slow);
    await one.folded();
    assert.deepEqual(one.told.failed.size, 0);
    assert.deepEqual(await stateAt(one, 8), { n: 8 });
  });

  it('shows the merge when a module never finishes loading', async () => {
    const one = await start(place.store(plain), place.write('load-loop.cjs', 'for (;;) {}'), { loadTimeoutMs: 300 });
    assert.equal(one.info.reducer.kind, 'merge');
    assert.match(one.info.reducer.problem?.message ?? '', /did not finish loading within/);
    assert.deepEqual(await stateAt(one, 20), { i: 20 });
  });

  it('shows the merge when a module cannot be loaded', async () => {
    for (const [name, text, expected] of [
      ['throws.cjs', 'throw new Error("no database")', 'reducer-failed-to-load'],
      ['broken.cjs', 'module.exports = {', 'reducer-syntax'],
      ['shape.cjs', 'module.exports = { fold: 1 }', 'reducer-shape'],
      ['exits.cjs', 'process.exit(3)', 'reducer-failed-to-load'],
      ['initial.cjs', 'module.exports = { initialState() { throw new Error("later"); }, evolve: (s) => s }', 'reducer-failed-to-load'],
    ] as const) {
      const one = await start(place.store(plain), place.write(name, text));
      assert.equal(one.info.reducer.problem?.code, expected, name);
      assert.equal(one.info.reducer.kind, 'merge');
      assert.deepEqual(await stateAt(one, 20), { i: 20 });
    }
  });

  it('shows the event on which a reducer throws', async () => {
    const one = await start(place.store(plain), place.write('thrower.cjs', 'module.exports = (state = { n: 0 }, { data }) => {\n  if (data.i === 5) throw new RangeError("too much");\n  return { n: state.n + 1 };\n};\n'));
    await one.folded();
    const problem = one.told.failed.get(5);
    assert.equal(problem?.code, 'reducer-threw');
    assert.match(problem.message, /too much/);
    assert.deepEqual([problem.where.file, problem.where.line], [join(place.dir, 'thrower.cjs'), 2]);
  });

  it('keeps a reducer from writing, from starting processes and from reading elsewhere', async () => {
    const target = join(place.dir, 'written.txt');
    const body = `
      const attempt = (run) => { try { run(); return 'done'; } catch (error) { return error.code; } };
      const fs = require('node:fs');
      module.exports = () => ({
        write: attempt(() => fs.writeFileSync(${JSON.stringify(target)}, 'x')),
        spawn: attempt(() => require('node:child_process').execFileSync('true')),
        worker: attempt(() => new (require('node:worker_threads').Worker)('0', { eval: true })),
        outside: attempt(() => fs.readFileSync(${JSON.stringify(join(tmpdir(), '..', 'etc', 'passwd'))})),
        beside: attempt(() => fs.readdirSync(__dirname)),
      });`;
    const one = await start(place.store(plain), place.write('nosy.cjs', body));
    assert.deepEqual(await stateAt(one, 1), { write: 'ERR_ACCESS_DENIED', spawn: 'ERR_ACCESS_DENIED', worker: 'ERR_ACCESS_DENIED', outside: 'ERR_ACCESS_DENIED', beside: 'done' });
    assert.equal(existsSync(target), false);
  });

  it('folds with TypeScript under the guard', async () => {
    const file = place.write('typed.ts', 'export const initialState = { n: 0 };\nexport function evolve(state: { n: number }, event: { data: { i: number } }): { n: number } {\n  return { n: state.n + event.data.i };\n}\n');
    const one = await start(place.store(plain), file);
    assert.equal(one.info.reducer.problem, null);
    assert.deepEqual(await stateAt(one, 4), { n: 10 });
  });

  it('tells once that a reducer writes to the console, and passes the text on', async () => {
    const one = await start(place.store(plain), reducer('chatty', 'console.log("seen", data.i)'));
    await one.folded();
    assert.deepEqual(one.told.notices.map(({ code: name }) => name), ['reducer-console']);
    assert.match(one.told.output, /seen 1\n/);
  });

  it('lives on when work a reducer left running fails', async () => {
    const one = await start(place.store(plain), reducer('leaves', 'if (data.i === 1) { setTimeout(() => { throw new Error("late"); }, 0); Promise.reject(new Error("later")); }'));
    await one.folded();
    assert.deepEqual(await stateAt(one, 20), { n: 20 });
    const told = () => one.told.notices.filter(({ code: name }) => name === 'reducer-failed-outside');
    while (told().length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.deepEqual(one.told.ended, []);
  });

  it('refuses a stream or a store that is not there', async () => {
    await assert.rejects(startTimeline(join(place.dir, 'none.db'), null), code('store-missing'));
    const lines = JSON.stringify({ stream: 'other', version: 1, type: 'T', data: {} });
    await assert.rejects(startTimeline(place.write('other.ndjson', lines), null), code('stream-not-found'));
  });

  it('ends with a problem when its process is killed from outside', async () => {
    const one = await start(place.store(plain), null);
    await one.folded();
    const ended = new Promise((resolve) => one.engine.onEnd(resolve));
    process.kill(one.engine.pid!, 'SIGKILL');
    await ended;
    assert.equal(one.told.ended[0]?.code, 'engine-crashed');
    await assert.rejects(one.engine.caller.request('rows', { start: 1, count: 1 }), code('engine-crashed'));
  });

  it('leaves nothing behind', async () => {
    const own = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`leftfold-${process.pid}-`));
    const until = async (condition: () => boolean) => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    await until(() => own().length === 0);
    const one = await start(place.store(plain), reducer('clean', ''));
    await one.folded();
    one.engine.dispose();
    await assert.rejects(one.engine.caller.request('rows', { start: 1, count: 1 }), code('cancelled'));
    await until(() => own().length === 0);
  });

  it('removes what a host that was killed left behind', async () => {
    const left = join(tmpdir(), `leftfold-${DEAD}-abc`);
    mkdirSync(left, { recursive: true });
    sweepTempDirs();
    assert.equal(existsSync(left), false);
    assert.ok(existsSync(place.dir));
  });

  it('browses a store in a process of its own', async () => {
    const engine = startBrowseEngine({ engineFile: await built('engine') });
    try {
      const info = await engine.caller.request('open', { path: place.store(plain) });
      assert.equal(info.kind, 'ndjson');
      assert.deepEqual((await engine.caller.request('streams', { limit: 10 })).streams.map(({ stream }) => stream), ['s-1']);
      const summary = await engine.caller.request('summary', { stream: 's-1' });
      assert.equal(summary.events, 20);
      assert.deepEqual(summary.types[0], { type: 'Type0', count: 7 });
      await assert.rejects(engine.caller.request('summary', { stream: 'none' }), code('stream-not-found'));
    } finally {
      engine.dispose();
    }
  });
});
