import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { cloneState } from '../../../src/replay/clone';
import type { ReducerEvent } from '../../../src/model/event';
import type { LeftfoldError } from '../../../src/model/problem';
import { mergeReducer, type Reducer } from '../../../src/replay/reducer';
import { Replay, type ReplayOptions } from '../../../src/replay/replay';
import { MemoryReader } from '../../support/memory-reader';
import { TEMPERS, type Given } from './given';

/** What a state is to be compared by: a copy, or where no copy can be made what it shows. */
function snapshot(state: unknown): unknown {
  try {
    return cloneState(state).value;
  } catch {
    return JSON.stringify(state);
  }
}

interface Expected {
  states: unknown[];
  failed: number[];
}

/** The yardstick: each event in turn, on a copy of the state before; one that throws is passed over. */
function plainFold(make: () => Reducer, events: Given[]): Expected {
  const states: unknown[] = [];
  const failed: number[] = [];
  // Each state comes from a fold of its own, so that nothing can reach from one to another.
  for (let end = 0; end <= events.length; end++) {
    const reducer = make();
    let state = reducer.initial();
    const passed = new Set(failed);
    for (let i = 0; i < end; i++) {
      if (passed.has(i + 1)) continue;
      const event = { ...envelope(i), data: structuredClone(events[i]) } as ReducerEvent;
      try {
        state = reducer.evolve(state, event);
      } catch {
        failed.push(i + 1);
        state = undefined;
        break;
      }
    }
    if (failed.includes(end)) states.push(states[end - 1]);
    else states.push(snapshot(state));
  }
  return { states, failed };
}

function envelope(index: number): Omit<ReducerEvent, 'data'> {
  return { type: 'Happened', metadata: undefined, id: null, stream: 'cart-1', version: index + 1, position: index + 1, time: null };
}

const events = fc.array(
  fc.record({
    key: fc.constantFrom('a', 'b', 'c', '__proto__x'),
    value: fc.integer({ min: -5, max: 9 }),
    throws: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  }),
  { maxLength: 24 },
);

const moves = fc.array(
  fc.oneof(
    fc.record({ move: fc.constantFrom('stateAt', 'pair', 'seek', 'seekPair', 'abandon'), to: fc.nat({ max: 1000 }) }),
    fc.record({ move: fc.constantFrom('forward', 'back', 'fold', 'turn'), to: fc.constant(0) }),
  ),
  { maxLength: 30 },
);

const KEYFRAMES: Record<string, ReplayOptions> = {
  'at every event': { keyframeMs: 0 },
  'by cost': {},
  off: { keyframes: false },
};

describe('replay: any route', () => {
  const tempers = { ...TEMPERS, 'is the merge': () => ({ ...mergeReducer(), numbers: 'exact' as const }) };
  for (const [temper, make] of Object.entries(tempers)) {
    for (const [keyframes, options] of Object.entries(KEYFRAMES)) {
      it(`gives the plain fold for a reducer that ${temper}, keyframes ${keyframes}`, async () => {
        await fc.assert(
          fc.asyncProperty(events, moves, fc.constantFrom(0, 600, 1 << 26), async (given, walk, keyframeBudgetBytes) => {
            await check(make, given, walk, { ...options, keyframeBudgetBytes });
          }),
          { numRuns: 60 },
        );
      });
    }
  }
});

async function check(make: () => Reducer, given: Given[], walk: { move: string; to: number }[], options: ReplayOptions): Promise<void> {
  const expected = plainFold(make, given);
  const replay = new Replay(new MemoryReader(given.map((data) => ({ data }))), make(), options);
  const seen: { step: number; state: unknown }[] = [];
  let at = 0;
  let folding: Promise<void> = Promise.resolve();
  const look = (step: number, state: unknown, problem: unknown) => {
    seen.push({ step, state });
    assert.deepStrictEqual(snapshot(state), expected.states[step]);
    assert.equal(problem !== null, expected.failed.includes(step));
  };
  const lookAtPair = (pair: ReturnType<Replay['pair']>) => {
    look(pair.step, pair.after, pair.problem);
    assert.deepStrictEqual(snapshot(pair.before), expected.states[pair.step - 1]);
    seen.push({ step: pair.step - 1, state: pair.before });
    const firstFailure = expected.failed.find((step) => step <= pair.step) ?? null;
    assert.equal(pair.firstFailure, firstFailure);
  };
  for (const { move, to } of walk) {
    const step = to % (given.length + 1);
    if (move === 'forward') at = Math.min(given.length, at + 1);
    else if (move === 'back') at = Math.max(0, at - 1);
    else if (move !== 'fold' && move !== 'turn') at = step;
    if (move === 'fold') folding = Promise.all([folding, replay.foldAll()]).then(() => undefined);
    else if (move === 'turn') await nextTurn();
    else if (move === 'seek') {
      const found = await replay.seek(at);
      look(at, found.state, found.problem);
    } else if (move === 'abandon') {
      const controller = new AbortController();
      const seeking = replay.seek(at, controller.signal);
      controller.abort();
      await seeking.catch((error: unknown) => assert.equal((error as LeftfoldError).problem.code, 'cancelled'));
    } else if (move === 'stateAt' || at === 0) {
      const found = replay.stateAt(at);
      look(at, found.state, found.problem);
    } else lookAtPair(move === 'seekPair' ? await replay.seekPair(at) : replay.pair(at));
  }
  await folding;
  await replay.foldAll();
  assert.equal(replay.folded, given.length);
  assert.deepStrictEqual(replay.failures.map((failure) => failure.step), expected.failed);
  // What was handed out is still what it was, whatever was folded after it.
  for (const { step, state } of seen) assert.deepStrictEqual(snapshot(state), expected.states[step]);
}
