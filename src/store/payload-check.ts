import type { Payload } from '../model/event';
import type { Place } from '../model/problem';
import { payloadNotJson } from '../model/problems/store';

/**
 * A payload that is sure to be readable: stores hand JSON text out unparsed, and this parses it once to find out.
 * @param place file, stream and version of the event, for the problem
 * @returns the payload itself, or `raw` with a problem when its text is not JSON
 */
export function checkPayload(payload: Payload, place: Place, part: 'data' | 'metadata' = 'data'): Payload {
  if (payload.form !== 'json') return payload;
  const reason = notJson(payload.text);
  return reason === undefined ? payload : { form: 'raw', stored: payload.text, problem: payloadNotJson(place, part, reason) };
}

/** Why a text is not JSON, in the parser's words; undefined when it is. */
export function notJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return parserWords(error);
  }
}

/** The parser's words without the text it quotes, which is shown elsewhere and may be long. */
export function parserWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON$/s, '')
    .replace(/ \(line \d+ column \d+\)$/, '')
    .trim();
}

/**
 * Whether a text can be JSON by its first character: a test for marking what is surely not, at no cost.
 * True does not mean that it is.
 */
export function looksLikeJson(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    return code === 0x7b || code === 0x5b || code === 0x22 || code === 0x2d || (code >= 0x30 && code <= 0x39)
      ? true
      : /^(?:true|false|null)\s*$/.test(text.slice(i, i + 100));
  }
  return false;
}
