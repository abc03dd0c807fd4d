import type { Payload } from '../model/event';
import { parseJson } from '../model/json';
import { shorten, viewOf } from './view';

/** Longest summary of a payload in the event list, characters. */
export const MOST_SUMMARY = 160;
/** Payloads longer than this are not parsed for one line of summary, characters. */
const MOST_PARSED = 64 * 1024;

/** A payload on one line: `key: value` pairs, those whose value is a scalar first. Never throws. */
export function summarise(payload: Payload): string {
  switch (payload.form) {
    case 'absent':
      return '';
    case 'raw':
      return oneLine(typeof payload.stored === 'string' ? payload.stored : viewOf(payload.stored).text);
    case 'value':
      return ofValue(payload.value);
    case 'json':
      if (payload.text.length > MOST_PARSED) return oneLine(payload.text.slice(0, MOST_SUMMARY * 2));
      try {
        return ofValue(parseJson(payload.text, 'stored'));
      } catch {
        return oneLine(payload.text);
      }
  }
}

function ofValue(value: unknown): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return oneLine(viewOf(value).text);
  const scalars: string[] = [];
  const others: string[] = [];
  let length = 0;
  for (const [key, part] of Object.entries(value)) {
    const view = viewOf(part);
    const text = view.kind === 'string' ? shorten(String(part), 60) : shorten(view.text, 60);
    if (view.children === 0) {
      scalars.push(`${key}: ${text}`);
      length += key.length + text.length + 4;
    } else if (others.length < 8) {
      others.push(`${key}: ${text}`);
    }
    if (length > MOST_SUMMARY) break;
  }
  return oneLine([...scalars, ...others].join(', '));
}

/** Control characters and line breaks would break the row. */
function oneLine(text: string): string {
  return shorten(text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim(), MOST_SUMMARY);
}
