import { categorySql, roleSql } from '../build-layout';
import { fromSql, streamSql, versionSql, whereSql, type Layout } from '../layout';

/** The temporary (in-memory) table that groupStreams fills; SQLite keeps it beside the database, not in it. */
export const GROUPED = 'temp.leftfold_streams';

/**
 * Reads the whole table once and keeps one row a stream: for tables without an index that begins with the stream,
 * where each page of streams would otherwise read everything. The other columns of a row with `max()` come from the
 * row that has the maximum (https://sqlite.org/lang_select.html#bareagg).
 */
export function groupStreams(layout: Layout): string[] {
  const stream = streamSql(layout) ?? 'NULL';
  const version = versionSql(layout);
  const order = version ?? (layout.rowKey.by === 'rowid' ? layout.rowKey.sql : '1');
  const shown = version === null ? 'count(*)' : roleSql(layout, 'version');
  return [
    `CREATE TABLE IF NOT EXISTS ${GROUPED}(id PRIMARY KEY, version, time, category, last) WITHOUT ROWID`,
    `INSERT INTO ${GROUPED}
     SELECT ${stream}, ${shown}, ${roleSql(layout, 'time')}, ${categorySql(layout, stream)}, max(${order})
     ${fromSql(layout)} ${whereSql(layout, `${stream} IS NOT NULL`)} GROUP BY ${stream} COLLATE BINARY`,
  ];
}
