import type { StoredEvent } from '../model/event';
import type { Problem } from '../model/problem';
import { reducerEndedEngine, reducerGivenUp } from '../model/problems/engine';
import type { Reducer } from '../replay/reducer';
import type { StreamReader } from '../store/contract';
import { BlackBox } from './black-box';
import type { EngineSettings } from './settings';

/**
 * Keeps the black box true while user code runs, and keeps away from user code the events that ended a process before.
 *
 * A write for every event would cost as much as the fold itself. So at first only the beginning of a stretch of folding
 * is recorded; a process that was started after one had died while folding is `careful` and records every event.
 */
export class UserCode {
  private readonly box: BlackBox | undefined;
  private running = false;
  private calls = 0;
  /** The index of the event whose type was read last; see `track`. */
  private index = -1;

  constructor(readonly settings: EngineSettings) {
    if (settings.blackBox !== null) this.box = new BlackBox(settings.blackBox);
  }

  /** The process handled a message, so whatever ran has given back control. */
  heard(): void {
    this.rest();
  }

  /** No user code runs any more. */
  rest(): void {
    if (!this.running) return;
    this.running = false;
    this.box?.write('idle', 0, false);
  }

  /** Runs what loads the reducer's module. */
  async loading<T>(load: () => Promise<T>): Promise<T> {
    this.running = true;
    this.box?.write('load', 0, false);
    try {
      return await load();
    } finally {
      this.rest();
    }
  }

  /** Runs work that may fold. */
  async folding<T>(work: () => Promise<T> | T): Promise<T> {
    try {
      return await work();
    } finally {
      this.rest();
    }
  }

  /** The reader to replay: the same, but events tell their index when a fold takes them. */
  track(reader: StreamReader): StreamReader {
    if (!this.tracks) return reader;
    return {
      stream: reader.stream,
      category: reader.category,
      length: reader.length,
      read: (start, count) => reader.read(start, count).map((event, i) => this.telling(event, start + i)),
      heads: (start, count) => reader.heads(start, count),
      indexOfVersion: (version) => reader.indexOfVersion(version),
      indexFrom: (version) => reader.indexFrom(version),
      indexAtOrBefore: (time) => reader.indexAtOrBefore(time),
      raw: (index) => reader.raw(index),
    };
  }

  /** The reducer to replay with: the same, recorded, and without the events it may not see again. */
  record(reducer: Reducer): Reducer {
    if (reducer.pure || !this.box) return reducer;
    const { box, settings } = this;
    if (!this.tracks) {
      return {
        ...reducer,
        initial: () => this.initial(reducer),
        evolve: (state, event) => {
          if (!this.running || (++this.calls & 63) === 0) {
            this.running = true;
            box.write('fold', 0, false);
          }
          return reducer.evolve(state, event);
        },
      };
    }
    return {
      ...reducer,
      initial: () => this.initial(reducer),
      evolve: (state, event) => {
        const step = this.index + 1;
        if (this.leavesOut(step)) throw new LeftOut();
        if (settings.careful) {
          this.running = true;
          box.write('fold', step, true);
        }
        return reducer.evolve(state, event);
      },
    };
  }

  /** Whether an event is kept away from the reducer. */
  leavesOut(step: number): boolean {
    const { poisoned, stopAt } = this.settings;
    return poisoned.some((one) => one.step === step) || (stopAt !== null && step >= stopAt);
  }

  /** Why an event was left out, null when it was not. */
  problemOf(step: number, stream: string, version: string): Problem | null {
    const { poisoned, stopAt } = this.settings;
    const found = poisoned.find((one) => one.step === step);
    if (found) return reducerEndedEngine(found.how, found.limit, stream, version);
    return stopAt !== null && step > stopAt ? reducerGivenUp(stream, version) : null;
  }

  private get tracks(): boolean {
    return this.settings.careful || this.settings.poisoned.length > 0;
  }

  private initial(reducer: Reducer): unknown {
    this.running = true;
    this.box?.write('load', 0, false);
    const state = reducer.initial();
    this.box?.write('fold', 0, false);
    return state;
  }

  /** Versions may repeat, so an event is told by its place: its type is read right before it is folded. */
  private telling(event: StoredEvent, index: number): StoredEvent {
    const { type } = event;
    return Object.defineProperty({ ...event }, 'type', {
      enumerable: true,
      get: () => {
        this.index = index;
        return type;
      },
    });
  }
}

/** Thrown instead of folding an event that ended a process; what is shown is `UserCode.problemOf`. */
class LeftOut extends Error {
  constructor() {
    super('This event ended the engine before.');
  }
}
