import type { Payload, StoredEvent } from '../model/event';
import { toJson } from '../model/json';
import type { Problem } from '../model/problem';

export interface EventLine {
  /** One JSON object, without the line's end. */
  line: string;
  /** Why part of the event could not be read; the line then has an `error` and the stored text or bytes. */
  problem: Problem | undefined;
}

/**
 * One event as one line of JSON: `{stream, version, position, type, id, time, data, metadata}`.
 *
 * A JSON payload is written as it is stored, so every digit, the order of keys and even repeated keys stay; only line
 * breaks between its tokens go. What is no JSON is given as text, bytes as `{"$bytes": "<base64>"}`, with
 * `error: {message}` behind it. What the store does not have is null.
 */
export function eventLine(event: StoredEvent): EventLine {
  const data = payloadText(event.data, 'payload');
  const metadata = payloadText(event.metadata, 'metadata');
  const problem = event.problem ?? data.problem ?? metadata.problem;
  const fields = [
    `"stream":${JSON.stringify(event.stream)}`,
    `"version":${event.version}`,
    `"position":${typeof event.position === 'bigint' ? event.position : JSON.stringify(event.position)}`,
    `"type":${JSON.stringify(event.type)}`,
    `"id":${JSON.stringify(event.id)}`,
    `"time":${JSON.stringify(event.time)}`,
    `"data":${data.text}`,
    `"metadata":${metadata.text}`,
  ];
  if (problem) fields.push(`"error":${JSON.stringify({ message: problem.message })}`);
  return { line: `{${fields.join(',')}}`, problem };
}

function payloadText(payload: Payload, part: string): { text: string; problem?: Problem } {
  switch (payload.form) {
    case 'absent':
      return { text: 'null' };
    case 'value':
      return { text: toJson(payload.value) };
    case 'raw':
      return { text: storedText(payload.stored), problem: payload.problem };
    case 'json':
      try {
        JSON.parse(payload.text);
        // Within JSON a raw line break only stands between tokens.
        return { text: /[\r\n]/.test(payload.text) ? payload.text.trim().replace(/[\r\n]\s*/g, '') : payload.text };
      } catch (error) {
        return { text: storedText(payload.text), problem: notJson(part, error) };
      }
  }
}

function storedText(stored: string | Uint8Array): string {
  return JSON.stringify(typeof stored === 'string' ? stored : { $bytes: Buffer.from(stored).toString('base64') });
}

function notJson(part: string, error: unknown): Problem {
  return {
    code: 'event-unreadable',
    message: `The ${part} is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    next: 'Look at its stored record.',
    where: {},
    exit: 3,
  };
}
