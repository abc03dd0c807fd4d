import { writeFileSync } from 'node:fs';
import type { StoreMapping } from '../../src/model/store-info';
import { toJson } from '../../src/model/json';
import { ndjsonStore, sqlFile, sqliteStore, type TempFolder, type TestEvent } from '../support/stores';

/** One kind of store: writes events so that a file of that kind holds them. */
export interface Kind {
  name: string;
  /** Has no place for what a test asks of it. */
  lacks?: ('repeats' | 'position' | 'raw payload')[];
  mapping?: StoreMapping;
  write(folder: TempFolder, events: TestEvent[]): string;
}

const text = (value: string | number | bigint | null | undefined): string => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL'));
const json = (value: unknown): string | null => (value === undefined ? null : typeof value === 'string' ? value : toJson(value));

/** Fills a table of any shape: `columns` maps its columns to what is stored. */
function filled(path: string, ddl: string[], table: string, events: TestEvent[], columns: Record<string, (event: TestEvent, index: number) => unknown>): string {
  const rows = events.map((event, i) => `INSERT INTO ${table}(${Object.keys(columns).join(', ')}) VALUES (${Object.values(columns).map((of) => of(event, i)).join(', ')});`);
  return sqlFile(path, ...ddl, `BEGIN;${rows.join('\n')}COMMIT;`);
}

const camel = {
  globalSequence: (_: TestEvent, i: number) => i + 1,
  AggregateId: (event: TestEvent) => text(event.stream),
  AggregateVersion: (event: TestEvent) => event.version,
  EventName: (event: TestEvent) => text(event.type ?? 'Happened'),
  Payload: (event: TestEvent) => `CAST(${text(json(event.data ?? {}))} AS BLOB)`,
  Headers: (event: TestEvent) => text(json(event.metadata)),
  occurredOn: (event: TestEvent) => text(event.time),
  eventUuid: (event: TestEvent) => text(event.id),
};

export const KINDS: Kind[] = [
  {
    name: 'SQLite, unique index',
    lacks: ['repeats'],
    write: (folder, events) => sqliteStore(folder.file('a.db'), events),
  },
  {
    name: 'SQLite, WAL mode at rest',
    write: (folder, events) => sqliteStore(folder.file('a.db'), events, { journal: 'wal', unique: false }),
  },
  {
    name: 'SQLite, no index',
    write: (folder, events) => sqliteStore(folder.file('a.db'), events, { indexed: false }),
  },
  {
    name: 'SQLite, other names, payload as bytes',
    write: (folder, events) => filled(folder.file('a.sqlite'), [
      'CREATE TABLE AggregateEvents(globalSequence INTEGER PRIMARY KEY, AggregateId TEXT, AggregateVersion BIGINT, EventName TEXT, Payload BLOB, Headers TEXT, occurredOn TEXT, eventUuid TEXT)',
      'CREATE INDEX i ON AggregateEvents(AggregateId)',
    ], 'AggregateEvents', events, camel),
  },
  {
    name: 'SQLite, WITHOUT ROWID',
    lacks: ['repeats', 'position'],
    write: (folder, events) => filled(folder.file('a.db'), [
      'CREATE TABLE stored(stream_name TEXT, stream_version INTEGER, type TEXT, body TEXT, meta TEXT, ts TEXT, uuid TEXT, PRIMARY KEY(stream_name, stream_version)) WITHOUT ROWID',
    ], 'stored', events, {
      stream_name: camel.AggregateId, stream_version: camel.AggregateVersion, type: camel.EventName, body: (event) => text(json(event.data ?? {})), meta: camel.Headers, ts: camel.occurredOn, uuid: camel.eventUuid,
    }),
  },
  {
    name: 'SQLite, a view mapped by hand',
    mapping: { table: 'all_events', stream: 's', version: 'v', type: 't', data: 'd', time: 'w', position: 'p', id: 'i', metadata: 'm' },
    write: (folder, events) => filled(folder.file('a.db'), [
      'CREATE TABLE names(n INTEGER PRIMARY KEY, s TEXT UNIQUE)',
      'CREATE TABLE facts(p INTEGER PRIMARY KEY, s TEXT, v INTEGER, t TEXT, d TEXT, m TEXT, w TEXT, i TEXT)',
      'CREATE VIEW all_events AS SELECT * FROM facts',
    ], 'facts', events, {
      p: camel.globalSequence, s: camel.AggregateId, v: camel.AggregateVersion, t: camel.EventName, d: (event) => text(json(event.data ?? {})), m: camel.Headers, w: camel.occurredOn, i: camel.eventUuid,
    }),
  },
  {
    name: 'NDJSON',
    lacks: ['raw payload'],
    write: (folder, events) => ndjsonStore(folder.file('a.ndjson'), events),
  },
  {
    name: 'NDJSON, mapped, with BOM, CRLF and no last line end',
    lacks: ['raw payload'],
    mapping: { stream: '/who/agg', version: 'n', type: 'what', data: '/who/body', time: '/x/at', position: 'p', metadata: '/x/m', id: 'uid' },
    write: (folder, events) => {
      const lines = events.map((event, i) => `{"p":${i + 1},"who":{"agg":${JSON.stringify(event.stream)},"body":${json(event.data ?? {})}},"n":${event.version},"what":${JSON.stringify(event.type ?? 'Happened')},` +
        `"x":{"at":${JSON.stringify(event.time ?? null)}${event.metadata === undefined ? '' : `,"m":${json(event.metadata)}`}}${event.id === undefined ? '' : `,"uid":${JSON.stringify(event.id)}`}}`);
      const path = folder.file('a.jsonl');
      writeFileSync(path, `\uFEFF\r\n${lines.join('\r\n\r\n')}`);
      return path;
    },
  },
];
