import assert from 'node:assert/strict';
import { Debouncer } from '../../../src/host/platform/debounce';
import { Disposables } from '../../../src/host/platform/disposables';

describe('Debouncer', () => {
  it('runs once for many triggers', async () => {
    let runs = 0;
    await new Promise<void>((resolve) => {
      const debouncer = new Debouncer(5, 100, () => {
        runs++;
        resolve();
      });
      for (let i = 0; i < 10; i++) debouncer.trigger();
    });
    assert.equal(runs, 1);
  });

  it('runs in the end though it is triggered all the time', async () => {
    await new Promise<void>((resolve) => {
      const debouncer = new Debouncer(1000, 20, () => {
        clearInterval(timer);
        resolve();
      });
      const timer = setInterval(() => debouncer.trigger(), 1);
    });
  });
});

describe('Disposables', () => {
  it('disposes last added first, and late ones at once', () => {
    const order: string[] = [];
    const all = new Disposables();
    for (const name of ['a', 'b']) all.defer(() => void order.push(name));
    all.dispose();
    all.dispose();
    assert.deepEqual(order, ['b', 'a']);
    all.defer(() => void order.push('late'));
    assert.deepEqual(order, ['b', 'a', 'late']);
  });
});
