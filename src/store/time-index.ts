import { compareTimes, timeToMs } from '../model/time';

/**
 * Finds the last event at or before a time. The times of a stream are read once, on the first question, as
 * milliseconds (8 bytes an event); events within the same millisecond are compared by their stored digits.
 */
export class TimeIndex {
  private times: Float64Array | undefined;
  /** Times never go back, so that a binary search is right. */
  private rising = true;

  /**
   * @param load times of all events in order, null where one has none
   * @param exact the stored time of one event
   */
  constructor(
    private readonly load: () => Float64Array,
    private readonly exact: (index: number) => string | null,
  ) {}

  /** The index of the last event at or before the time (as toIsoTime writes it), -1 when there is none. */
  atOrBefore(time: string): number {
    const times = (this.times ??= this.loaded());
    const ms = timeToMs(time);
    let index = this.rising ? this.lastUpTo(times, ms) : times.length - 1;
    for (; index >= 0; index--) {
      const at = times[index] ?? NaN;
      if (at < ms || (at === ms && this.isUpTo(index, time))) return index;
    }
    return -1;
  }

  private isUpTo(index: number, time: string): boolean {
    const stored = this.exact(index);
    return stored !== null && compareTimes(stored, time) <= 0;
  }

  private loaded(): Float64Array {
    const times = this.load();
    for (let i = 1; i < times.length && this.rising; i++) this.rising = (times[i] ?? NaN) >= (times[i - 1] ?? NaN);
    if (Number.isNaN(times[0] ?? 0)) this.rising = false;
    return times;
  }

  private lastUpTo(times: Float64Array, ms: number): number {
    let low = 0;
    let high = times.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((times[middle] ?? NaN) <= ms) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
