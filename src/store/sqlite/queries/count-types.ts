import { roleSql } from '../build-layout';
import { fromSql, whereSql, type Layout } from '../layout';
import { ofStream } from './count-events';

/** The event types of a stream, most frequent first: columns type, count. */
export function countTypes(layout: Layout): string {
  return `SELECT ${roleSql(layout, 'type')} AS type, count(*) AS count ${fromSql(layout)} ${whereSql(layout, ofStream(layout))} GROUP BY 1 ORDER BY 2 DESC, 1`;
}
