import type { Problem } from './problem';

/** What `inspect` tells about a store. Plain data. */
export interface StoreInfo {
  /** Absolute path as opened. */
  path: string;
  kind: 'sqlite' | 'ndjson';
  /** The dialect's product and version ("emmett 0.42"), or "SQLite events table", or "NDJSON". */
  dialect: string;
  /** Why it was recognised, in words a person can check: tables, columns, fields. */
  why: string;
  /** What each part of an event is read from (role -> column or field); null where the store has none. */
  mapping: Record<EventRole, string | null>;
  /** Tables with their columns, or fields seen, for people who map by hand. */
  found: { name: string; columns: string[] }[];
  /** Counts where they are cheap; null where they would need a full read. */
  events: number | null;
  streams: number | null;
  /** Bytes of the file (and its WAL). */
  size: number;
  /** Things that could not be read, first 100; the rest of the store stays usable. */
  problems: Problem[];
  /** How many problems there are in all. */
  problemCount: number;
}

export const EVENT_ROLES = [
  'stream', 'version', 'type', 'data', 'time', 'position', 'id', 'metadata', 'category',
] as const;
export type EventRole = (typeof EVENT_ROLES)[number];

/**
 * A mapping made by hand. For SQLite: a table and the columns for each role. For NDJSON: field names, or
 * JSON Pointers when they begin with "/". Roles left out are recognised; `null` says the store has none.
 */
export interface StoreMapping extends Partial<Record<EventRole, string | null>> {
  table?: string;
}
