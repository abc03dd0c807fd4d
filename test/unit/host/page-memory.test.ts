import assert from 'node:assert/strict';
import { PageMemory } from '../../../src/host/timeline/page-memory';
import type { PageState } from '../../../src/protocol/page';

const state = (step: number): PageState => ({
  step, version: String(step), tab: 'changes', speed: 1, split: 0.4, open: [], closed: [], changedOnly: false,
});

class FakeMemory {
  readonly values = new Map<string, unknown>();
  writes = 0;
  get = (key: string) => this.values.get(key);
  update = async (key: string, value: unknown) => {
    this.writes++;
    this.values.set(key, structuredClone(value));
  };
}

describe('PageMemory', () => {
  it('gives back what was kept, also to the next window', async () => {
    const memory = new FakeMemory();
    const pages = new PageMemory(memory);
    pages.set('a', state(3));
    assert.equal(pages.get('a')?.step, 3);
    await pages.flush();
    assert.equal(new PageMemory(memory).get('a')?.step, 3);
  });

  it('writes once for many steps', async () => {
    const memory = new FakeMemory();
    const pages = new PageMemory(memory);
    for (let step = 0; step < 100; step++) pages.set('a', state(step));
    await pages.flush();
    await pages.flush();
    assert.equal(memory.writes, 1);
    assert.equal(pages.get('a')?.step, 99);
  });

  it('forgets the least recently used beyond its limit', async () => {
    const pages = new PageMemory(new FakeMemory(), 2);
    pages.set('a', state(1));
    pages.set('b', state(2));
    pages.set('a', state(3));
    pages.set('c', state(4));
    assert.equal(pages.get('b'), undefined);
    assert.equal(pages.get('a')?.step, 3);
    await pages.flush();
  });

  it('starts empty where something else was kept', () => {
    const memory = new FakeMemory();
    memory.values.set('leftfold.pages', { not: 'a list' });
    assert.equal(new PageMemory(memory).get('a'), undefined);
  });
});
