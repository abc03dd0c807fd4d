import assert from 'node:assert/strict';
import { LeftfoldError, type Problem } from '../../../src/model/problem';
import { Answerer, Caller, type Handlers, type Port } from '../../../src/protocol/channel';

interface TestApi {
  calls: {
    double: { params: number; result: number };
    wait: { params: null; result: string };
    fail: { params: 'typed' | 'plain'; result: null };
  };
  notes: { tick: number };
}

/** Two ports that hand each other structured clones, later, as processes and webviews do. */
function pair(): [Port, Port] {
  const ends = [new Set<(message: unknown) => void>(), new Set<(message: unknown) => void>()] as const;
  const port = (mine: 0 | 1): Port => ({
    post(message) {
      const copy = structuredClone(message);
      queueMicrotask(() => ends[mine === 0 ? 1 : 0].forEach((listener) => listener(copy)));
    },
    listen(listener) {
      ends[mine].add(listener);
      return () => void ends[mine].delete(listener);
    },
  });
  return [port(0), port(1)];
}

/** When every message under way has arrived. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const problem = (code: string): Problem => ({ code, message: code, next: '', where: {}, exit: 2 });

function connect(overrides: Partial<Handlers<TestApi>> = {}) {
  const [near, far] = pair();
  const seen: { signal?: AbortSignal; posted: unknown[] } = { posted: [] };
  far.listen((message) => seen.posted.push(message));
  const caller = new Caller<TestApi>(near);
  const answerer = new Answerer<TestApi>(
    far,
    {
      double: (n) => n * 2,
      wait: (_, signal) => {
        seen.signal = signal;
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new LeftfoldError(problem('cancelled')))));
      },
      fail: (how) => {
        throw how === 'typed' ? new LeftfoldError(problem('typed')) : new Error('plain');
      },
      ...overrides,
    },
    (error, method) => problem(`${method}: ${(error as Error).message}`),
  );
  return { caller, answerer, seen };
}

const code = (expected: string) => (error: unknown) => {
  assert.ok(error instanceof LeftfoldError);
  assert.equal(error.problem.code, expected);
  return true;
};

describe('channel', () => {
  it('answers each request with its own result, in whatever order they end', async () => {
    const waiting: (() => void)[] = [];
    const { caller } = connect({ double: (n) => new Promise((resolve) => waiting.unshift(() => resolve(n * 2))) });
    const asked = Promise.all([20, 1, 10].map((n) => caller.request('double', n)));
    await settled();
    for (const answer of waiting) answer();
    assert.deepEqual(await asked, [40, 2, 20]);
  });

  it('rejects with the problem a handler threw, and with a described one for anything else', async () => {
    const { caller } = connect();
    await assert.rejects(caller.request('fail', 'typed'), code('typed'));
    await assert.rejects(caller.request('fail', 'plain'), code('fail: plain'));
  });

  it('answers a method it does not know, inherited names included', async () => {
    const { caller } = connect();
    for (const method of ['nothing', 'toString', '__proto__']) {
      await assert.rejects(caller.request(method as 'double', 1), code('unknown-method'));
    }
  });

  it('answers once when a result cannot be sent', async () => {
    const { caller } = connect({ double: () => (() => 1) as unknown as number });
    await assert.rejects(caller.request('double', 1), LeftfoldError);
  });

  it('cancels: the caller hears at once, the handler through its signal', async () => {
    const { caller, seen } = connect();
    const controller = new AbortController();
    const asked = caller.request('wait', null, { signal: controller.signal });
    await settled();
    controller.abort();
    await assert.rejects(asked, code('cancelled'));
    await settled();
    assert.equal(seen.signal?.aborted, true);
  });

  it('does not send what was aborted before it was asked', async () => {
    const { caller, seen } = connect();
    await assert.rejects(caller.request('double', 1, { signal: AbortSignal.abort() }), code('cancelled'));
    assert.deepEqual(seen.posted, []);
  });

  it('gives up after the time-out and cancels the work', async () => {
    const { caller, seen } = connect();
    await assert.rejects(caller.request('wait', null, { timeoutMs: 5 }), code('timed-out'));
    await settled();
    assert.equal(seen.signal?.aborted, true);
  });

  it('rejects everything under way and everything later when it closes', async () => {
    const { caller } = connect();
    const asked = caller.request('wait', null);
    caller.close(problem('gone'));
    await assert.rejects(asked, code('gone'));
    await assert.rejects(caller.request('double', 1), code('gone'));
  });

  it('aborts what it is answering when the answering side closes', async () => {
    const { caller, answerer, seen } = connect();
    const asked = caller.request('wait', null).catch(() => undefined);
    await settled();
    answerer.close();
    assert.equal(seen.signal?.aborted, true);
    caller.close(problem('gone'));
    await asked;
  });

  it('brings notes to every listener until it stops listening', async () => {
    const { caller, answerer } = connect();
    const heard: number[] = [];
    const stop = caller.on('tick', (n) => heard.push(n));
    caller.on('tick', (n) => heard.push(n * 10));
    answerer.note('tick', 1);
    await settled();
    stop();
    answerer.note('tick', 2);
    await settled();
    assert.deepEqual(heard, [1, 10, 20]);
  });
});
