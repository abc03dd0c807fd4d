import Database from 'better-sqlite3';
import type { ReducerEvent } from '../../src/model/event';

interface Row {
  position: number;
  version: number;
  type: string;
  data: string;
  metadata: string | null;
  time: string;
  id: string;
}

/** The floor under the whole fold: rows of one query, JSON.parse, the reducer, and nothing else. */
export function bareFold(path: string, stream: string, initial: unknown, evolve: (state: unknown, event: ReducerEvent) => unknown): unknown {
  const db = new Database(path, { readonly: true });
  let state = initial;
  const rows = db.prepare('SELECT position, version, type, data, metadata, time, id FROM events WHERE stream = ? ORDER BY version').iterate(stream);
  for (const row of rows as IterableIterator<Row>) {
    state = evolve(state, {
      type: row.type,
      data: JSON.parse(row.data),
      metadata: row.metadata === null ? undefined : JSON.parse(row.metadata),
      id: row.id,
      stream,
      version: row.version,
      position: row.position,
      time: row.time,
    });
  }
  db.close();
  return state;
}

/** The floor under the first streams of a tree: a walk that skips from stream to stream along the index. */
export function bareStreams(path: string, limit: number): () => unknown[] {
  const db = new Database(path, { readonly: true });
  const walk = db.prepare(`WITH RECURSIVE s(stream) AS (
      SELECT * FROM (SELECT stream FROM events ORDER BY stream LIMIT 1)
      UNION ALL
      SELECT (SELECT stream FROM events e WHERE e.stream > s.stream ORDER BY stream LIMIT 1) FROM s WHERE s.stream IS NOT NULL
    )
    SELECT stream, (SELECT version FROM events e WHERE e.stream = s.stream ORDER BY version DESC LIMIT 1) AS version,
      (SELECT time FROM events e WHERE e.stream = s.stream ORDER BY version DESC LIMIT 1) AS time
    FROM s WHERE stream IS NOT NULL LIMIT ?`);
  return () => walk.all(limit);
}

/** The floor under a first page: its rows by version. */
export function barePage(path: string, stream: string, count: number): () => unknown[] {
  const db = new Database(path, { readonly: true });
  const page = db.prepare('SELECT position, version, type, data, metadata, time, id FROM events WHERE stream = ? ORDER BY version LIMIT ?');
  return () => page.all(stream, count);
}
