import { categorySql, roleSql } from '../build-layout';
import { fromSql, orderSql, quoted, streamSql, versionSql, whereSql, type Layout } from '../layout';

/** What narrows the walk; each says whether a parameter of its name is bound. */
export interface StreamWalk {
  /** `:after`, exclusive unless `inclusive`. */
  after: boolean;
  inclusive?: boolean;
  /** `:upTo`, exclusive: the walk ends before this id. */
  upTo: boolean;
  /** A condition on `ids.id`, and one on `category`. */
  idCondition?: string | undefined;
  categoryCondition?: string | undefined;
  /** Ids come from the streams table, which is shorter than the index where most streams are passed over. */
  fromStreamsTable?: boolean;
}

/**
 * The streams after an id with the last version, its time and the category of each: columns id, version, time,
 * category. `:limit` rows.
 *
 * The ids are found by skipping through the index from each id to the next one (SQLite has no loose index scan of its
 * own), so a page costs as many seeks as it has streams, however many events there are.
 */
export function walkStreams(layout: Layout, walk: StreamWalk): string {
  const stream = streamSql(layout) ?? 'NULL';
  const last = lastEvent(layout);
  return `
    SELECT id, version, time, category FROM (
      SELECT ids.id AS id, ${last.version} AS version, ${last.time} AS time, ${last.category} AS category
      FROM (${walk.fromStreamsTable && layout.streams ? fromTable(layout, walk) : skipScan(layout, stream, walk)}) AS ids
      ${last.join}
      WHERE ids.id IS NOT NULL${walk.idCondition === undefined ? '' : ` AND ${walk.idCondition}`}
    )${walk.categoryCondition === undefined ? '' : ` WHERE ${walk.categoryCondition}`}
    LIMIT :limit`;
}

function skipScan(layout: Layout, stream: string, walk: StreamWalk): string {
  const end = walk.upTo ? `${stream} < :upTo` : null;
  const first = walk.after ? `${stream} ${walk.inclusive ? '>=' : '>'} :after` : `${stream} IS NOT NULL`;
  const next = (condition: string): string => `SELECT ${stream} AS id ${fromSql(layout)} ${whereSql(layout, condition, end)} ORDER BY ${stream} LIMIT 1`;
  return `
    WITH RECURSIVE walk(id) AS (
      SELECT id FROM (${next(first)})
      UNION ALL
      SELECT (${next(`${stream} > walk.id`)}) FROM walk WHERE walk.id IS NOT NULL
    )
    SELECT id FROM walk`;
}

function fromTable(layout: Layout, walk: StreamWalk): string {
  const { table, id } = layout.streams ?? { table: '', id: '' };
  const conditions = [...(walk.after ? [`s.${quoted(id)} > :after`] : []), ...(walk.upTo ? [`s.${quoted(id)} < :upTo`] : [])];
  return `SELECT DISTINCT s.${quoted(id)} AS id FROM main.${quoted(table)} AS s ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY 1`;
}

interface LastEvent {
  join: string;
  version: string;
  time: string;
  category: string;
}

/** How the last event of `ids.id` is reached. */
function lastEvent(layout: Layout): LastEvent {
  const ofStream = whereSql(layout, `${streamSql(layout)} = ids.id`);
  const one = (value: string): string => `(SELECT ${value} ${fromSql(layout)} ${ofStream} ORDER BY ${orderSql(layout, 'DESC')} LIMIT 1)`;
  const count = `(SELECT count(*) ${fromSql(layout)} ${ofStream})`;
  const version = versionSql(layout) === null ? count : null;
  if (layout.rowKey.by === 'rowid') {
    return {
      join: `CROSS JOIN main.${quoted(layout.table)} AS e ON ${layout.rowKey.sql} = ${one(layout.rowKey.sql)}`,
      version: version ?? roleSql(layout, 'version'),
      time: roleSql(layout, 'time'),
      category: categorySql(layout, 'ids.id'),
    };
  }
  return {
    join: '',
    version: version ?? one(roleSql(layout, 'version')),
    time: one(roleSql(layout, 'time')),
    category: layout.streams ? categorySql(layout, 'ids.id') : one(categorySql(layout, 'ids.id')),
  };
}
