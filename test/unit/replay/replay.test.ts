import assert from 'node:assert/strict';
import { ExactNumber } from '../../../src/model/exact-number';
import type { LeftfoldError } from '../../../src/model/problem';
import { toReducerEvent } from '../../../src/replay/payload-event';
import { mergeReducer } from '../../../src/replay/reducer';
import { Replay } from '../../../src/replay/replay';
import { MemoryReader, type GivenEvent } from '../../support/memory-reader';
import { reducerOf, TEMPERS } from './given';

const data = (n: number): GivenEvent[] => Array.from({ length: n }, (_, i) => ({ data: { key: 'k', value: i + 1 } }));
const sum = () => reducerOf((state: { n: number }, event) => ({ n: state.n + (event.data as { value: number }).value }), () => ({ n: 0 }));
const code = (error: unknown) => (error as LeftfoldError).problem.code;

describe('replay: the merge', () => {
  it('merges payloads, lets one that is no object replace, and passes over one that is missing', () => {
    const replay = new Replay(new MemoryReader([{ data: { a: 1 } }, { data: { b: { c: 2 } } }, {}, { data: { b: null } }, { data: 5 }]), mergeReducer());
    const states = [0, 1, 2, 3, 4, 5].map((step) => replay.stateAt(step).state);
    assert.deepStrictEqual(states, [{}, { a: 1 }, { a: 1, b: { c: 2 } }, { a: 1, b: { c: 2 } }, { a: 1 }, 5]);
  });

  it('keeps the digits stored and shares what stays', () => {
    const events: GivenEvent[] = [{ payload: { form: 'json', text: '{"price":12.50,"big":{"id":9007199254740993}}' } }, { data: { n: 1 } }];
    const replay = new Replay(new MemoryReader(events), mergeReducer());
    const { before, after } = replay.pair(2) as { before: { big: unknown }; after: { big: unknown; price: unknown } };
    assert.equal(after.price, ExactNumber.of('12.50'));
    assert.equal(before.big, after.big);
  });
});

describe('replay: events', () => {
  it('are given whole, as the contract names them', () => {
    const seen: unknown[] = [];
    const reader = new MemoryReader([{ type: 'Opened', data: { a: 1 }, metadata: { user: 'u' }, version: 7, id: 'e1', time: '2026-01-01T00:00:00Z' }]);
    new Replay(reader, reducerOf((_state, event) => void seen.push(event))).stateAt(1);
    assert.deepStrictEqual(seen, [{ type: 'Opened', data: { a: 1 }, metadata: { user: 'u' }, id: 'e1', stream: 'cart-1', version: 7, position: 1, time: '2026-01-01T00:00:00Z' }]);
  });

  it('that are already parsed are copied, for a reducer may alter them', () => {
    const value = { list: [1] };
    const [stored] = new MemoryReader([{ payload: { form: 'value', value, exact: false } }]).read(0, 1);
    const { event } = toReducerEvent(stored!, 'exact');
    assert.deepStrictEqual(event?.data, value);
    assert.notEqual((event?.data).list, value.list);
  });

  it('with metadata that is not JSON are folded all the same, with the metadata as stored', () => {
    const [stored] = new MemoryReader([{ data: { a: 1 } }]).read(0, 1);
    const { event } = toReducerEvent({ ...stored!, metadata: { form: 'json', text: 'user=ann' } }, 'exact');
    assert.deepStrictEqual([event?.data, event?.metadata], [{ a: 1 }, 'user=ann']);
  });

  it('that cannot be read are named with file, line and version, and leave the state alone', () => {
    const replay = new Replay(new MemoryReader([...data(2), { payload: { form: 'json', text: '{"value":' } }, ...data(1)]), sum());
    const third = replay.stateAt(3);
    assert.deepStrictEqual(third.state, { n: 3 });
    assert.equal(third.problem?.code, 'event-unreadable');
    assert.deepStrictEqual(third.problem.where, { file: 'events.ndjson', line: 3, stream: 'cart-1', version: '3' });
    assert.deepStrictEqual(replay.stateAt(4), { step: 4, state: { n: 4 }, problem: null, firstFailure: 3 });
  });
});

function throwing(value: unknown): never {
   
  throw value;
}

describe('replay: failing reducers', () => {
  it('name the event and the line that threw', () => {
    const replay = new Replay(
      new MemoryReader(data(3)),
      reducerOf((_state, event) => {
        if (event.version === 2) throw new TypeError('no such account');
        return {};
      }),
    );
    const { problem } = replay.stateAt(2);
    assert.equal(problem?.code, 'reducer-threw');
    assert.match(problem.message, /version 2 of "cart-1": no such account/);
    assert.match(problem.where.file!, /replay\.test\.ts$/);
    assert.ok(problem.where.line! > 1);
    assert.equal(problem.exit, 3);
  });

  it('may throw anything', () => {
    for (const thrown of ['text', undefined, null, { code: 1 }, Symbol('s')]) {
      const replay = new Replay(new MemoryReader(data(1)), reducerOf(() => throwing(thrown)));
      assert.equal(replay.stateAt(1).problem?.code, 'reducer-threw');
    }
  });

  it('that give promises are told so, and a rejection hurts nobody', async () => {
    const replay = new Replay(new MemoryReader(data(2)), reducerOf(async () => { throw new Error('late'); }));
    await replay.foldAll();
    assert.deepStrictEqual(replay.failures.map(({ problem }) => problem.code), ['reducer-async', 'reducer-async']);
  });

  it('that throw on every event are remembered step by step, the first thousand with their problem', () => {
    const replay = new Replay(new MemoryReader(data(2500)), reducerOf((state: { n: number }) => { state.n++; throw new Error('always'); }, () => ({ n: 0 })));
    assert.deepStrictEqual(replay.stateAt(2500).state, { n: 0 });
    assert.equal(replay.failures.length, 1000);
    assert.equal(replay.failureCount, 2500);
    assert.equal(replay.stateAt(2400).problem?.where.version, '2400');
    assert.equal(replay.stateAt(2400).firstFailure, 1);
  });
});

