import { ExactNumber, rawJson } from './exact-number';

/**
 * What becomes of a JSON number.
 *
 * - `stored`: kept as ExactNumber whenever printing the double would show other characters (`12.50`, `1e3`, `-0`).
 * - `exact`: kept as ExactNumber only when a double cannot hold the value (integers beyond 2^53, long decimals).
 * - `bigint`: integers beyond 2^53 become bigint, all else a double.
 * - `double`: what JSON.parse gives.
 */
export type NumberMode = 'stored' | 'exact' | 'bigint' | 'double';

/**
 * Whether a JSON text holds a number that the mode might keep, so that the slow way of parsing is needed. Never false
 * when it does. Strings are skipped, so digits in them cost nothing; measured at a quarter of JSON.parse.
 */
export function hasSuspectNumbers(text: string, mode: NumberMode = 'stored'): boolean {
  const stored = mode === 'stored';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) i = endOfString(text, i + 1);
    else if (code === MINUS || isDigit(code)) {
      const start = i;
      let digits = 0;
      let dot = -1;
      for (let at = code; ; at = text.charCodeAt(++i)) {
        if (isDigit(at)) digits++;
        else if (at === DOT) dot = i;
        else if (at === SMALL_E || at === BIG_E) return true;
        else if (at !== MINUS) break;
      }
      // A double holds any 15 digits.
      if (digits > 15) return true;
      if (stored && (dot < 0 ? isMinusZero(text, start) : printsOtherwise(text, start, i))) return true;
      i--;
    }
  }
  return false;
}

const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const BIG_E = 69;
const BACKSLASH = 92;
const SMALL_E = 101;

function isDigit(code: number): boolean {
  return code >= ZERO && code <= 57;
}

/** The index of the quote that ends a string whose text begins at `from`; the end where there is none. */
function endOfString(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}

function isMinusZero(text: string, start: number): boolean {
  return text.charCodeAt(start) === MINUS && text.charCodeAt(start + 1) === ZERO;
}

/** Whether a decimal of few digits is printed in other characters: zeros at its end, or so small that it gets an exponent. */
function printsOtherwise(text: string, start: number, end: number): boolean {
  return text.charCodeAt(end - 1) === ZERO || text.startsWith('0.000000', text.charCodeAt(start) === MINUS ? start + 1 : start);
}

/**
 * Parses JSON (RFC 8259) without losing digits, by the given mode.
 * @throws SyntaxError as JSON.parse does
 */
export function parseJson(text: string, mode: NumberMode): unknown {
  if (mode === 'double' || !hasSuspectNumbers(text, mode)) return JSON.parse(text);
  return JSON.parse(text, function (_key, value: unknown, context?: { source?: string }) {
    const source = context?.source;
    return typeof value === 'number' && source !== undefined ? readNumber(source, value, mode) : value;
  } as Parameters<typeof JSON.parse>[1]);
}

function readNumber(source: string, double: number, mode: NumberMode): unknown {
  if (mode === 'stored') return source === String(double) && !Object.is(double, -0) ? double : ExactNumber.of(source);
  if (holds(source, double)) return double;
  if (mode === 'bigint' && /^-?\d+$/.test(source)) return BigInt(source);
  return mode === 'bigint' ? double : ExactNumber.of(source);
}

/** Whether the double prints to the same value as the source, leading and trailing zeros and exponents aside. */
function holds(source: string, double: number): boolean {
  return normalise(source) === normalise(String(double));
}

/** `[-]digits e exponent` with neither leading nor trailing zeros, so that equal values have equal text. */
function normalise(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  if (trimmed === '') return '0';
  return `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
}

/** Turns the ExactNumbers of an already parsed value (mode `stored`) into what another mode would have given. */
export function convertNumbers(value: unknown, mode: NumberMode): unknown {
  if (mode === 'stored') return value;
  if (value instanceof ExactNumber) {
    return mode === 'double' ? Number(value.source) : readNumber(value.source, Number(value.source), mode);
  }
  if (Array.isArray(value)) return value.map((item) => convertNumbers(item, mode));
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) define(copy, key, convertNumbers((value as Record<string, unknown>)[key], mode));
    return copy;
  }
  return value;
}

/** Sets an own property even when the key is `__proto__`, as JSON.parse does. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/**
 * Writes a value as JSON with every digit. What JSON has no word for is mapped so: bigint to its digits; Map to an
 * object when all keys are text, else an array of [key, value]; Set to an array; typed arrays to arrays of numbers;
 * Date to ISO 8601 (null when invalid); NaN and the infinities to their names as text; a RegExp, function or symbol
 * to its text; undefined in an object is left out, in an array null; a reference to an ancestor to
 * `{"$ref": "<JSON Pointer>"}`.
 * @param indent spaces per level, 0 for one line
 */
export function toJson(value: unknown, indent = 0): string {
  const ancestors: { value: object; path: string }[] = [];
  const plain = (input: unknown, path: string): unknown => {
    switch (typeof input) {
      case 'number':
        return Number.isFinite(input) ? (Object.is(input, -0) ? rawJson('-0') : input) : String(input);
      case 'bigint':
        return rawJson(String(input));
      case 'function':
      case 'symbol':
        return String(input);
      case 'object':
        break;
      default:
        return input;
    }
    if (input === null) return null;
    if (input instanceof ExactNumber) return rawJson(input.source);
    if (input instanceof Date) return Number.isNaN(input.getTime()) ? null : input.toISOString();
    if (input instanceof RegExp) return String(input);
    const seen = ancestors.find((ancestor) => ancestor.value === input);
    if (seen) return { $ref: seen.path };
    ancestors.push({ value: input, path });
    const result = plainObject(input, path);
    ancestors.pop();
    return result;
  };
  const plainObject = (input: object, path: string): unknown => {
    if (Array.isArray(input)) return Array.from(input, (item, i) => plain(item, `${path}/${i}`) ?? null);
    if (input instanceof Set) return [...input].map((item, i) => plain(item, `${path}/${i}`) ?? null);
    if (input instanceof Map) {
      const entries = [...input];
      if (!entries.every(([key]) => typeof key === 'string')) {
        return entries.map(([key, item], i) => [plain(key, `${path}/${i}/0`) ?? null, plain(item, `${path}/${i}/1`) ?? null]);
      }
      return copyOf(entries as [string, unknown][], path);
    }
    if (input instanceof ArrayBuffer) return [...new Uint8Array(input)];
    if (ArrayBuffer.isView(input)) {
      if (input instanceof DataView) return [...new Uint8Array(input.buffer, input.byteOffset, input.byteLength)];
      return Array.from(input as unknown as ArrayLike<number | bigint>, (item) => plain(item, path));
    }
    return copyOf(Object.entries(input), path);
  };
  const copyOf = (entries: [string, unknown][], path: string): Record<string, unknown> => {
    const copy: Record<string, unknown> = {};
    for (const [key, item] of entries) {
      define(copy, key, plain(item, `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
    }
    return copy;
  };
  return JSON.stringify(plain(value, ''), undefined, indent) ?? 'null';
}
