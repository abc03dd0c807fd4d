import type { Payload, ReducerEvent, StoredEvent } from '../model/event';
import type { NumberMode } from '../model/json';
import { readPayload } from '../model/payload';
import type { Place, Problem } from '../model/problem';
import { eventUnreadable } from '../model/problems/replay';
import { cloneState } from './clone';

/**
 * The event a reducer is given, exactly `{type, data, metadata, id, stream, version, position, time}`, or the problem
 * why there is none. A part the store does not have is undefined.
 * @param own whether the reducer may alter the event: what the reader may hold on to is then copied
 */
export function toReducerEvent(
  stored: StoredEvent,
  numbers: NumberMode,
  own = true,
): { event: ReducerEvent; problem?: undefined } | { event?: undefined; problem: Problem } {
  let part: 'payload' | 'metadata' = 'payload';
  try {
    const data = read(stored.data, numbers, own);
    part = 'metadata';
    const metadata = read(stored.metadata, numbers, own);
    const { type, id, stream, version, position, time } = stored;
    return { event: { type, data, metadata, id, stream, version, position, time } };
  } catch (error) {
    if (error instanceof Unreadable) return { problem: eventUnreadable(part, error.message, placeOf(stored)) };
    if (error instanceof SyntaxError) return { problem: eventUnreadable(part, error.message, placeOf(stored)) };
    throw error;
  }
}

/** Where an event lies, with its stream and version. */
export function placeOf(stored: StoredEvent): Place {
  return { ...stored.place, stream: stored.stream, version: String(stored.version) };
}

/** A payload that the store itself could not read. */
class Unreadable extends Error {}

function read(payload: Payload, numbers: NumberMode, own: boolean): unknown {
  if (payload.form === 'raw') throw new Unreadable(payload.problem.message);
  const { value } = readPayload(payload, numbers);
  return own && payload.form === 'value' && value !== null && typeof value === 'object' ? cloneState(value).value : value;
}
