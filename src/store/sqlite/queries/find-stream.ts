import { fromSql, whereSql, type Layout } from '../layout';
import { ofStream } from './count-events';
import { categorySql, roleSql } from '../build-layout';
import { orderSql } from '../layout';

/** One row when the stream `:stream` has events. */
export function findStream(layout: Layout): string {
  return `SELECT 1 ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} LIMIT 1`;
}

/** The first or the last event of a stream: columns version, time, category. */
export function readEnd(layout: Layout, end: 'first' | 'last'): string {
  return `SELECT ${roleSql(layout, 'version')} AS version, ${roleSql(layout, 'time')} AS time, ${categorySql(layout, ':stream')} AS category
    ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} ORDER BY ${orderSql(layout, end === 'first' ? 'ASC' : 'DESC')} LIMIT 1`;
}

/** How many rows have no stream: column rows. */
export function countWithoutStream(layout: Layout, stream: string): string {
  return `SELECT count(*) AS rows ${fromSql(layout)} ${whereSql(layout, `${stream} IS NULL`)}`;
}
