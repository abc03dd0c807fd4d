import assert from 'node:assert/strict';
import { PagedRows } from '../../../webview/state/pages';

const fail = (error: unknown) => assert.fail(String(error));

describe('rows in pages', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('are fetched once, and only the recently used are kept', async () => {
    const asked: number[] = [];
    const rows = new PagedRows<number>(async (start, count) => {
      asked.push(start);
      return Array.from({ length: count }, (_, i) => start + i);
    }, () => undefined, fail, 10, 3);
    rows.want(5, 15, 95);
    await settled();
    assert.deepEqual([rows.get(5), rows.get(14), rows.get(20)], [5, 14, undefined]);
    rows.want(0, 20, 95);
    rows.want(90, 200, 95);
    await settled();
    assert.deepEqual(asked, [0, 10, 90]);
    assert.equal(rows.get(94), 94);
    rows.want(0, 10, 95);
    rows.want(50, 60, 95);
    await settled();
    assert.equal(rows.get(0), 0);
    assert.equal(rows.get(15), undefined);
  });

  it('are fetched afresh when what they come from has changed', async () => {
    let name = 'old';
    const rows = new PagedRows<string>(async (start, count) => Array.from({ length: count }, (_, i) => `${name} ${start + i}`), () => undefined, fail, 10, 3);
    rows.want(0, 15, 95);
    await settled();
    name = 'new';
    rows.reload(12);
    await settled();
    assert.deepEqual([rows.get(0), rows.get(11), rows.get(12)], ['new 0', 'new 11', undefined]);
  });

  it('that have been scrolled past are no longer waited for', async () => {
    const signals: AbortSignal[] = [];
    const answers: ((rows: number[]) => void)[] = [];
    const rows = new PagedRows<number>((_start, _count, signal) => {
      signals.push(signal);
      return new Promise((resolve) => answers.push(resolve));
    }, () => undefined, fail, 10, 3);
    rows.want(0, 10, 1000);
    rows.want(500, 510, 1000);
    assert.deepEqual(signals.map(({ aborted }) => aborted), [true, false]);
    answers[0]!([1]);
    await settled();
    assert.equal(rows.get(0), undefined);
  });
});
