import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

export const SMALL_STREAMS = 20_000;
export const EVENTS_PER_SMALL_STREAM = 50;
export const LONG_STREAM = 'ledger-1';
export const LONG_LENGTH = 1_000_000;

const TYPES = ['Deposited', 'Withdrawn', 'FeeCharged', 'LimitChanged', 'NoteAdded'];

/** The store of 2,000,000 events, made once (a minute) and kept. @returns its path */
export function benchStore(root: string): string {
  const path = join(root, '.cache', 'bench', 'events-2.db');
  if (existsSync(path)) return path;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  console.error('Making the store of 2,000,000 events (once)…');
  fill(unfinished);
  renameSync(unfinished, path);
  return path;
}

function fill(path: string): void {
  const db = new Database(path);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.exec(`CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL, data TEXT NOT NULL,
    metadata TEXT, time TEXT NOT NULL, id TEXT NOT NULL)`);
  const insert = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  db.exec('BEGIN');
  let position = 0;
  const add = (stream: string, version: number) => {
    position++;
    insert.run(position, stream, version, TYPES[position % TYPES.length], data(position), metadata(position), time(position), `evt-${position}`);
  };
  // As a store fills up: the long stream grows between the others.
  const between = LONG_LENGTH / (SMALL_STREAMS * EVENTS_PER_SMALL_STREAM);
  let long = 0;
  for (let version = 1; version <= EVENTS_PER_SMALL_STREAM; version++) {
    for (let i = 0; i < SMALL_STREAMS; i++) {
      add(`cart-${String(i).padStart(5, '0')}`, version);
      for (let n = 0; n < between; n++) add(LONG_STREAM, ++long);
    }
  }
  db.exec('COMMIT');
  db.exec('CREATE UNIQUE INDEX events_by_stream ON events (stream, version)');
  db.close();
}

function data(n: number): string {
  const amount = (n * 7919) % 100_000;
  return JSON.stringify({ account: `acc-${n % 50}`, amount: amount / 100, currency: 'EUR', reference: `ref-${n}`, note: 'monthly payment', tags: ['a', 'b'] });
}

function metadata(n: number): string {
  return JSON.stringify({ correlationId: `c-${n >> 3}`, causationId: `k-${n >> 1}`, user: `user-${n % 97}` });
}

function time(n: number): string {
  return new Date(Date.UTC(2024, 0, 1) + n * 1000).toISOString();
}
