import { fromSql, streamSql, versionSql, whereSql, type Layout } from '../layout';

/** A condition that selects one stream by `:stream`; none where all events are one. */
export function ofStream(layout: Layout): string | null {
  const stream = streamSql(layout);
  return stream === null ? null : `${stream} = :stream`;
}

/** How many events a stream has: column events. Answered by the index alone where there is one. */
export function countEvents(layout: Layout): string {
  return `SELECT count(*) AS events ${fromSql(layout)} ${whereSql(layout, ofStream(layout))}`;
}

/** What tells whether versions run without gap or repeat: columns events, integers, first, last. */
export function measureVersions(layout: Layout): string {
  const version = versionSql(layout) ?? 'NULL';
  return `SELECT count(*) AS events, total(typeof(${version}) = 'integer') AS integers, min(${version}) AS first, max(${version}) AS last
    ${fromSql(layout)} ${whereSql(layout, ofStream(layout))}`;
}

/** One row when a version of the stream occurs more than once. */
export function findRepeatedVersion(layout: Layout): string {
  const version = versionSql(layout) ?? 'NULL';
  return `SELECT 1 ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} GROUP BY ${version} HAVING count(*) > 1 LIMIT 1`;
}
