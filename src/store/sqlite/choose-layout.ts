import type { Database } from 'better-sqlite3';
import { LeftfoldError } from '../../model/problem';
import { mappingIncomplete, mappingWithoutColumn, mappingWithoutTable, storeUnknownSchema } from '../../model/problems/store';
import { EVENT_ROLES, type StoreMapping } from '../../model/store-info';
import { buildLayout } from './build-layout';
import { findDialect } from './dialects';
import type { Dialect } from './dialects/dialect';
import { describeTable, type Table } from './introspect';
import type { Layout } from './layout';
import { recogniseTable, type Recognition } from './recognise';
import { sampleTable } from './sample';

/**
 * Where the events of a database lie: as mapped by hand, else as a known product lays them out, else as the names and
 * contents of its tables suggest.
 * @throws LeftfoldError store-unknown-schema, store-mapping-table, store-mapping-column, store-mapping-incomplete
 */
export function chooseLayout(db: Database, file: string, tables: Table[], mapping: StoreMapping | undefined): Layout {
  if (mapping && Object.values(mapping).some((value) => value !== undefined)) return mappedLayout(db, file, tables, mapping);
  const dialect = findDialect(tables);
  if (dialect) return dialectLayout(db, tables, dialect);
  const best = bestTable(db, tables.filter((table) => table.kind === 'table'), {});
  if (!best) throw new LeftfoldError(storeUnknownSchema(file, tables.map(describeTable)));
  return recognisedLayout(db, best);
}

function dialectLayout(db: Database, tables: Table[], dialect: Dialect): Layout {
  const table = tables.find((one) => one.name.toLowerCase() === dialect.table) as Table;
  return buildLayout(db, table, sampleTable(db, table), {
    dialect: dialect.product,
    why: [`the columns of ${dialect.product} ${dialect.versions} are all there, in ${Object.keys(dialect.required).join(' and ')}`, dialect.leavesOut],
    columns: dialect.columns,
    only: [...dialect.only],
    streams: dialect.streams,
  });
}

interface Found {
  table: Table;
  recognition: Recognition;
}

function bestTable(db: Database, tables: Table[], fixed: StoreMapping): Found | undefined {
  let best: Found | undefined;
  for (const table of tables) {
    const recognition = recogniseTable(table, sampleTable(db, table), fixed);
    if (recognition && (!best || recognition.score > best.recognition.score)) best = { table, recognition };
  }
  return best;
}

function recognisedLayout(db: Database, { table, recognition }: Found): Layout {
  return buildLayout(db, table, sampleTable(db, table), { dialect: 'SQLite events table', why: recognition.reasons, columns: recognition.columns });
}

function mappedLayout(db: Database, file: string, tables: Table[], mapping: StoreMapping): Layout {
  const table = mappedTable(db, file, tables, mapping);
  const fixed: StoreMapping = {};
  for (const role of EVENT_ROLES) {
    const name = mapping[role];
    if (name === undefined) continue;
    const found = name === null ? null : table.columns.find((column) => column.name === name) ?? table.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (found === undefined) throw new LeftfoldError(mappingWithoutColumn(file, table.name, role, String(name), table.columns.map((column) => column.name)));
    fixed[role] = found === null ? null : found.name;
  }
  const recognition = recogniseTable(table, sampleTable(db, table), fixed);
  if (!recognition || (recognition.columns.data === null && fixed.data === undefined)) {
    throw new LeftfoldError(mappingIncomplete(file, table.name, 'data', table.columns.map((column) => column.name)));
  }
  return recognisedLayout(db, { table, recognition });
}

function mappedTable(db: Database, file: string, tables: Table[], mapping: StoreMapping): Table {
  const { table: name } = mapping;
  if (name !== undefined) {
    const table = tables.find((one) => one.name === name) ?? tables.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!table) throw new LeftfoldError(mappingWithoutTable(file, name, tables.map((one) => one.name)));
    return table;
  }
  const wanted = EVENT_ROLES.map((role) => mapping[role]).filter((column) => typeof column === 'string');
  const having = tables.filter((table) => wanted.every((column) => table.columns.some((one) => one.name.toLowerCase() === column.toLowerCase())));
  const best = bestTable(db, having, {}) ?? bestTable(db, having, mapping);
  if (best) return best.table;
  const nearest = bestTable(db, tables, {})?.table ?? tables[0];
  const [role, column] = EVENT_ROLES.map((one) => [one, mapping[one]] as const).find(
    ([, one]) => typeof one === 'string' && !nearest?.columns.some(({ name: own }) => own.toLowerCase() === one.toLowerCase()),
  ) ?? ['data', 'data'];
  if (!nearest) throw new LeftfoldError(storeUnknownSchema(file, []));
  throw new LeftfoldError(mappingWithoutColumn(file, nearest.name, role, String(column), nearest.columns.map(({ name: own }) => own)));
}
