import assert from 'node:assert/strict';
import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { readPayload } from '../../../src/model/payload';
import type { EventStore } from '../../../src/store/contract';
import { openStore } from '../../../src/store/registry';
import { ndjsonStore, someEvents, tempFolder, type TempFolder } from '../../support/stores';
import { problemOf } from './problem-of';

const event = (stream: string, version: number | string, rest = ''): string => `{"stream":"${stream}","version":${version},"type":"T","data":{}${rest}}`;

describe('an NDJSON file', () => {
  let folder: TempFolder;
  let store: EventStore | undefined;
  beforeEach(() => (folder = tempFolder()));
  afterEach(() => {
    store?.close();
    store = undefined;
    folder.remove();
  });

  const written = (content: string | Buffer, name = 'a.ndjson'): string => {
    writeFileSync(folder.file(name), content);
    return folder.file(name);
  };
  const opened = async (content: string | Buffer): Promise<EventStore> => (store = await openStore(written(content)));
  const told = (from: EventStore): unknown[] => from.info.problems.map(({ code, where }) => [code, where.line]);

  describe('cannot be opened when it', () => {
    it('is empty or blank', async () => {
      assert.equal((await problemOf(openStore(written('')))).code, 'store-empty');
      assert.equal((await problemOf(openStore(written('\n \r\n')))).code, 'store-unknown-format');
    });

    it('holds one JSON document', async () => {
      for (const [text, form] of [
        ['[{"stream":"a"},\n{"stream":"b"}]', /one JSON array/],
        ['[{"stream":"a"}]', /one JSON array/],
        ['{\n  "events": [\n    {"a":1}\n  ]\n}', /one JSON object over several lines/],
        [`[\n${Array.from({ length: 3000 }, (_, i) => `  {"stream":"stream-number-${i}","version":1}`).join(',\n')}\n]`, /one JSON array/],
      ] as const) {
        const problem = await problemOf(openStore(written(text, 'a.json')));
        assert.equal(problem.code, 'store-json-document');
        assert.match(problem.message, form);
        assert.match(problem.next, /one event a line/);
      }
    });

    it('is written in another encoding', async () => {
      for (const content of [Buffer.from(`\uFEFF${event('a', 1)}\n`, 'utf16le'), Buffer.from(`${event('a', 1)}\n`, 'utf16le'), Buffer.from(`\uFEFF${event('a', 1)}\n`, 'utf16le').swap16()]) {
        const problem = await problemOf(openStore(written(content)));
        assert.equal(problem.code, 'store-encoding');
        assert.match(problem.message, /UTF-16/);
      }
    });

    it('has lines of something else', async () => {
      const problem = await problemOf(openStore(written('{"level":"info","msg":"started"}\n{"level":"warn","msg":"late"}\n')));
      assert.equal(problem.code, 'store-unknown-schema');
      assert.deepEqual(problem.details, ['line(level, msg)']);
    });

    it('is mapped to a field that is not there', async () => {
      const path = written(`${event('a', 1)}\n`);
      const problem = await problemOf(openStore(path, { mapping: { stream: '/meta/agg' } }));
      assert.equal(problem.code, 'store-mapping-field');
      assert.match(problem.message, /reads the stream from "\/meta\/agg"/);
      assert.match(problem.next, /"stream", "version", "type", "data"/);
      store = await openStore(path, { mapping: { id: 'uid' } });
      assert.deepEqual(told(store), [['store-mapping-field', undefined]]);
    });

    it('is cut short in its only line', async () => {
      assert.equal((await problemOf(openStore(written('{"stream":"a","ver')))).code, 'half-written-line');
    });
  });

  it('with malformed lines: each is named, the rest is used', async () => {
    const from = await opened(`${event('a', 1)}\n{"stream": oops}\n\n42\n[1]\n"text"\nnull\n{"type":"T","version":1}\n${event('a', 2)}\n`);
    assert.deepEqual(told(from), [['malformed-line', 2], ['line-no-event', 4], ['line-no-event', 5], ['line-no-event', 6], ['line-no-event', 7], ['event-without-stream', 8]]);
    assert.equal(from.info.problemCount, 6);
    assert.match(from.info.problems[0]?.message ?? '', /Line 2 of .*a\.ndjson is not JSON: Unexpected token 'o'/);
    assert.deepEqual(from.openStream('a')?.read(0, 9).map(({ version, place }) => [version, place.line]), [[1, 1], [2, 9]]);
  });

  it('with a great many malformed lines: all counted, the first hundred told', async () => {
    const from = await opened(`${event('a', 1)}\n${'{oops\n'.repeat(250)}`);
    assert.equal(from.info.problems.length, 100);
    assert.equal(from.info.problemCount, 250);
  });

  it('that ends mid-line', async () => {
    const from = await opened(`${event('a', 1)}\n${event('a', 2).slice(0, 20)}`);
    assert.deepEqual(told(from), [['half-written-line', 2]]);
    assert.match(from.info.problems[0]?.message ?? '', /last line \(2\) of .* is half-written/);
    assert.equal(from.info.events, 1);
  });

  it('whose last line is whole but has no end', async () => {
    const from = await opened(`${event('a', 1)}\n${event('a', 2)}`);
    assert.deepEqual(told(from), []);
    assert.equal(from.info.events, 2);
  });

  it('with a BOM, CRLF and blank lines: lines are counted as an editor does', async () => {
    const from = await opened(`\uFEFF\r\n\r\n${event('a', 1)}\r\n\r\n  ${event('a', 2)}  \r\n`);
    assert.deepEqual(told(from), []);
    assert.deepEqual(from.openStream('a')?.read(0, 9).map(({ place }) => place.line), [3, 5]);
  });

  it('with duplicate and missing versions', async () => {
    const from = await opened([3, 1, 1, 7].map((version, i) => event('a', version, `,"id":"${i}"`)).join('\n'));
    assert.deepEqual(from.openStream('a')?.read(0, 9).map(({ version, id }) => [version, id]), [[1, '1'], [1, '2'], [3, '0'], [7, '3']]);
  });

  it('without versions: numbered in the order of the file, and said so', async () => {
    const from = await opened('{"stream":"a","type":"X","data":{}}\n{"stream":"b","type":"X","data":{}}\n{"stream":"a","type":"Y","data":{}}\n');
    assert.deepEqual(from.openStream('a')?.heads(0, 9).map(({ version, type }) => [version, type]), [[1, 'X'], [2, 'Y']]);
    assert.match(from.info.why, /numbered from 1/);
    assert.equal(from.info.mapping.version, null);
  });

  it('with a version that is none in one line', async () => {
    const from = await opened(`${event('a', 1)}\n${event('a', '"two"')}\n${event('a', 3)}\n{"stream":"a","type":"T","data":{}}`);
    const events = from.openStream('a')?.read(0, 9) ?? [];
    assert.deepEqual(events.map(({ version, problem }) => [version, problem?.code]), [[-1, 'unreadable-version'], [-1, 'unreadable-version'], [1, undefined], [3, undefined]]);
    assert.match(events[0]?.problem?.message ?? '', /line 2\) has no readable version: "two" is stored/);
    assert.deepEqual([1, 3].map((version) => from.openStream('a')?.indexOfVersion(version)), [2, 3]);
  });

  it('with bytes that are no UTF-8: the event is marked and its bytes shown', async () => {
    const [before = '', after = ''] = event('a', 2, ',"metadata":{"by":"?"}').split('?');
    const from = await opened(Buffer.concat([Buffer.from(`${event('a', 1)}\n${before}`), Buffer.from([0xff, 0xfe]), Buffer.from(`${after}\n`)]));
    const [, second] = from.openStream('a')?.read(0, 2) ?? [];
    assert.equal(second?.data.form, 'raw');
    assert.equal(second.data.form === 'raw' && second.data.problem.code, 'invalid-utf8');
    const line = from.openStream('a')?.raw(1).columns.at(-1)?.value;
    assert.ok(line instanceof Uint8Array && Buffer.from(line).includes(Buffer.from([0xff, 0xfe])));
    assert.equal(from.openStream('a')?.read(0, 1)[0]?.data.form, 'value');
  });

  it('with NUL bytes in it', async () => {
    const from = await opened(`${event('a', 1)}\n\0\0\0\n${event('a', 2, ',"metadata":{"n":"\\u0000"}')}\n`);
    assert.deepEqual(told(from), [['malformed-line', 2]]);
    assert.deepEqual(from.openStream('a')?.read(1, 1).map(({ metadata }) => readPayload(metadata, 'exact').value), [{ n: '\0' }]);
  });

  it('with a line of 50 MB', async () => {
    const long = 'x'.repeat(50 * 1024 * 1024);
    const from = await opened(`${event('a', 1)}\n${event('a', 2, `,"metadata":{"long":"${long}"}`)}\n${event('a', 3)}\n`);
    const [, second, third] = from.openStream('a')?.read(0, 3) ?? [];
    assert.equal((readPayload(second?.metadata ?? { form: 'absent' }, 'exact').value as { long: string }).long.length, long.length);
    assert.equal(third?.version, 3);
  });

  it('with lines across the borders of what is read at once', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => event(`s${i % 3}`, Math.floor(i / 3), `,"metadata":{"pad":"${'é'.repeat(70_000 + i)}"}`));
    const from = await opened(lines.join('\r\n'));
    assert.equal(from.info.events, 60);
    const reader = from.openStream('s1');
    assert.equal(reader?.length, 20);
    for (const { metadata, version } of reader?.read(0, 20) ?? []) {
      assert.equal((readPayload(metadata, 'exact').value as { pad: string }).pad.length, 70_000 + Number(version) * 3 + 1);
    }
  });

  it('that changes, shrinks or vanishes while open', async () => {
    const path = ndjsonStore(folder.file('b.ndjson'), someEvents(2, 3));
    const changes: [string, () => void][] = [
      ['store-changed', () => appendFileSync(path, 'more')],
      ['store-changed', () => truncateSync(path, 40)],
      ['store-vanished', () => renameSync(path, folder.file('away'))],
    ];
    for (const [code, change] of changes) {
      ndjsonStore(path, someEvents(2, 3));
      store?.close();
      store = await openStore(path);
      const reader = store.openStream('order-0001');
      store.check();
      change();
      const from = store;
      for (const call of [() => from.check(), () => from.streams({ limit: 1 }), () => reader?.read(0, 1), () => reader?.raw(0)]) {
        assert.equal((await problemOf(call)).code, code);
      }
    }
  });

  it('reports progress while it is read, and stops when told to', async () => {
    const path = ndjsonStore(folder.file('b.ndjson'), someEvents(10, 4000));
    const seen: number[] = [];
    store = await openStore(path, { onProgress: (done, total) => seen.push(done / total) });
    assert.ok(seen.length >= 2);
    assert.equal(seen.at(-1), 1);
    assert.deepEqual([...seen].sort((a, b) => a - b), seen);
    const controller = new AbortController();
    const problem = await problemOf(openStore(path, { signal: controller.signal, onProgress: () => controller.abort() }));
    assert.equal(problem.code, 'store-cancelled');
    assert.equal((await problemOf(openStore(path, { signal: AbortSignal.abort() }))).code, 'store-cancelled');
  });
});

