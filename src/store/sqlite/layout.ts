import type { EventRole } from '../../model/store-info';

/** Where the parts of an event lie in a database: what a dialect, the recogniser or a mapping comes to. */
export interface Layout {
  /** "emmett", "SQLite events table". */
  dialect: string;
  /** In words a person can check. */
  why: string;
  table: string;
  /** Role -> column of `table` (or of the streams table for a category, see `streams`). */
  columns: Record<EventRole, string | null>;
  /** The stream column holds text that is no text (a UUID's bytes), so it is read as bytes. */
  streamBytes: boolean;
  /** SQL for the type where no column holds it, null when the type is unknown. `e` is the table's alias. */
  typeSql: string | null;
  /** SQL conditions that tell events from other rows of the table; `e` is the table's alias. */
  only: string[];
  /** A table with one row a stream, holding its category. */
  streams: { table: string; id: string; category: string } | null;
  /** The category is the text before the first "-" of the stream. */
  categoryFromName: boolean;
  /** How rows are told apart and, where the table has them, put in stored order. */
  rowKey: RowKey;
  /** An index whose first columns are stream and version serves the walk over streams. */
  indexed: 'stream-version' | 'stream' | null;
  /** No two rows have the same stream and version. */
  uniqueVersions: boolean;
  /** Versions are stored as integers, so that the database's order is theirs; else they are cast. */
  integerVersions: boolean;
}

/** `rowid`: an expression for it (rowid, _rowid_ or oid, whichever no column hides); `none`: views, WITHOUT ROWID tables. */
export type RowKey = { by: 'rowid'; sql: string } | { by: 'none' };

/** A name as an SQL identifier. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A column of the events table, under the alias `e`. */
export function column(name: string): string {
  return `e.${quoted(name)}`;
}

/** The stream of an event as SQL. Without a column all events are one stream. */
export function streamSql(layout: Layout): string | null {
  if (layout.columns.stream === null) return null;
  const sql = column(layout.columns.stream);
  return layout.streamBytes ? `CAST(${sql} AS BLOB)` : sql;
}

/** The version of an event as SQL, null where there is none and events are numbered. */
export function versionSql(layout: Layout): string | null {
  if (layout.columns.version === null) return null;
  const sql = column(layout.columns.version);
  return layout.integerVersions ? sql : `CAST(${sql} AS INTEGER)`;
}

/** The order of the events of one stream: by version, then by position, then as stored. */
export function orderSql(layout: Layout, direction: 'ASC' | 'DESC' = 'ASC'): string {
  const version = versionSql(layout);
  const terms = version === null ? [] : [version];
  const { rowKey, columns } = layout;
  if (version === null && columns.position !== null) terms.push(column(columns.position));
  if (rowKey.by === 'rowid') terms.push(rowKey.sql);
  else if (version !== null && columns.position !== null) terms.push(column(columns.position));
  if (terms.length === 0) terms.push('1');
  return terms.map((term) => `${term} ${direction}`).join(', ');
}

/** A WHERE clause of the given conditions and those that tell events from other rows. */
export function whereSql(layout: Layout, ...conditions: (string | null | undefined)[]): string {
  const all = [...conditions.filter((condition) => condition != null), ...layout.only];
  return all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`;
}

/** The events table in a FROM clause. */
export function fromSql(layout: Layout): string {
  return `FROM main.${quoted(layout.table)} AS e`;
}
