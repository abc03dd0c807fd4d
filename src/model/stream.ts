import type { Version } from './version';

/** What a list of streams shows of each: cheap to get for a page. */
export interface StreamHead {
  stream: string;
  /** null where the store has none and none can be derived. */
  category: string | null;
  /** The last version, as stored. */
  version: Version;
  /** ISO 8601 UTC of the last event, null where a store has none. */
  lastTime: string | null;
}

/** All that is known of one stream without reading its payloads. */
export interface StreamSummary extends StreamHead {
  /** How many events it has. */
  events: number;
  firstTime: string | null;
}

/** A page of streams is asked for by keyset: the streams that sort after `after` (exclusive), at most `limit`. */
export interface StreamQuery {
  /** Only this category; null asks for the streams without one; undefined for all. */
  category?: string | null;
  /** Case-insensitive text the stream id must contain. */
  match?: string;
  after?: string;
  limit: number;
}

export interface StreamPage {
  streams: StreamHead[];
  /** The id to pass as `after` for the next page, undefined when this was the last one. */
  next?: string;
}

export interface CategoryHead {
  /** null stands for the streams that have no category. */
  category: string | null;
  /** How many streams it has, where that is cheap to know. */
  streams?: number;
}
