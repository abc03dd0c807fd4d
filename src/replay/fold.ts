import type { ReducerEvent, StoredEvent } from '../model/event';
import type { Problem } from '../model/problem';
import { reducerAsync, reducerThrew } from '../model/problems/reducer';
import { eventUnreadable } from '../model/problems/replay';
import type { StreamReader } from '../store/contract';
import { placeOf, toReducerEvent } from './payload-event';
import type { Reducer } from './reducer';
import { callerFile, firstUserFrame, messageOf } from './user-stack';

const THIS_FILE = callerFile();

/** What became of one event. */
export type Folded =
  /** `event` is the object the reducer was given, which it may have altered. */
  | { state: unknown; event: ReducerEvent; problem?: undefined }
  /** `tainted`: the reducer ran and may have altered the state before it gave up. */
  | { problem: () => Problem; tainted: boolean };

/** Folds one stored event into a state. Whatever the user's code does ends here as data. */
export function foldEvent(reducer: Reducer, state: unknown, stored: StoredEvent | undefined, reader: StreamReader, index: number): Folded {
  if (!stored) {
    const reason = 'the store gave nothing at its place.';
    return { problem: () => eventUnreadable(reason, { stream: reader.stream, version: `#${index}` }), tainted: false };
  }
  const { event, problem } = toReducerEvent(stored, reducer.numbers, !reducer.pure);
  if (!event) return { problem: () => problem, tainted: false };
  let next: unknown;
  try {
    next = reducer.evolve(state, event);
  } catch (error) {
    return { problem: () => threw(error, reducer, stored), tainted: !reducer.pure };
  }
  if (next instanceof Promise) {
    // Its outcome interests nobody, and a rejection must not end the process.
    next.catch(() => undefined);
    return { problem: () => reducerAsync({ ...sourceOf(reducer), ...identity(stored) }), tainted: !reducer.pure };
  }
  return { state: next, event };
}

function threw(error: unknown, reducer: Reducer, stored: StoredEvent): Problem {
  const frame = firstUserFrame(error, THIS_FILE);
  return reducerThrew(messageOf(error), { ...(frame ?? sourceOf(reducer)), ...identity(stored) });
}

function sourceOf(reducer: Reducer): { file?: string } {
  return reducer.file === null ? {} : { file: reducer.file };
}

function identity(stored: StoredEvent): { stream: string; version: string } {
  const { stream, version } = placeOf(stored) as { stream: string; version: string };
  return { stream, version };
}
