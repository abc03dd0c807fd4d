import type { Table } from '../introspect';
import type { Dialect } from './dialect';
import { emmett } from './emmett';

/** Every layout known by product. Their required columns exclude each other. */
const DIALECTS: readonly Dialect[] = [emmett];

/** The dialect whose tables and columns are all there. */
export function findDialect(tables: readonly Table[]): Dialect | undefined {
  return DIALECTS.find((dialect) =>
    Object.entries(dialect.required).every(([name, columns]) => {
      const table = tables.find((one) => one.name.toLowerCase() === name);
      const names = new Set(table?.columns.map((column) => column.name.toLowerCase()));
      return columns.every((column) => names.has(column));
    }),
  );
}
