import type { Payload } from './event';
import { convertNumbers, parseJson, type NumberMode } from './json';

/** Reads a payload as a value. `absent` gives undefined; `raw` gives its stored text or bytes, with `readable: false`. */
export function readPayload(payload: Payload, numbers: NumberMode): { value: unknown; readable: boolean } {
  switch (payload.form) {
    case 'json':
      return { value: parseJson(payload.text, numbers), readable: true };
    case 'value':
      return { value: payload.exact ? convertNumbers(payload.value, numbers) : payload.value, readable: true };
    case 'raw':
      return { value: payload.stored, readable: false };
    case 'absent':
      return { value: undefined, readable: true };
  }
}
