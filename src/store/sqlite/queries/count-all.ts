import { fromSql, streamSql, whereSql, type Layout } from '../layout';

/** All events and streams of the store: columns events, streams. Both walk the index of the streams where there is one. */
export function countAll(layout: Layout): string {
  const stream = streamSql(layout);
  const events = `SELECT count(*) ${fromSql(layout)} ${whereSql(layout)}`;
  if (stream === null) return `SELECT (${events}) AS events, (${events}) > 0 AS streams`;
  const known = whereSql(layout, `${stream} IS NOT NULL`);
  return `SELECT (SELECT count(*) ${fromSql(layout)} ${known}) AS events, (SELECT count(*) FROM (SELECT DISTINCT ${stream} ${fromSql(layout)} ${known})) AS streams`;
}
