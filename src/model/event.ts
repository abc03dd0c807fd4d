import type { Place, Problem } from './problem';
import type { Position, Version } from './version';

/**
 * A payload or metadata as the store holds it.
 *
 * - `json`: JSON text, not parsed yet.
 * - `value`: already parsed; `exact` says whether it contains ExactNumber instances.
 * - `raw`: could not be read as JSON; shown as stored, with the problem that says why. Never dropped.
 * - `absent`: the store has none (NULL, a missing field).
 */
export type Payload =
  | { form: 'json'; text: string }
  | { form: 'value'; value: unknown; exact: boolean }
  | { form: 'raw'; stored: string | Uint8Array; problem: Problem }
  | { form: 'absent' };

/** One event, as read from a store. Nothing in it is renumbered or rounded. */
export interface StoredEvent {
  stream: string;
  version: Version;
  position: Position;
  type: string;
  id: string | null;
  /** ISO 8601 UTC with the fraction digits stored, null where the store has none or it could not be read. */
  time: string | null;
  data: Payload;
  metadata: Payload;
  /** Where it lies: file and line, or file and table. */
  place: Place;
  /** Something about this event could not be read (a malformed line, an unreadable time). */
  problem?: Problem;
}

/** The stored record behind an event: each column or field with its stored value, nothing decoded. */
export interface RawRecord {
  place: Place;
  /** `type` is the storage class or JSON type ("TEXT", "BLOB", "INTEGER", "NULL", "line"). */
  columns: { name: string; type: string; value: string | number | bigint | Uint8Array | null }[];
}

/** The event a reducer is given. */
export interface ReducerEvent {
  type: string;
  data: unknown;
  metadata: unknown;
  id: string | null;
  stream: string;
  version: Version;
  position: Position;
  time: string | null;
}