describe('the fields of NDJSON', () => {
  let folder: TempFolder;
  before(() => (folder = tempFolder()));
  after(() => folder.remove());

  async function mapping(...lines: object[]): Promise<Record<string, string | null>> {
    writeFileSync(folder.file('a.ndjson'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const store = await openStore(folder.file('a.ndjson'));
    store.close();
    return Object.fromEntries(Object.entries(store.info.mapping).filter(([, field]) => field !== null));
  }

  it('are known by their names in any case', async () => {
    assert.deepEqual(await mapping({ StreamId: 'a', StreamVersion: 1, EventType: 'X', Payload: {}, MetaData: {}, OccurredAt: '2026-01-01T00:00:00Z', global_position: 1, eventId: 'e', aggregate_type: 'order' }), {
      stream: 'StreamId', version: 'StreamVersion', type: 'EventType', data: 'Payload', metadata: 'MetaData', time: 'OccurredAt', position: 'global_position', id: 'eventId', category: 'aggregate_type',
    });
  });

  it('are known where tools that exist write them', async () => {
    // message-db, exported from PostgreSQL: position is the version, global_position the position.
    assert.deepEqual(await mapping({ global_position: 1, position: 0, time: '2026-03-02T09:00:00.123', stream_name: 'order-1', type: 'Placed', data: {}, metadata: null, id: 'u' }), {
      stream: 'stream_name', version: 'position', type: 'type', data: 'data', metadata: 'metadata', time: 'time', position: 'global_position', id: 'id',
    });
    // Marten
    assert.deepEqual(await mapping({ seq_id: 1, id: 'e', stream_id: 's', version: 1, data: {}, type: 'placed', timestamp: '2026-03-02T09:00:00.123+00:00', tenant_id: 'x', headers: null }), {
      stream: 'stream_id', version: 'version', type: 'type', data: 'data', metadata: 'headers', time: 'timestamp', position: 'seq_id', id: 'id',
    });
  });

  it('are found one level down in an envelope', async () => {
    assert.deepEqual(await mapping({ stream: { id: 'a', version: 1, type: 'order' }, event: { type: 'X', data: {} }, metadata: { timestamp: '2026-01-01T00:00:00Z' } }), {
      stream: '/stream/id', version: '/stream/version', category: '/stream/type', type: '/event/type', data: '/event/data', metadata: 'metadata', time: '/metadata/timestamp',
    });
  });

  it('may be the payload themselves', async () => {
    assert.deepEqual(await mapping({ aggregateId: 'a', version: 1, type: 'X', amount: 5 }), { stream: 'aggregateId', version: 'version', type: 'type', data: '' });
  });

  it('give numbers their digits', async () => {
    writeFileSync(folder.file('n.ndjson'), '{"stream":9007199254740993,"version":1,"type":"X","data":{},"time":1772442000123456789,"position":18446744073709551615}\n');
    const store = await openStore(folder.file('n.ndjson'));
    const [event] = store.openStream('9007199254740993')?.read(0, 1) ?? [];
    assert.equal(event?.position, 18446744073709551615n);
    assert.equal(event.time, '2026-03-02T09:00:00.123456789Z');
    store.close();
  });
});
