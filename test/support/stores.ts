import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { toJson } from '../../src/model/json';

// Read by SQLite when its addon is first loaded; stores are opened by URI.
process.env['SQLITE_USE_URI'] = '1';

/** An event as a test writes it. `data` given as text or bytes is stored as it is, anything else as JSON. */
export interface TestEvent {
  stream: string;
  version: number | bigint;
  type?: string;
  data?: unknown;
  metadata?: unknown;
  time?: string | number | bigint | null;
  id?: string;
}

/** A folder of its own in the temporary folder, with what is needed to delete it. */
export interface TempFolder {
  path: string;
  /** An absolute path inside it. */
  file(name: string): string;
  remove(): void;
}

/** Makes a temporary folder. Remove it in `after` or `afterEach`. */
export function tempFolder(): TempFolder {
  const path = mkdtempSync(join(tmpdir(), 'leftfold-test-'));
  return { path, file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** The plain events table: position, stream, version, type, data, metadata, time, id; unique on stream and version. */
export const EVENTS_TABLE = `CREATE TABLE events(
  position INTEGER PRIMARY KEY, stream_id TEXT NOT NULL, version INTEGER NOT NULL, event_type TEXT NOT NULL,
  data TEXT, metadata TEXT, created_at TEXT, event_id TEXT)`;

/** How a test's SQLite store is made. */
export interface SqliteOptions {
  /** Journal mode, `delete` unless told. */
  journal?: 'delete' | 'wal';
  /** Whether (stream_id, version) is unique; `true` unless told. Without it the index is there, and repeats may be. */
  unique?: boolean;
  /** No index at all. */
  indexed?: boolean;
}

/**
 * Writes a SQLite store with one events table.
 * @returns its path
 */
export function sqliteStore(path: string, events: Iterable<TestEvent>, options: SqliteOptions = {}): string {
  const db = new Sqlite(path);
  db.pragma(`journal_mode = ${options.journal ?? 'delete'}`);
  db.exec(EVENTS_TABLE);
  if (options.indexed !== false) db.exec(`CREATE ${options.unique === false ? '' : 'UNIQUE'} INDEX events_stream ON events(stream_id, version)`);
  const insert = db.prepare('INSERT INTO events(stream_id, version, event_type, data, metadata, created_at, event_id) VALUES (?, ?, ?, ?, ?, ?, ?)');
  db.transaction(() => {
    for (const event of events) {
      insert.run(event.stream, event.version, event.type ?? 'Happened', stored(event.data ?? {}), stored(event.metadata), event.time ?? null, event.id ?? null);
    }
  })();
  db.close();
  return path;
}

function stored(value: unknown): string | Buffer | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || Buffer.isBuffer(value) ? value : toJson(value);
}

/** Runs SQL statements on a new or existing database and closes it. */
export function sqlFile(path: string, ...statements: string[]): string {
  const db = new Sqlite(path);
  for (const sql of statements) db.exec(sql);
  db.close();
  return path;
}

/** Writes an NDJSON store: fields position, stream, version, type, id, time, data, metadata. */
export function ndjsonStore(path: string, events: Iterable<TestEvent>): string {
  const lines: string[] = [];
  let position = 0;
  for (const event of events) {
    const data = typeof event.data === 'string' ? event.data : toJson(event.data ?? {});
    const rest = { id: event.id, time: event.time, metadata: event.metadata };
    const tail = toJson(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))).slice(1, -1);
    const type = JSON.stringify(event.type ?? 'Happened');
    lines.push(`{"position":${++position},"stream":${JSON.stringify(event.stream)},"version":${event.version},"type":${type},"data":${data}${tail ? `,${tail}` : ''}}`);
  }
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

/** Events of `streams` streams with `each` events: stream `order-0001` and so on, versions from 1, one second apart. */
export function* someEvents(streams: number, each: number): Generator<TestEvent> {
  const width = Math.max(4, String(streams).length);
  const start = Date.UTC(2026, 0, 1);
  let count = 0;
  for (let version = 1; version <= each; version++) {
    for (let n = 1; n <= streams; n++) {
      const time = new Date(start + count++ * 1000).toISOString();
      yield { stream: `order-${String(n).padStart(width, '0')}`, version, type: version === 1 ? 'Opened' : 'Changed', data: { n, version, [`field${version % 10}`]: count }, time };
    }
  }
}
