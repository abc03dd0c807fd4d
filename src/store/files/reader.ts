import type { Payload, RawRecord, StoredEvent } from '../../model/event';
import type { Place } from '../../model/problem';
import { LeftfoldError } from '../../model/problem';
import { invalidUtf8, storeChanged, unreadableVersion } from '../../model/problems/store';
import { toIsoTime } from '../../model/time';
import { canonicalInteger, type Version } from '../../model/version';
import { ExactNumber } from '../../model/exact-number';
import { toJson } from '../../model/json';
import type { EventHead, StreamReader } from '../contract';
import { TimeIndex } from '../time-index';
import type { EventIndex } from './event-index';
import { valueAt, type FieldPath, type Fields } from './fields';
import { isUtf8, type LineFile } from './lines';
import { parseStored, positionField, textField, timeField } from './parse-line';

/** What the streams of one file share. */
export interface OpenedLines {
  path: string;
  file: LineFile;
  index: EventIndex;
  fields: Fields;
  check(): void;
}

interface Line {
  value: object;
  text: string;
  exact: boolean;
  /** undefined when the bytes are UTF-8. */
  odd: Uint8Array | undefined;
}

/** A stream of an NDJSON file. */
export class LineReader implements StreamReader {
  readonly stream: string;
  private readonly events: Uint32Array;
  private readonly times: TimeIndex;

  constructor(
    private readonly opened: OpenedLines,
    number: number,
    readonly category: string | null,
  ) {
    const { index } = opened;
    this.stream = index.streams[number] ?? '';
    this.events = index.order.subarray(index.starts[number], index.starts[number + 1]);
    this.times = new TimeIndex(
      () => Float64Array.from(this.events, (event) => index.times[event] ?? NaN),
      (at) => this.timeOf(at),
    );
  }

  get length(): number {
    return this.events.length;
  }

  read(start: number, count: number): StoredEvent[] {
    const [from, end] = this.range(start, count);
    const found: StoredEvent[] = [];
    for (let index = from; index < end; index++) found.push(this.event(index));
    return found;
  }

  heads(start: number, count: number): EventHead[] {
    const [from, end] = this.range(start, count);
    const { index } = this.opened;
    const heads: EventHead[] = [];
    for (let at = from; at < end; at++) {
      const event = this.events[at] ?? 0;
      const version = this.versionAt(at);
      const head: EventHead = { index: at, version: version ?? -1, type: index.types[index.typeOf[event] ?? 0] ?? 'unknown', time: this.timeOf(at) };
      if (version === undefined) head.problem = this.noVersion(at, this.line(at).value);
      heads.push(head);
    }
    return heads;
  }

  indexOfVersion(version: Version): number {
    const index = this.firstAbove(version, true) - 1;
    return index >= 0 && this.versionAt(index) === version ? index : -1;
  }

  indexFrom(version: Version): number {
    return this.firstAbove(version, false);
  }

  indexAtOrBefore(time: string): number {
    return this.times.atOrBefore(time);
  }

  raw(index: number): RawRecord {
    const { value, text, odd } = this.line(index);
    const columns: RawRecord['columns'] = Object.entries(value).map(([name, field]) => ({ name, ...rawField(field) }));
    columns.push({ name: 'line', type: 'line', value: odd ?? text });
    return { place: this.place(index), columns };
  }

  private event(index: number): StoredEvent {
    const line = this.line(index);
    const { paths } = this.opened.fields;
    const place = this.place(index);
    const version = this.versionAt(index);
    const event: StoredEvent = {
      stream: this.stream,
      version: version ?? -1,
      position: positionField(line.value, paths.position),
      type: textField(line.value, paths.type) ?? 'unknown',
      id: textField(line.value, paths.id),
      time: toIsoTime(timeField(line.value, paths.time)),
      data: payload(line, paths.data, place),
      metadata: payload(line, paths.metadata, place),
      place,
    };
    if (version === undefined) event.problem = this.noVersion(index, line.value);
    return event;
  }

  private line(index: number): Line {
    const { index: all, file, path } = this.opened;
    const event = this.events[index] ?? 0;
    this.opened.check();
    const length = all.lengths[event] ?? 0;
    const bytes = file.read(all.offsets[event] ?? 0, length);
    if (bytes.length < length) throw new LeftfoldError(storeChanged(path));
    const text = bytes.toString('utf8');
    const odd = text.includes('\uFFFD') && !isUtf8(bytes) ? new Uint8Array(bytes) : undefined;
    const { value, exact } = parseStored(text);
    return { value: value as object, text, exact, odd };
  }

  private timeOf(index: number): string | null {
    const { index: all, fields } = this.opened;
    if (fields.paths.time === null || Number.isNaN(all.times[this.events[index] ?? 0])) return null;
    return toIsoTime(timeField(this.line(index).value, fields.paths.time));
  }

  private noVersion(index: number, line: object): ReturnType<typeof unreadableVersion> {
    const stored = valueAt(line, this.opened.fields.paths.version ?? []);
    return unreadableVersion(this.place(index), stored === undefined ? 'nothing' : toJson(stored).slice(0, 40));
  }

  private versionAt(index: number): Version | undefined {
    if (this.opened.fields.paths.version === null) return index + 1;
    const event = this.events[index] ?? 0;
    const { versions, rareVersions } = this.opened.index;
    const version = versions[event] ?? NaN;
    return Number.isNaN(version) ? rareVersions.get(event) : version;
  }

  private firstAbove(version: Version, above: boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = this.versionAt(middle);
      // Unreadable versions come first.
      if (at === undefined || (above ? at <= version : at < version)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private range(start: number, count: number): [number, number] {
    return [Math.max(0, start), Math.min(this.length, start + count)];
  }

  private place(index: number): Place {
    const place: Place = { file: this.opened.path, line: this.opened.index.lines[this.events[index] ?? 0] ?? 0, stream: this.stream };
    const version = this.versionAt(index);
    if (version !== undefined) place.version = String(version);
    return place;
  }
}

function payload(line: Line, path: FieldPath | null, place: Place): Payload {
  if (path === null) return { form: 'absent' };
  const value = valueAt(line.value, path);
  if (value === undefined) return { form: 'absent' };
  if (line.odd) return { form: 'raw', stored: line.odd, problem: invalidUtf8(place) };
  return { form: 'value', value, exact: line.exact };
}

function rawField(value: unknown): { type: string; value: string | number | bigint | null } {
  if (value === null) return { type: 'null', value: null };
  if (typeof value === 'string') return { type: 'string', value };
  if (typeof value === 'number') return { type: 'number', value };
  if (typeof value === 'boolean') return { type: 'boolean', value: String(value) };
  if (value instanceof ExactNumber) {
    return { type: 'number', value: /^-?\d+$/.test(value.source) && value.source !== '-0' ? canonicalInteger(BigInt(value.source)) : value.source };
  }
  return { type: Array.isArray(value) ? 'array' : 'object', value: toJson(value) };
}
