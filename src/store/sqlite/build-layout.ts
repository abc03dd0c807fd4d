import type { Database } from 'better-sqlite3';
import type { EventRole } from '../../model/store-info';
import { rowidName, type Table } from './introspect';
import { column, fromSql, quoted, type Layout, type RowKey } from './layout';
import { uniqueWith } from './recognise';
import type { TableSample } from './sample';

/** What a dialect, a mapping or the recogniser says; the rest of a layout follows from the table itself. */
export interface LayoutFacts {
  dialect: string;
  why: string[];
  columns: Record<EventRole, string | null>;
  only?: string[];
  streams?: Layout['streams'];
}

/** Fields of a payload that say its type, where no column does. */
const TYPE_FIELDS = ['type', 'eventType', 'event_type', '$type', 'kind', '__typename'];

/** Completes a layout with what the table's keys, indexes and sample rows say. */
export function buildLayout(db: Database, table: Table, sample: TableSample, facts: LayoutFacts): Layout {
  const { columns } = facts;
  const why = [...facts.why];
  const rowid = rowidName(table);
  const rowKey: RowKey = rowid === undefined ? { by: 'none' } : { by: 'rowid', sql: `e.${rowid}` };
  const streamBytes = columns.stream !== null && (sample.get(columns.stream)?.oddTexts ?? 0) > 0;
  const layout: Layout = {
    dialect: facts.dialect,
    why: '',
    table: table.name,
    columns,
    streamBytes,
    typeSql: null,
    only: facts.only ?? [],
    streams: facts.streams ?? null,
    categoryFromName: false,
    rowKey,
    indexed: streamBytes ? null : indexOver(table, columns.stream, columns.version),
    uniqueVersions: columns.stream !== null && columns.version !== null && isUnique(table, columns.stream, columns.version),
    integerVersions: columns.version === null || areIntegers(table, sample, columns.version),
  };
  if (columns.stream === null) why.push(`no column says the stream, so all events are one stream named "${table.name}"`);
  if (columns.version === null) why.push('no column holds a version, so events are numbered from 1 in stored order');
  if (columns.type === null) {
    const field = columns.data === null ? undefined : TYPE_FIELDS.find((name) => sample.get(columns.data ?? '')?.keys.has(name));
    if (field !== undefined && columns.data !== null) {
      layout.typeSql = typeFromPayload(column(columns.data), field);
      why.push(`no column says the type, so it is read from the payload's field "${field}"`);
    } else why.push('nothing says the type, so it is shown as "unknown"');
  }
  if (columns.stream !== null && layout.indexed === null && !isEmpty(db, layout)) {
    why.push(streamBytes ? `"${columns.stream}" holds bytes, so streams are grouped once, in memory` : `no index begins with "${columns.stream}", so streams are grouped once, in memory`);
  }
  return { ...layout, why: `Table "${table.name}": ${why.join('; ')}.` };
}

function typeFromPayload(data: string, field: string): string {
  const path = `'$.${JSON.stringify(field).replaceAll("'", "''")}'`;
  const text = `CASE typeof(${data}) WHEN 'blob' THEN CAST(${data} AS TEXT) ELSE ${data} END`;
  return `CASE WHEN json_valid(${text}) THEN json_extract(${text}, ${path}) END`;
}

function isEmpty(db: Database, layout: Layout): boolean {
  return db.prepare(`SELECT 1 ${fromSql(layout)} LIMIT 1`).get() === undefined;
}

function same(a: string | null | undefined, b: string): boolean {
  return a != null && a.toLowerCase() === b.toLowerCase();
}

interface Key {
  columns: (string | null)[];
  collations: string[];
  unique: boolean;
}

/** The full indexes of a table, and its own order where it has no rowid. */
function keysOf(table: Table): Key[] {
  return table.indexes.filter((index) => !index.partial);
}

function indexOver(table: Table, stream: string | null, version: string | null): Layout['indexed'] {
  if (stream === null) return null;
  const usable = keysOf(table).filter((key) => same(key.columns[0], stream) && key.collations[0] === 'BINARY');
  if (version !== null && usable.some((key) => same(key.columns[1], version))) return 'stream-version';
  return usable.length > 0 ? 'stream' : null;
}

/** Exactly stream and version, in a unique index: two rows with both the same cannot be. */
function isUnique(table: Table, stream: string, version: string): boolean {
  return uniqueWith(table, stream, version) && keysOf(table).some((key) => key.unique && key.columns.length === 2 && key.columns.every((one) => same(one, stream) || same(one, version)));
}

/** A column with integer affinity can still hold text, but only text that is no number; the sample decides. */
function areIntegers(table: Table, sample: TableSample, version: string): boolean {
  const seen = sample.get(version);
  if (seen && seen.values > 0) return seen.integers === seen.values;
  const declared = table.columns.find((one) => one.name === version)?.type ?? '';
  return !/CHAR|TEXT|CLOB/.test(declared);
}

/** SQL for one part of an event, NULL where the store has none. */
export function roleSql(layout: Layout, role: EventRole): string {
  const name = layout.columns[role];
  if (role === 'category' && layout.streams) return 'NULL';
  if (name !== null) return column(name);
  return role === 'type' && layout.typeSql !== null ? layout.typeSql : 'NULL';
}

/** The category of a stream as SQL, given the SQL of its id; NULL where it is not in the database. */
export function categorySql(layout: Layout, stream: string): string {
  if (layout.streams) {
    const { table, id, category } = layout.streams;
    return `(SELECT c.${quoted(category)} FROM main.${quoted(table)} AS c WHERE c.${quoted(id)} = ${stream} LIMIT 1)`;
  }
  return layout.columns.category === null ? 'NULL' : column(layout.columns.category);
}
