import type { Version } from '../../model/version';
import { Numbers } from './grow';

/** Where each event of a file lies, and what lists need of it: about 44 bytes an event, whatever its payload. */
export interface EventIndex {
  /** Bytes. */
  offsets: Float64Array;
  lengths: Uint32Array;
  lines: Uint32Array;
  /** Numbers of `types`. */
  typeOf: Uint32Array;
  types: string[];
  /** Milliseconds since 1970, NaN where there is none. */
  times: Float64Array;
  /** The version as a double; NaN where it is in `rareVersions`. */
  versions: Float64Array;
  /** Versions beyond 2^53, and undefined for those that could not be read. */
  rareVersions: Map<number, Version | undefined>;
  /** Stream ids in order. */
  streams: string[];
  streamNumbers: Map<string, number>;
  categories: (string | null)[];
  /** Events of stream `n`, in order: `order[starts[n]]` to `order[starts[n + 1] - 1]`. */
  order: Uint32Array;
  starts: Uint32Array;
}

/** What is known of a line once it is parsed. */
export interface IndexedLine {
  offset: number;
  length: number;
  line: number;
  stream: string;
  category: string | null;
  type: string;
  ms: number;
  /** undefined when unreadable. */
  version: Version | undefined;
}

/** Collects lines in the order of the file. */
export class IndexBuilder {
  private readonly offsets = new Numbers(Float64Array);
  private readonly lengths = new Numbers(Uint32Array);
  private readonly lines = new Numbers(Uint32Array);
  private readonly typeOf = new Numbers(Uint32Array);
  private readonly times = new Numbers(Float64Array);
  private readonly versions = new Numbers(Float64Array);
  private readonly streamOf = new Numbers(Uint32Array);
  private readonly rareVersions = new Map<number, Version | undefined>();
  private readonly typeNumbers = new Map<string, number>();
  private readonly streamNumbers = new Map<string, number>();
  private readonly categories: (string | null)[] = [];

  add(line: IndexedLine): void {
    if (typeof line.version !== 'number') this.rareVersions.set(this.offsets.length, line.version);
    this.versions.push(typeof line.version === 'number' ? line.version : NaN);
    this.offsets.push(line.offset);
    this.lengths.push(line.length);
    this.lines.push(line.line);
    this.times.push(line.ms);
    this.typeOf.push(intern(this.typeNumbers, line.type));
    const stream = intern(this.streamNumbers, line.stream);
    this.streamOf.push(stream);
    this.categories[stream] ??= line.category;
  }

  /** Sorts the events of each stream by version, those with the same one as they lie in the file. */
  done(numbered: boolean): EventIndex {
    const streamOf = this.streamOf.done();
    const versions = this.versions.done();
    const names = [...this.streamNumbers.keys()];
    const sorted = names.map((_, n) => n).sort((a, b) => compareUtf8(names[a] ?? '', names[b] ?? ''));
    const rank = new Uint32Array(names.length);
    sorted.forEach((n, place) => (rank[n] = place));
    const { order, starts } = group(streamOf, rank);
    const streams = sorted.map((n) => names[n] ?? '');
    const at = (event: number): Version => this.rareVersions.get(event) ?? versions[event] ?? NaN;
    for (let n = 0; n < streams.length && !numbered; n++) sortEvents(order.subarray(starts[n], starts[n + 1]), at);
    return {
      offsets: this.offsets.done(),
      lengths: this.lengths.done(),
      lines: this.lines.done(),
      typeOf: this.typeOf.done(),
      types: [...this.typeNumbers.keys()],
      times: this.times.done(),
      versions,
      rareVersions: this.rareVersions,
      streams,
      streamNumbers: new Map(streams.map((name, n) => [name, n])),
      categories: sorted.map((n) => this.categories[n] ?? null),
      order,
      starts,
    };
  }
}

function intern(known: Map<string, number>, text: string): number {
  const number = known.get(text);
  if (number !== undefined) return number;
  known.set(text, known.size);
  return known.size - 1;
}

/** Counting sort: linear, and events of a stream stay in the order of the file. */
function group(streamOf: Uint32Array, rank: Uint32Array): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(rank.length + 1);
  for (const stream of streamOf) {
    const next = (rank[stream] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let n = 1; n < starts.length; n++) starts[n] = (starts[n] ?? 0) + (starts[n - 1] ?? 0);
  const next = starts.slice();
  const order = new Uint32Array(streamOf.length);
  for (let event = 0; event < streamOf.length; event++) {
    const place = rank[streamOf[event] ?? 0] ?? 0;
    const at = next[place] ?? 0;
    order[at] = event;
    next[place] = at + 1;
  }
  return { order, starts };
}

function sortEvents(events: Uint32Array, version: (event: number) => Version): void {
  const before = (a: number, b: number): boolean => {
    const left = version(a);
    const right = version(b);
    // Unreadable versions come first, as NULL does in SQLite.
    if (left !== left || right !== right) return left !== left && right === right;
    return left === right ? a < b : left < right;
  };
  let sorted = true;
  for (let i = 1; i < events.length && sorted; i++) sorted = !before(events[i] ?? 0, events[i - 1] ?? 0);
  if (!sorted) events.sort((a, b) => (before(a, b) ? -1 : before(b, a) ? 1 : a - b));
}

/** The order of UTF-8 bytes, which is SQLite's too; JavaScript's own differs beyond U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const astral = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;
    return astral(left) === astral(right) ? left - right : astral(left) ? 1 : -1;
  }
  return a.length - b.length;
}
