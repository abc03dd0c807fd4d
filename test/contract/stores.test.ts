import assert from 'node:assert/strict';
import { readPayload } from '../../src/model/payload';
import { toJson } from '../../src/model/json';
import type { StreamHead, StreamQuery } from '../../src/model/stream';
import type { EventStore, StreamReader } from '../../src/store/contract';
import { openStore } from '../../src/store/registry';
import { someEvents, tempFolder, type TempFolder, type TestEvent } from '../support/stores';
import { KINDS } from './kinds';
import { traces } from './traces';

const HOSTILE = ['a/b/../c', `it's "quoted"`, '100%25 %s', '📦-1', 'line\nbreak', 'x'.repeat(500), '\\', 'ünï-1', ' space ', 'drop-table events; --', '￿-high', '0'];

/** Byte order, as SQLite has it. */
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

for (const kind of KINDS) {
  describe(`event store: ${kind.name}`, () => {
    let folder: TempFolder;
    let store: EventStore | undefined;

    beforeEach(() => (folder = tempFolder()));
    afterEach(() => {
      store?.close();
      store = undefined;
      folder.remove();
    });

    async function opened(events: TestEvent[]): Promise<EventStore> {
      return (store = await openStore(kind.write(folder, events), kind.mapping ? { mapping: kind.mapping } : {}));
    }

    async function stream(events: TestEvent[]): Promise<StreamReader> {
      const reader = (await opened(events)).openStream(events[0]?.stream ?? '');
      assert.ok(reader);
      return reader;
    }

    /** All pages of a query. */
    function paged(from: EventStore, query: StreamQuery): StreamHead[] {
      const found: StreamHead[] = [];
      for (let after: string | undefined, pages = 0; pages < 1000; pages++) {
        const page = from.streams({ ...query, ...(after === undefined ? {} : { after }) });
        assert.ok(page.streams.length <= query.limit);
        found.push(...page.streams);
        if (page.next === undefined) return found;
        after = page.next;
      }
      throw new Error('paging does not end');
    }

    describe('lists streams', () => {
      const events = [...someEvents(25, 3)];

      it('in order, page by page', async () => {
        const from = await opened(events);
        const expected = [...new Set(events.map((event) => event.stream))].sort(byBytes);
        for (const limit of [1, 7, 25, 1000]) assert.deepEqual(paged(from, { limit }).map(({ stream }) => stream), expected);
        const last = events.at(-1);
        assert.deepEqual(from.streams({ limit: 1, after: 'order-0024' }).streams, [{ stream: 'order-0025', category: 'order', version: 3, lastTime: last?.time }]);
      });

      it('and counts them with their events', async () => {
        assert.deepEqual((await opened(events)).counts(), { events: 75, streams: 25 });
      });

      it('after an id that is not there', async () => {
        assert.equal((await opened(events)).streams({ limit: 1, after: 'order-0005x' }).streams[0]?.stream, 'order-0006');
      });

      it('filtered by text, whatever its case', async () => {
        const from = await opened([...events, { stream: 'Straße-Ä', version: 1 }, { stream: 'percent%', version: 1 }]);
        const found = (match: string): string[] => paged(from, { limit: 2, match }).map(({ stream }) => stream);
        assert.deepEqual(found('ORDER-001'), Array.from({ length: 10 }, (_, i) => `order-001${i}`));
        assert.deepEqual(found('straße-ä'), ['Straße-Ä']);
        assert.deepEqual(found('%'), ['percent%']);
        assert.deepEqual(found('nothing'), []);
        assert.equal(found('').length, 27);
      });

      it('by category', async () => {
        const from = await opened([...events, { stream: 'cart-1', version: 1 }, { stream: 'cart-2', version: 1 }, { stream: 'plain', version: 1 }, { stream: '0b3ac9fe-54b6-42c9-9cf6-3b8ae5b6b3e1', version: 1 }]);
        assert.deepEqual(from.categories().map(({ category }) => category), ['cart', 'order', null]);
        const found = (category: string | null): string[] => paged(from, { limit: 4, category }).map(({ stream }) => stream);
        assert.deepEqual(found('cart'), ['cart-1', 'cart-2']);
        assert.equal(found('order').length, 25);
        assert.deepEqual(found(null), ['0b3ac9fe-54b6-42c9-9cf6-3b8ae5b6b3e1', 'plain']);
        assert.deepEqual(found('none'), []);
        assert.equal(from.openStream('cart-1')?.category, 'cart');
        assert.equal(from.summary('plain')?.category, null);
      });

      it('without categories where names have none', async () => {
        const from = await opened([{ stream: 'a', version: 1 }, { stream: 'b', version: 1 }]);
        assert.deepEqual(from.categories().map(({ category }) => category), [null]);
        assert.equal(from.streams({ limit: 10, category: null }).streams.length, 2);
      });

      it('when it is empty of what was asked', async () => {
        const from = await opened([{ stream: 'a', version: 1 }]);
        assert.equal(from.summary('b'), undefined);
        assert.equal(from.openStream('b'), undefined);
        assert.equal(from.openStream('A'), undefined);
        assert.deepEqual(from.types('b'), []);
        assert.deepEqual(from.streams({ limit: 5, after: 'a' }), { streams: [] });
      });
    });

    it('sums a stream up', async () => {
      const from = await opened([...someEvents(3, 5)]);
      assert.deepEqual(from.summary('order-0002'), {
        stream: 'order-0002', category: 'order', version: 5, events: 5, firstTime: '2026-01-01T00:00:01.000Z', lastTime: '2026-01-01T00:00:13.000Z',
      });
      assert.deepEqual(from.types('order-0002'), [{ type: 'Changed', count: 4 }, { type: 'Opened', count: 1 }]);
    });

    it('finds streams with hostile names', async () => {
      const from = await opened(HOSTILE.map((name, i) => ({ stream: name, version: 1, data: { i } })));
      assert.deepEqual(paged(from, { limit: 5 }).map(({ stream }) => stream), [...HOSTILE].sort(byBytes));
      HOSTILE.forEach((name, i) => {
        const [event] = from.openStream(name)?.read(0, 1) ?? [];
        assert.equal(event?.stream, name);
        assert.deepEqual(event && readPayload(event.data, 'exact').value, { i });
        assert.equal(from.summary(name)?.events, 1);
        assert.ok(from.streams({ limit: 20, match: name }).streams.some((head) => head.stream === name), name);
      });
    });

    describe('reads a stream', () => {
      it('in any range', async () => {
        const reader = await stream([...someEvents(2, 50)]);
        assert.equal(reader.length, 50);
        const versions = (start: number, count: number): unknown[] => reader.read(start, count).map(({ version }) => version);
        assert.deepEqual(versions(0, 3), [1, 2, 3]);
        assert.deepEqual(versions(48, 10), [49, 50]);
        assert.deepEqual(versions(50, 10), []);
        assert.deepEqual(versions(-2, 3), [1]);
        assert.deepEqual(reader.heads(10, 2), [
          { index: 10, version: 11, type: 'Changed', time: '2026-01-01T00:00:20.000Z' },
          { index: 11, version: 12, type: 'Changed', time: '2026-01-01T00:00:22.000Z' },
        ]);
        assert.equal(reader.read(0, 1000).length, 50);
      });

      it('with every part as stored', async () => {
        const events: TestEvent[] = [
          { stream: 'a-1', version: 1, type: 'Ünusual', data: '{"n":12.50,"big":9007199254740993,"e":1e3}', metadata: { user: 'u' }, time: '2026-01-01T10:00:00.1234567+02:00', id: 'id-1' },
          { stream: 'a-1', version: 2, data: null },
        ];
        const reader = await stream(events);
        const [first, second] = reader.read(0, 2);
        assert.ok(first && second);
        assert.equal(first.type, 'Ünusual');
        assert.equal(first.id, 'id-1');
        assert.equal(first.time, '2026-01-01T08:00:00.1234567Z');
        assert.equal(first.position, kind.lacks?.includes('position') ? null : 1);
        assert.equal(toJson(readPayload(first.data, 'stored').value), '{"n":12.50,"big":9007199254740993,"e":1e3}');
        assert.deepEqual(readPayload(first.metadata, 'exact').value, { user: 'u' });
        assert.equal(first.place.file, store?.info.path);
        assert.equal(first.place.stream, 'a-1');
        assert.equal(second.time, null);
        assert.equal(second.id, null);
        assert.deepEqual(second.metadata, { form: 'absent' });
        const raw = reader.raw(0);
        assert.ok(raw.columns.some(({ value }) => value === 'id-1'));
        assert.ok(raw.columns.some(({ value }) => typeof value === 'string' && value.includes('"n":12.50')) || raw.columns.some(({ value }) => value instanceof Uint8Array && Buffer.from(value).includes('"n":12.50')));
      });

      it('with gaps in the versions', async () => {
        const reader = await stream([0, 1, 5, 6, 100].map((version) => ({ stream: 'a', version })));
        assert.deepEqual(reader.heads(0, 9).map(({ version }) => version), [0, 1, 5, 6, 100]);
        assert.deepEqual([-1, 0, 2, 5, 100, 101].map((version) => reader.indexOfVersion(version)), [-1, 0, -1, 2, 4, -1]);
        assert.deepEqual([-1, 0, 2, 5, 100, 101].map((version) => reader.indexFrom(version)), [0, 0, 2, 2, 4, 5]);
      });

      it('stored in another order than that of the versions', async () => {
        const reader = await stream([3, 1, 2].map((version) => ({ stream: 'a', version, data: { version } })));
        assert.deepEqual(reader.read(0, 3).map(({ data }) => readPayload(data, 'exact').value), [1, 2, 3].map((version) => ({ version })));
      });

      if (!kind.lacks?.includes('repeats')) it('with repeated versions, in stored order', async () => {
        const reader = await stream([1, 2, 2, 3].map((version, n) => ({ stream: 'a', version, data: { n } })));
        assert.equal(reader.length, 4);
        assert.deepEqual(reader.read(0, 4).map(({ version, data }) => [version, readPayload(data, 'exact').value]), [1, 2, 2, 3].map((version, n) => [version, { n }]));
        assert.deepEqual([1, 2, 3].map((version) => reader.indexOfVersion(version)), [0, 2, 3]);
        assert.deepEqual([1, 2, 3].map((version) => reader.indexFrom(version)), [0, 1, 3]);
      });

      it('with versions beyond 2^53', async () => {
        const big = 9007199254740993n;
        const reader = await stream([{ stream: 'a', version: big - 1n }, { stream: 'a', version: big }, { stream: 'a', version: 9223372036854775807n }]);
        assert.deepEqual(reader.read(0, 3).map(({ version }) => version), [big - 1n, big, 9223372036854775807n]);
        assert.deepEqual(reader.heads(0, 3).map(({ version }) => version), [big - 1n, big, 9223372036854775807n]);
        assert.equal(reader.indexOfVersion(big), 1);
        assert.equal(reader.indexFrom(big + 1n), 2);
        assert.equal(store?.summary('a')?.version, 9223372036854775807n);
        assert.equal(store?.streams({ limit: 1 }).streams[0]?.version, 9223372036854775807n);
      });

      it('by time', async () => {
        const times = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.0005Z', '2026-01-01T00:00:00.0009Z', '2026-01-01T00:00:05Z', null];
        const reader = await stream(times.map((time, i) => ({ stream: 'a', version: i + 1, time })));
        const at = (time: string): number => reader.indexAtOrBefore(time);
        assert.equal(at('2025-12-31T23:59:59.999Z'), -1);
        assert.equal(at('2026-01-01T00:00:00.00049Z'), 0);
        assert.equal(at('2026-01-01T00:00:00.0005Z'), 1);
        assert.equal(at('2026-01-01T00:00:00.000899Z'), 1);
        assert.equal(at('2026-01-01T00:00:04Z'), 2);
        assert.equal(at('2027-01-01T00:00:00Z'), 3);
      });

      it('by time when times go back', async () => {
        const seconds = [10, 30, 20, 40];
        const reader = await stream(seconds.map((second, i) => ({ stream: 'a', version: i + 1, time: `2026-01-01T00:00:${second}Z` })));
        assert.deepEqual([5, 10, 25, 35, 45].map((second) => reader.indexAtOrBefore(`2026-01-01T00:00:${String(second).padStart(2, '0')}Z`)), [-1, 0, 2, 2, 3]);
      });

      it('without times', async () => {
        const reader = await stream([{ stream: 'a', version: 1 }]);
        assert.equal(reader.indexAtOrBefore('2030-01-01T00:00:00Z'), -1);
      });
    });

    it('leaves no trace', async () => {
      const path = kind.write(folder, [...someEvents(5, 5)]);
      const before = traces(folder.path);
      const from = (store = await openStore(path, kind.mapping ? { mapping: kind.mapping } : {}));
      from.categories();
      from.streams({ limit: 10, match: 'order' });
      const reader = from.openStream('order-0001');
      reader?.read(0, 10);
      reader?.indexAtOrBefore('2026-01-01T00:00:05Z');
      reader?.raw(0);
      from.summary('order-0001');
      from.types('order-0001');
      assert.deepEqual(traces(folder.path), before, 'while open');
      from.close();
      store = undefined;
      assert.deepEqual(traces(folder.path), before, 'after closing');
    });
  });
}
