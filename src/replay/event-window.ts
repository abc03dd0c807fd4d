import type { StoredEvent } from '../model/event';
import type { StreamReader } from '../store/contract';

/** Reads ahead in windows of bounded size, growing while the reading goes straight on. */
const MOST_EVENTS = 512;
const FIRST_EVENTS = 32;
const MOST_CHARACTERS = 2_000_000;

/** The events of a stream one by one, read in windows. Each cursor through a stream has one of its own. */
export class EventWindow {
  private start = 0;
  private events: StoredEvent[] = [];
  private next = FIRST_EVENTS;

  constructor(private readonly reader: StreamReader) {}

  /** The event at an index, undefined when the store does not give it. */
  at(index: number): StoredEvent | undefined {
    const known = this.events[index - this.start];
    if (known !== undefined && index >= this.start) return known;
    const straightOn = index === this.start + this.events.length && this.events.length > 0;
    const count = straightOn ? this.next : FIRST_EVENTS;
    this.events = this.reader.read(index, count);
    this.start = index;
    this.next = this.countFor(count);
    return this.events[0];
  }

  /** Twice as many as before, but no more than the payloads seen last say fit. */
  private countFor(count: number): number {
    let characters = 1;
    for (const { data } of this.events) if (data.form === 'json') characters += data.text.length;
    const fitting = Math.floor((MOST_CHARACTERS * this.events.length) / characters);
    return Math.max(1, Math.min(count * 2, MOST_EVENTS, fitting));
  }
}