describe('replay: notices', () => {
  const codes = (replay: Replay) => replay.notices.map((notice) => notice.code);

  it('tell of a reducer that alters its state', () => {
    const replay = new Replay(new MemoryReader(data(5)), TEMPERS['alters the state']!());
    assert.equal(replay.mutating, false);
    replay.stateAt(5);
    assert.equal(replay.mutating, true);
    assert.deepStrictEqual(codes(replay), ['reducer-mutates']);
  });

  it('tell of one that alters it late, when that step is looked at', () => {
    const late = reducerOf((state: { n: number }, event) => {
      if (event.version !== 90) return { n: state.n + 1 };
      state.n++;
      return state;
    }, () => ({ n: 0 }));
    const replay = new Replay(new MemoryReader(data(100)), late);
    replay.stateAt(100);
    const pair = replay.pair(90);
    assert.deepStrictEqual([pair.before, pair.after], [{ n: 89 }, { n: 90 }]);
    assert.equal(replay.mutating, true);
  });

  it('tell of one that alters its events, and of one that returns nothing', () => {
    const altering = new Replay(new MemoryReader(data(3)), TEMPERS['alters the event and keeps it']!());
    altering.pair(1);
    assert.ok(codes(altering).includes('reducer-mutates-event'));
    const silent = new Replay(new MemoryReader(data(3)), reducerOf(() => undefined));
    silent.pair(1);
    assert.deepStrictEqual(codes(silent), ['reducer-returned-nothing']);
  });

  it('tell of a state that cannot be copied', () => {
    const replay = new Replay(new MemoryReader(data(3)), TEMPERS['has private fields']!());
    replay.stateAt(3);
    assert.deepStrictEqual(codes(replay), ['state-not-copyable']);
  });

  it('are silent on a reducer without reproach', () => {
    const replay = new Replay(new MemoryReader(data(50)), sum());
    for (let step = 1; step <= 50; step++) replay.pair(step);
    assert.deepStrictEqual(codes(replay), []);
  });
});

describe('replay: moving', () => {
  /** Costs about 2 ms an event, so that a seek takes several slices. */
  const slow = () =>
    reducerOf((state: { n: number }, event) => {
      for (const end = performance.now() + 2; performance.now() < end; );
      return { n: state.n + (event.data as { value: number }).value };
    }, () => ({ n: 0 }));
  const expected = (step: number) => ({ n: (step * (step + 1)) / 2 });

  it('gives right answers to seeks that run at once with the background fold', async () => {
    const replay = new Replay(new MemoryReader(data(60)), slow());
    const folding = replay.foldAll();
    const steps = [40, 10, 55, 40, 3, 59, 20];
    const found = await Promise.all(steps.map((step) => replay.seek(step)));
    assert.deepStrictEqual(found.map(({ state }) => state), steps.map(expected));
    await folding;
    assert.deepStrictEqual((await replay.seekPair(33)).before, expected(32));
  });

  it('stops at once when cancelled, and keeps what it folded', async () => {
    const replay = new Replay(new MemoryReader(data(1000)), slow());
    const controller = new AbortController();
    const seeking = replay.seek(1000, controller.signal);
    setImmediate(() => controller.abort());
    await assert.rejects(seeking, (error) => code(error) === 'cancelled');
    assert.ok(replay.folded > 0 && replay.folded < 100, `${replay.folded} folded`);
    assert.deepStrictEqual(replay.stateAt(replay.folded).state, expected(replay.folded));
  });

  it('reports progress and can be cancelled in the background', async () => {
    const replay = new Replay(new MemoryReader(data(40)), slow());
    const seen: number[] = [];
    await replay.foldAll({ onProgress: ({ folded, total }) => seen.push(folded / total) });
    assert.ok(seen.length > 2 && seen.at(-1) === 1);
    const aborted = AbortSignal.abort();
    await assert.rejects(new Replay(new MemoryReader(data(1)), slow()).foldAll({ signal: aborted }), (error) => code(error) === 'cancelled');
  });

  it('reads no more than it needs for a first look', () => {
    const reader = new MemoryReader(data(10_000));
    new Replay(reader, sum()).stateAt(1);
    assert.ok(reader.reads < 100, `${reader.reads} read`);
  });

  it('keeps within its budget of keyframes and stays right', () => {
    const growing = reducerOf((state: { log: string[] }, event) => ({ log: [...state.log, `entry ${String(event.version)}`] }), () => ({ log: [] }));
    const replay = new Replay(new MemoryReader(data(400)), growing, { keyframeMs: 0, keyframeBudgetBytes: 100_000 });
    replay.stateAt(400);
    for (const step of [399, 200, 7, 0]) assert.equal((replay.stateAt(step).state as { log: string[] }).log.length, step);
  });

  it('refuses steps that are not there', () => {
    const replay = new Replay(new MemoryReader(data(2)), sum());
    for (const step of [-1, 3, 0.5, NaN]) assert.throws(() => replay.stateAt(step), (error) => code(error) === 'no-such-step');
    assert.throws(() => replay.pair(0), (error) => code(error) === 'no-such-step');
  });

  it('has the initial state alone for a stream without events', () => {
    const replay = new Replay(new MemoryReader([]), sum());
    assert.deepStrictEqual(replay.stateAt(0).state, { n: 0 });
    assert.equal(replay.length, 0);
  });
});
