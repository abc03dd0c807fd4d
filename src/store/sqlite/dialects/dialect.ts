import type { EventRole } from '../../../model/store-info';

/** One product's (and version's) layout of events in SQLite, as plain data. */
export interface Dialect {
  product: string;
  /** The versions it was verified with. */
  versions: string;
  /** Table -> columns that must all be there, whatever their case; no other product has them together. */
  required: Record<string, readonly string[]>;
  /** The table with one event a row. */
  table: string;
  columns: Record<EventRole, string | null>;
  /** SQL conditions that tell events from the table's other rows; `e` is the table's alias. */
  only: readonly string[];
  /** The same in words. */
  leavesOut: string;
  /** The table with one row a stream, where the category is. */
  streams: { table: string; id: string; category: string } | null;
}
