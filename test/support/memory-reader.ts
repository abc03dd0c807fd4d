import type { Payload, StoredEvent } from '../../src/model/event';
import type { Version } from '../../src/model/version';
import type { EventHead, StreamReader } from '../../src/store/contract';

/** What a test says of an event; the rest is made up: versions from 1, no time, positions like versions. */
export interface GivenEvent {
  type?: string;
  /** Written as JSON, unless `payload` is given. */
  data?: unknown;
  metadata?: unknown;
  version?: Version;
  time?: string | null;
  id?: string | null;
  payload?: Payload;
}

/** A stream in memory that behaves as the contract says, and counts what is read from it. */
export class MemoryReader implements StreamReader {
  readonly category: string | null = null;
  readonly length: number;
  /** How many events were read since it was made. */
  reads = 0;
  private readonly events: StoredEvent[];

  constructor(
    given: readonly GivenEvent[],
    readonly stream = 'cart-1',
  ) {
    this.events = given.map((event, index) => ({
      stream,
      version: event.version ?? index + 1,
      position: index + 1,
      type: event.type ?? 'Happened',
      id: event.id ?? null,
      time: event.time ?? null,
      data: event.payload ?? payloadOf(event.data),
      metadata: payloadOf(event.metadata),
      place: { file: 'events.ndjson', line: index + 1 },
    }));
    this.length = this.events.length;
  }

  read(start: number, count: number): StoredEvent[] {
    const found = this.events.slice(start, start + count).map((event) => ({ ...event }));
    this.reads += found.length;
    return found;
  }

  heads(start: number, count: number): EventHead[] {
    return this.events.slice(start, start + count).map(({ version, type, time }, i) => ({ index: start + i, version, type, time }));
  }

  indexOfVersion(version: Version): number {
    return this.events.findLastIndex((event) => event.version === version);
  }

  indexFrom(version: Version): number {
    const index = this.events.findIndex((event) => event.version >= version);
    return index < 0 ? this.length : index;
  }

  indexAtOrBefore(time: string): number {
    return this.events.findLastIndex((event) => event.time !== null && event.time <= time);
  }

  raw(index: number): { place: StoredEvent['place']; columns: [] } {
    return { place: this.events[index]!.place, columns: [] };
  }
}

function payloadOf(data: unknown): Payload {
  return data === undefined ? { form: 'absent' } : { form: 'json', text: JSON.stringify(data) };
}
