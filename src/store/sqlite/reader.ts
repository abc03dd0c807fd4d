import type { Payload, RawRecord, StoredEvent } from '../../model/event';
import type { Place } from '../../model/problem';
import { invalidUtf8, unreadableVersion } from '../../model/problems/store';
import { storedTimeToMs, toIsoTime } from '../../model/time';
import { canonicalInteger, type Version } from '../../model/version';
import type { EventHead, StreamReader } from '../contract';
import { TimeIndex } from '../time-index';
import { addressStream, type Addresses, type StreamFacts } from './addresses';
import { EVENT_PARTS, HEAD_PARTS, TIME_PARTS, type Selection } from './queries/read-events';
import { REPLACEMENT, described, payloadOf, positionOf, textOf, utf8, type SqlValue } from './values';

const EVENT: Selection = { parts: EVENT_PARTS };
const HEAD: Selection = { parts: HEAD_PARTS };
const TIME: Selection = { parts: TIME_PARTS };

/** Rows read at once where a whole stream is gone through. */
const PAGE = 4096;

/** What a reader shares with its store: checks and translated errors around every access. */
export type Guard = <T>(read: () => T) => T;

/** A stream of a SQLite store. */
export class SqliteReader implements StreamReader {
  private readonly addresses: Addresses;
  private readonly times: TimeIndex;
  private readonly stored: Selection;
  /** The layout has no version: events are numbered from 1. */
  private readonly numbered: boolean;

  constructor(
    readonly stream: string,
    readonly category: string | null,
    private readonly facts: StreamFacts,
    private readonly guard: Guard,
    private readonly columns: readonly string[],
  ) {
    this.addresses = addressStream(facts);
    this.stored = { stored: columns };
    this.numbered = facts.layout.columns.version === null;
    this.times = new TimeIndex(
      () => this.allTimes(),
      (index) => toIsoTime(this.rows(TIME, index, 1)[0]?.[0]),
    );
  }

  get length(): number {
    return this.addresses.length;
  }

  read(start: number, count: number): StoredEvent[] {
    const first = Math.max(0, start);
    return this.rows(EVENT, start, count).map((row, i) => this.event(row, first + i));
  }

  heads(start: number, count: number): EventHead[] {
    const first = Math.max(0, start);
    return this.rows(HEAD, start, count).map(([version = null, type = null, time = null], i) => {
      const index = first + i;
      const read = this.version(index);
      const head: EventHead = { index, version: read.version, type: textOf(type) ?? 'unknown', time: toIsoTime(time) };
      if (!read.readable) head.problem = unreadableVersion(this.place(), described(version));
      return head;
    });
  }

  indexOfVersion(version: Version): number {
    let index = this.firstAbove(version, true) - 1;
    while (index >= 0 && this.versionAt(index) !== version && this.keyAt(index) >= version) index--;
    return index >= 0 && this.versionAt(index) === version ? index : -1;
  }

  indexFrom(version: Version): number {
    return this.firstAbove(version, false);
  }

  indexAtOrBefore(time: string): number {
    return this.facts.layout.columns.time === null ? -1 : this.times.atOrBefore(time);
  }

  raw(index: number): RawRecord {
    const [row = []] = this.rows(this.stored, index, 1);
    const columns = this.columns.map((name, i) => {
      const value = row[i * 2] ?? null;
      const type = String(row[i * 2 + 1] ?? 'null').toUpperCase();
      return { name, type, value: this.rawValue(value, name, index) };
    });
    return { place: this.place(this.versionAt(index)), columns };
  }

  private rows(selection: Selection, start: number, count: number): SqlValue[][] {
    const from = Math.max(0, start);
    const end = Math.min(this.length, start + count);
    return end <= from ? [] : this.guard(() => this.addresses.rows(selection, from, end));
  }

  /** One of the hot paths: a fold spends here what it does not spend in SQLite, JSON.parse and the reducer. */
  private event(row: SqlValue[], index: number): StoredEvent {
    const stored = this.numbered ? undefined : this.addresses.versionAt(index);
    const version = stored ?? (this.numbered ? index + 1 : -1);
    const place: Place = { file: this.facts.path, table: this.facts.layout.table, stream: this.stream, version: String(version) };
    const event: StoredEvent = {
      stream: this.stream,
      version,
      position: positionOf(row[1] ?? null),
      type: textOf(row[2] ?? null) ?? 'unknown',
      id: textOf(row[3] ?? null),
      time: toIsoTime(row[4]),
      data: this.payload(row[5] ?? null, 'data', place, index),
      metadata: this.payload(row[6] ?? null, 'metadata', place, index),
      place,
    };
    if (stored === undefined && !this.numbered) event.problem = unreadableVersion(place, described(row[0] ?? null));
    return event;
  }

  private payload(value: SqlValue, part: 'data' | 'metadata', place: Place, index: number): Payload {
    if (typeof value === 'string' && value.includes(REPLACEMENT)) {
      const bytes = this.bytes(part, index);
      if (bytes && utf8(bytes) === undefined) return { form: 'raw', stored: bytes, problem: invalidUtf8(place) };
    }
    return payloadOf(value, place, part);
  }

  /** The bytes of a text column, where the text that was read may not be what is stored. */
  private bytes(part: 'data' | 'metadata', index: number): Uint8Array | undefined {
    const column = this.facts.layout.columns[part];
    return column === null ? undefined : this.columnBytes(column, index);
  }

  private columnBytes(column: string, index: number): Uint8Array | undefined {
    const value = this.rows({ bytesOf: column }, index, 1)[0]?.[0];
    return Buffer.isBuffer(value) ? new Uint8Array(value) : undefined;
  }

  private rawValue(value: SqlValue, column: string, index: number): string | number | bigint | Uint8Array | null {
    if (typeof value === 'bigint') return canonicalInteger(value);
    if (Buffer.isBuffer(value)) return new Uint8Array(value);
    if (typeof value === 'string' && value.includes(REPLACEMENT)) {
      const bytes = this.columnBytes(column, index);
      if (bytes && utf8(bytes) === undefined) return bytes;
    }
    return value;
  }

  /** Events of layouts without a version are numbered from 1; an unreadable one is shown as -1, with a problem. */
  private version(index: number): { version: Version; readable: boolean } {
    if (this.numbered) return { version: index + 1, readable: true };
    const version = this.addresses.versionAt(index);
    return version === undefined ? { version: -1, readable: false } : { version, readable: true };
  }

  private keyAt(index: number): Version {
    return this.numbered ? index + 1 : this.addresses.keyAt(index);
  }

  private versionAt(index: number): Version {
    return this.version(index).version;
  }

  /** The first index whose version is above the given one, or at it when `orAt` is false. */
  private firstAbove(version: Version, above: boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.keyAt(middle);
      if (above ? at <= version : at < version) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private allTimes(): Float64Array {
    const times = new Float64Array(this.length).fill(NaN);
    for (let start = 0; start < times.length; start += PAGE) {
      this.rows(TIME, start, PAGE).forEach(([stored], i) => {
        times[start + i] = storedTimeToMs(stored);
      });
    }
    return times;
  }

  private place(version?: Version): Place {
    const place: Place = { file: this.facts.path, table: this.facts.layout.table, stream: this.stream };
    if (version !== undefined) place.version = String(version);
    return place;
  }
}
