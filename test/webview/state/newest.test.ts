import assert from 'node:assert/strict';
import { Newest } from '../../../webview/state/newest';

/** A Newest whose requests are answered by hand. */
function setUp() {
  const open: { key: number; signal: AbortSignal; answer(value: string): void; fail(error: Error): void }[] = [];
  const told: string[] = [];
  const newest = new Newest<number, string>(
    (key, signal) => new Promise((answer, fail) => open.push({ key, signal, answer, fail })),
    (key, value) => told.push(`${key}=${value}`),
    (key, error) => told.push(`${key} failed: ${(error as Error).message}`),
  );
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { newest, open, told, settled };
}

describe('asking for the newest only', () => {
  it('skips what was wanted while a request was under way', async () => {
    const { newest, open, told, settled } = setUp();
    for (let key = 1; key <= 50; key++) newest.want(key);
    assert.deepEqual(open.map(({ key }) => key), [1]);
    open[0]!.answer('a');
    await settled();
    assert.deepEqual(open.map(({ key }) => key), [1, 50]);
    open[1]!.answer('b');
    await settled();
    assert.deepEqual(told, ['1=a', '50=b']);
    assert.equal(newest.busy, false);
  });

  it('drops a late answer after a jump', async () => {
    const { newest, open, told, settled } = setUp();
    newest.want(1);
    newest.want(2, true);
    assert.equal(open[0]!.signal.aborted, true);
    open[1]!.answer('new');
    await settled();
    open[0]!.answer('late');
    await settled();
    assert.deepEqual(told, ['2=new']);
  });

  it('goes on after a failure', async () => {
    const { newest, open, told, settled } = setUp();
    newest.want(1);
    newest.want(2);
    open[0]!.fail(new Error('no'));
    await settled();
    open[1]!.answer('yes');
    await settled();
    assert.deepEqual(told, ['1 failed: no', '2=yes']);
  });
});
