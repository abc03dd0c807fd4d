import type { RawRecord, StoredEvent } from '../model/event';
import type { Problem } from '../model/problem';
import type { StoreInfo, StoreMapping } from '../model/store-info';
import type { CategoryHead, StreamPage, StreamQuery, StreamSummary } from '../model/stream';
import type { Version } from '../model/version';

/**
 * What every kind of event store gives. Reads only: nothing is written to the store or beside it.
 *
 * All methods but opening are synchronous: a store lives in a process of its own (or in the CLI), its reads
 * are pages of bounded size, and the caller decides when to yield between them. Methods throw LeftfoldError.
 */
export interface EventStore {
  readonly info: StoreInfo;

  /** How many events and streams it holds. Walks an index (or the table) whole, so it is for one answer, not for a list. */
  counts(): { events: number; streams: number };

  /** Sorted by name, the streams without category (null) last. One null entry alone when nothing has a category. */
  categories(): CategoryHead[];

  /** One page, sorted by stream id (code unit order), by keyset. */
  streams(query: StreamQuery): StreamPage;

  /** Counts and times of one stream, without reading payloads; undefined when the store has no such stream. */
  summary(stream: string): StreamSummary | undefined;

  /** The event types of a stream with how many events each has, most frequent first; bounded work is not promised. */
  types(stream: string): { type: string; count: number }[];

  /** Opens a stream for reading by index; undefined when the store has no such stream. */
  openStream(stream: string): StreamReader | undefined;

  /** Whether the file behind the store is still the one that was opened: throws store-changed or store-vanished. */
  check(): void;

  close(): void;
}

/**
 * One stream, addressed by index: 0 is the first event, `length - 1` the last, in the order of version and, where
 * versions repeat, of position. Indexes are dense whatever gaps or repeats the versions have; versions stay as stored.
 */
export interface StreamReader {
  readonly stream: string;
  readonly category: string | null;
  readonly length: number;

  /** At most `count` events from index `start` (inclusive); fewer at the end. Payloads unparsed where possible. */
  read(start: number, count: number): StoredEvent[];

  /** Index, version, type and time without payloads, for lists; same bounds as `read`. */
  heads(start: number, count: number): EventHead[];

  /** Index of the last event with exactly this version, -1 when there is none. */
  indexOfVersion(version: Version): number;

  /** Index of the first event whose version is >= the given one; `length` when there is none. */
  indexFrom(version: Version): number;

  /** Index of the last event at or before an ISO 8601 time, -1 when there is none. */
  indexAtOrBefore(time: string): number;

  /** The stored record of one event, undecoded. */
  raw(index: number): RawRecord;
}

export interface EventHead {
  index: number;
  version: Version;
  type: string;
  time: string | null;
  problem?: Problem;
}

export interface OpenOptions {
  mapping?: StoreMapping;
  /** Called now and then while a long opening runs (bytes of the file). */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
  /** How long to wait for a locked database, ms. */
  busyTimeoutMs?: number;
}

/** Opens whatever lies at an absolute path. Rejects with LeftfoldError (the store-* problems). */
export type OpenStore = (path: string, options?: OpenOptions) => Promise<EventStore>;
