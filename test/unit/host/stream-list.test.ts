import assert from 'node:assert/strict';
import { StreamList } from '../../../src/host/tree/stream-list';
import type { StreamHead, StreamPage, StreamQuery } from '../../../src/model/stream';

/** A store of numbered streams whose answers wait until they are let go. */
class SlowStore {
  readonly asked: StreamQuery[] = [];
  private waiting: (() => void)[] = [];
  constructor(public count: number, private readonly slow = false) {}

  readonly fetch = (query: StreamQuery): Promise<StreamPage> => {
    this.asked.push(query);
    const all = Array.from({ length: this.count }, (_, i) => `s${String(i).padStart(4, '0')}`);
    const from = all.filter((id) => query.after === undefined || id > query.after);
    const streams = from.slice(0, query.limit).map((stream): StreamHead => ({ stream, category: null, version: 1, lastTime: null }));
    const last = streams.at(-1)?.stream;
    const page = from.length > query.limit && last !== undefined ? { streams, next: last } : { streams };
    if (!this.slow) return Promise.resolve(page);
    return new Promise((resolve) => this.waiting.push(() => resolve(page)));
  };

  answer(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

const ids = (list: StreamList) => list.streams.map((head) => head.stream);

describe('StreamList', () => {
  it('loads page by page until there is no more', async () => {
    const store = new SlowStore(25);
    const list = new StreamList(store.fetch, { category: 'cart' }, () => 10);
    await list.first();
    assert.equal(list.streams.length, 10);
    assert.ok(list.hasMore);
    await list.more();
    await list.more();
    assert.equal(list.streams.length, 25);
    assert.equal(new Set(ids(list)).size, 25);
    assert.ok(!list.hasMore);
    await list.more();
    assert.deepEqual(store.asked.map((query) => query.after), [undefined, 's0009', 's0019']);
    assert.ok(store.asked.every((query) => query.category === 'cart'));
  });

  it('asks for a page once, however often it is wanted at the same time', async () => {
    const store = new SlowStore(25, true);
    const list = new StreamList(store.fetch, {}, () => 10);
    const first = [list.first(), list.first()];
    store.answer();
    await Promise.all(first);
    const more = [list.more(), list.more()];
    store.answer();
    await Promise.all(more);
    assert.equal(store.asked.length, 2);
    assert.equal(list.streams.length, 20);
  });

  it('reloads as much as is shown, and drops what was asked before', async () => {
    const store = new SlowStore(25, true);
    const list = new StreamList(store.fetch, {}, () => 10);
    const first = list.first();
    store.answer();
    await first;
    const more = list.more();
    store.count = 12;
    const reload = list.reload();
    store.answer();
    await Promise.all([more, reload]);
    assert.equal(store.asked.at(-1)?.limit, 10);
    assert.equal(list.streams.length, 10);
    assert.ok(list.hasMore);
  });

  it('tries again after a failure', async () => {
    let fails = true;
    const store = new SlowStore(3);
    const list = new StreamList((query) => (fails ? Promise.reject(new Error('locked')) : store.fetch(query)), {}, () => 10);
    await assert.rejects(list.first(), /locked/);
    fails = false;
    await list.first();
    assert.equal(list.streams.length, 3);
  });
});
