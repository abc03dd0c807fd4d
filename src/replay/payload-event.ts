import type { Payload, ReducerEvent, StoredEvent } from '../model/event';
import type { NumberMode } from '../model/json';
import { readPayload } from '../model/payload';
import type { Place, Problem } from '../model/problem';
import { eventUnreadable } from '../model/problems/replay';
import { cloneState } from './clone';

/**
 * The event a reducer is given, exactly `{type, data, metadata, id, stream, version, position, time}`, or the problem
 * why there is none. A part the store does not have is undefined. Metadata that is not JSON is no reason to leave an
 * event out of the state: it is given as stored, text or bytes.
 * @param own whether the reducer may alter the event: what the reader may hold on to is then copied. The built-in
 *   merge does not, and looks at the payload alone, so metadata is not read for it.
 */
export function toReducerEvent(
  stored: StoredEvent,
  numbers: NumberMode,
  own = true,
): { event: ReducerEvent; problem?: undefined } | { event?: undefined; problem: Problem } {
  const { type, id, stream, version, position, time } = stored;
  const data = read(stored.data, numbers, own);
  if (data instanceof Unreadable) return { problem: eventUnreadable(data.reason, placeOf(stored)) };
  const metadata = own ? read(stored.metadata, numbers, own) : undefined;
  return { event: { type, data, metadata: metadata instanceof Unreadable ? metadata.stored : metadata, id, stream, version, position, time } };
}

/** Where an event lies, with its stream and version. */
export function placeOf(stored: StoredEvent): Place {
  return { ...stored.place, stream: stored.stream, version: String(stored.version) };
}

/** A payload that is not JSON: why, and what is stored. */
class Unreadable {
  constructor(
    readonly reason: string,
    readonly stored: string | Uint8Array,
  ) {}
}

function read(payload: Payload, numbers: NumberMode, own: boolean): unknown {
  if (payload.form === 'raw') return new Unreadable(payload.problem.message, payload.stored);
  try {
    const { value } = readPayload(payload, numbers);
    return own && payload.form === 'value' && value !== null && typeof value === 'object' ? cloneState(value).value : value;
  } catch (error) {
    if (!(error instanceof SyntaxError) || payload.form !== 'json') throw error;
    return new Unreadable(`its payload is not JSON: ${error.message}.`, payload.text);
  }
}
