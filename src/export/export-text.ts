import { EventWindow } from '../replay/event-window';
import type { StreamReader } from '../store/contract';
import { eventLine } from './event-line';
import { jsonText } from './json-text';

/** The text of an exported state: JSON, indented by two, with a line break at its end. */
export function* stateText(state: unknown): Generator<string, void, undefined> {
  yield* jsonText(state, 2);
  yield '\n';
}

/** The events from the first up to `end` (exclusive index) as NDJSON, one piece for each event. */
export function* eventsText(reader: StreamReader, end: number): Generator<string, void, undefined> {
  const events = new EventWindow(reader);
  for (let index = 0; index < end; index++) {
    const event = events.at(index);
    if (event) yield `${eventLine(event).line}\n`;
  }
}

/** Joins and splits pieces so that each but the last has about `size` characters and none more. */
export function* inPieces(pieces: Iterable<string>, size: number): Generator<string, void, undefined> {
  let text = '';
  for (const piece of pieces) {
    text += piece;
    while (text.length >= size) {
      // A surrogate pair torn in two would be written as two replacement characters.
      const end = isHighSurrogate(text.charCodeAt(size - 1)) ? size - 1 : size;
      yield text.slice(0, end);
      text = text.slice(end);
    }
  }
  if (text !== '') yield text;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
