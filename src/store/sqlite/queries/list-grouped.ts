import { GROUPED } from './group-streams';
import type { StreamWalk } from './walk-streams';

/** As walkStreams, from the table that groupStreams made. */
export function listGrouped(walk: StreamWalk): string {
  const conditions = [
    ...(walk.after ? [`ids.id ${walk.inclusive ? '>=' : '>'} :after`] : []),
    ...(walk.upTo ? ['ids.id < :upTo'] : []),
    ...(walk.idCondition === undefined ? [] : [walk.idCondition]),
    ...(walk.categoryCondition === undefined ? [] : [walk.categoryCondition]),
  ];
  return `SELECT id, version, time, category FROM ${GROUPED} AS ids ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''} ORDER BY id LIMIT :limit`;
}
