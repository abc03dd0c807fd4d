import type { Handlers } from '../../../../src/protocol/channel';
import type { StoreHostApi } from '../../../../src/protocol/page';
import type { StoreInfo } from '../../../../src/model/store-info';
import type { Problem } from '../../../../src/model/problem';

const STREAMS = 12_000;

const streamAt = (index: number) => `order-${String(index).padStart(6, '0')}`;

/** A store of 12,000 streams with two lines that could not be read. */
export function storeInfo(): StoreInfo {
  const lineProblem = (line: number, message: string): Problem => ({
    code: 'malformed-line',
    message,
    next: 'Fix the line; the other events can be used.',
    where: { file: '/bank/ledger.ndjson', line },
    exit: 3,
  });
  return {
    path: '/bank/data/ledger.ndjson',
    kind: 'ndjson',
    dialect: 'NDJSON',
    why: 'Each line is an object with the fields streamId, version, eventType, payload and timestamp.',
    mapping: { stream: 'streamId', version: 'version', type: 'eventType', data: 'payload', time: 'timestamp', position: null, id: 'id', metadata: '/meta/trace', category: null },
    found: [{ name: 'line', columns: ['streamId', 'version', 'eventType', 'payload', 'timestamp', 'id', 'meta'] }],
    events: 48_211,
    streams: STREAMS,
    size: 18_400_112,
    problems: [lineProblem(17, 'Line 17 is not JSON: it ends inside a text.'), lineProblem(48_000, 'Line 48000 has no version.')],
    problemCount: 2,
  };
}

/** Answers a store page. `asked` collects the requests; a `problem` is given in place of the store. */
export function storeHost(asked: { method: string; params: unknown }[], problem?: Problem): Handlers<StoreHostApi> {
  return {
    start: () => (problem ? { problem } : { info: storeInfo(), strings: {} }),
    streams: (query) => {
      asked.push({ method: 'streams', params: query });
      const all = [];
      let index = query.after === undefined ? 0 : Number(query.after.slice(6)) + 1;
      for (; index < STREAMS && all.length < query.limit; index++) {
        const stream = streamAt(index);
        if (query.match !== undefined && !stream.includes(query.match.toLowerCase())) continue;
        all.push({ stream, category: 'order', version: index % 40, lastTime: new Date(Date.UTC(2026, 1, 1) + index * 60_000).toISOString() });
      }
      return { streams: all, ...(index < STREAMS ? { next: all.at(-1)!.stream } : {}) };
    },
    openStream: (params) => (asked.push({ method: 'openStream', params }), null),
    run: (params) => (asked.push({ method: 'run', params }), null),
    copy: (params) => (asked.push({ method: 'copy', params }), null),
  };
}
