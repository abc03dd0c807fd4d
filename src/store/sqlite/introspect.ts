import type { Database } from 'better-sqlite3';

/** A column as declared. */
export interface Column {
  name: string;
  /** As declared, upper case; empty when nothing was declared. */
  type: string;
  /** 1-based place in the primary key, 0 when it is not part of it. */
  key: number;
}

/** An index: its columns in order, null for an expression. */
export interface Index {
  unique: boolean;
  partial: boolean;
  columns: (string | null)[];
  /** BINARY is SQLite's order of bytes. */
  collations: string[];
}

export interface Table {
  name: string;
  kind: 'table' | 'view' | 'virtual';
  columns: Column[];
  indexes: Index[];
  /** Has no rowid (WITHOUT ROWID tables, views). */
  withoutRowid: boolean;
  /** The column that is an alias of the rowid. */
  rowidAlias: string | null;
}

interface SchemaRow {
  name: string;
  type: string;
  wr: number;
}

/** All tables and views of a database but SQLite's own and the shadows of virtual tables. */
export function readTables(db: Database): Table[] {
  const rows = db
    .prepare(`SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name`)
    .all() as SchemaRow[];
  return rows.flatMap((row) => {
    try {
      return [readTable(db, row)];
    } catch {
      // A virtual table whose module is not built in, or a view over a missing table: not readable by anyone here.
      return [];
    }
  });
}

function readTable(db: Database, row: SchemaRow): Table {
  const columns = (
    db.prepare('SELECT name, upper(type) AS type, pk AS key FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid').all(row.name) as Column[]
  ).map((column) => ({ ...column }));
  const kind = row.type === 'view' ? 'view' : row.type === 'virtual' ? 'virtual' : 'table';
  const keys = columns.filter((column) => column.key > 0);
  const [only] = keys;
  const withoutRowid = row.wr === 1 || kind === 'view';
  const rowidAlias = !withoutRowid && keys.length === 1 && only?.type === 'INTEGER' && !hasKeyIndex(db, row.name) ? only.name : null;
  return { name: row.name, kind, columns, indexes: kind === 'table' ? readIndexes(db, row.name) : [], withoutRowid, rowidAlias };
}

/** INTEGER PRIMARY KEY DESC is, by an old quirk, no alias of the rowid: it has an index of its own. */
function hasKeyIndex(db: Database, table: string): boolean {
  return db.prepare(`SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'`).get(table) !== undefined;
}

function readIndexes(db: Database, table: string): Index[] {
  const list = db.prepare('SELECT name, "unique" AS uniq, partial FROM pragma_index_list(?)').all(table) as { name: string; uniq: number; partial: number }[];
  return list.map((index) => {
    const columns = db.prepare('SELECT name, coll FROM pragma_index_xinfo(?) WHERE key = 1 ORDER BY seqno').all(index.name) as { name: string | null; coll: string }[];
    return { unique: index.uniq === 1, partial: index.partial === 1, columns: columns.map((one) => one.name), collations: columns.map((one) => one.coll.toUpperCase()) };
  });
}

/** The name by which a table's rowid can be read, undefined when its columns hide all three. */
export function rowidName(table: Table): string | undefined {
  if (table.withoutRowid) return undefined;
  const taken = new Set(table.columns.map((column) => column.name.toLowerCase()));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}

/** `table(column, column)`, as problems list what was found. */
export function describeTable(table: Pick<Table, 'name' | 'columns'>): string {
  return `${table.name}(${table.columns.map((column) => column.name).join(', ')})`;
}
