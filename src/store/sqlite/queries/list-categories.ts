import { quoted, type Layout } from '../layout';
import { GROUPED } from './group-streams';
import { walkStreams } from './walk-streams';

/** Each category with its number of streams: columns category, streams. Reads every stream once. */
export function listCategories(layout: Layout, grouped: boolean): string {
  if (layout.streams && !grouped) {
    const { table, id, category } = layout.streams;
    return `SELECT s.${quoted(category)} AS category, count(DISTINCT s.${quoted(id)}) AS streams FROM main.${quoted(table)} AS s GROUP BY 1`;
  }
  const source = grouped ? GROUPED : `(${walkStreams(layout, { after: false, upTo: false }).replace(/LIMIT :limit$/, '')})`;
  return `SELECT category, count(*) AS streams FROM ${source} GROUP BY category`;
}
