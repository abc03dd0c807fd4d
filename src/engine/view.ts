import { childCount } from '../diff/children';
import { bytesOf, kindOf } from '../diff/kind';
import { ExactNumber } from '../model/exact-number';
import type { ValueKind, ValueView } from '../protocol/shared';

/** Longest text of a value on one line, characters. */
export const MOST_TEXT = 200;
/** Parts of a value looked at for its one line; more would not fit. */
const MOST_PARTS = 24;
/** Characters of a text looked at: escaping makes it longer, never shorter. */
const MOST_SOURCE = MOST_TEXT + 1;

/** How any value is shown on one line. Bounded work: no more of the value is read than fits. */
export function viewOf(value: unknown): ValueView {
  const { kind, text, cut } = describe(value);
  const children = cut === 'leaf' || typeof value !== 'object' ? 0 : childCount(value);
  if (text.length <= MOST_TEXT) return { kind, text, cut: cut === true, children };
  return { kind, text: shorten(text, MOST_TEXT), cut: true, children };
}

/** At most `most` characters, the last one an ellipsis when something was left out; no surrogate pair is torn. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  const code = text.charCodeAt(end - 1);
  return `${text.slice(0, code >= 0xd800 && code <= 0xdbff ? end - 1 : end)}…`;
}

interface Described {
  kind: ValueKind;
  text: string;
  /** Whether the text shows less than the value; `leaf` for an object that has no parts to open. */
  cut: boolean | 'leaf';
}

function describe(value: unknown): Described {
  switch (typeof value) {
    case 'string':
      return { kind: 'string', text: quote(value), cut: value.length > MOST_SOURCE };
    case 'number':
      return { kind: 'number', text: Object.is(value, -0) ? '-0' : String(value), cut: false };
    case 'bigint':
      return { kind: 'bigint', text: `${value}n`, cut: false };
    case 'boolean':
      return { kind: 'boolean', text: String(value), cut: false };
    case 'undefined':
      return { kind: 'undefined', text: 'undefined', cut: false };
    case 'symbol':
      return { kind: 'symbol', text: String(value), cut: false };
    case 'function':
      return { kind: 'function', text: `ƒ ${value.name || '(anonymous)'}()`, cut: 'leaf' };
    case 'object':
      return value === null ? { kind: 'null', text: 'null', cut: false } : describeObject(value);
  }
}

function describeObject(value: object): Described {
  switch (kindOf(value)) {
    case 'plain':
      return { kind: 'object', ...preview('{', '}', properties(value)) };
    case 'array':
      return { kind: 'array', ...preview('[', ']', elements(value as unknown[])) };
    case 'map': {
      const map = value as Map<unknown, unknown>;
      return { kind: 'map', ...preview(`Map(${map.size}) {`, '}', entries(map)) };
    }
    case 'set': {
      const set = value as Set<unknown>;
      return { kind: 'set', ...preview(`Set(${set.size}) {`, '}', elements(set)) };
    }
    case 'instance':
      return { kind: 'instance', ...preview(`${className(value)} {`, '}', properties(value)) };
    case 'opaque':
      return { kind: 'instance', text: className(value), cut: 'leaf' };
    case 'leaf':
      return describeLeaf(value);
  }
}

function describeLeaf(value: object): Described {
  if (value instanceof ExactNumber) return { kind: 'number', text: value.source, cut: false };
  if (value instanceof Date) {
    return { kind: 'date', text: Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString(), cut: false };
  }
  if (value instanceof RegExp) return { kind: 'regexp', text: String(value), cut: false };
  if (value instanceof Error) return { kind: 'instance', text: `${className(value)}: ${value.message}`, cut: 'leaf' };
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return describeBytes(value);
  return { kind: 'instance', text: `${className(value)} {${inline(value.valueOf())}}`, cut: 'leaf' };
}

function describeBytes(value: ArrayBuffer | ArrayBufferView): Described {
  const bytes = bytesOf(value);
  const length = value instanceof ArrayBuffer || value instanceof DataView ? bytes.length : (value as Uint8Array).length;
  const head = Buffer.from(bytes.subarray(0, 48)).toString('hex').replace(/(..)(?=.)/g, '$1 ');
  const name = Buffer.isBuffer(value) ? 'Uint8Array' : className(value);
  const text = length === 0 ? `${name}(0)` : `${name}(${length}) ${head}${bytes.length > 48 ? ' …' : ''}`;
  return { kind: 'bytes', text, cut: bytes.length > 48 };
}

/** The beginning of a container's contents, until the line is full. */
function preview(open: string, close: string, parts: Iterable<string>): { text: string; cut: boolean } {
  let text = open;
  let count = 0;
  for (const part of parts) {
    if (count === MOST_PARTS || text.length + part.length + close.length + 2 > MOST_TEXT - 3) {
      return { text: `${text}${count > 0 ? ', ' : ''}…${close}`, cut: true };
    }
    text += count++ > 0 ? `, ${part}` : part;
  }
  return { text: text + close, cut: false };
}

function* properties(value: object): Generator<string> {
  for (const key in value) {
    if (Object.hasOwn(value, key)) yield `${shorten(key, 60)}: ${inlineProperty(value, key)}`;
  }
}

function* elements(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield inline(value);
}

function* entries(map: ReadonlyMap<unknown, unknown>): Generator<string> {
  for (const [key, value] of map) yield `${typeof key === 'string' ? shorten(key, 60) : inline(key)} → ${inline(value)}`;
}

/** A getter is the user's code: it may throw. */
function inlineProperty(value: object, key: string): string {
  try {
    return inline((value as Record<string, unknown>)[key]);
  } catch {
    return '(throws)';
  }
}

/** A value within another's line: leaves short, containers by what they are. */
function inline(value: unknown): string {
  if (typeof value === 'string') return quote(shorten(value, 60));
  if (value === null || typeof value !== 'object') return shorten(describe(value).text, 60);
  switch (kindOf(value)) {
    case 'plain':
      return hasProperty(value) ? '{…}' : '{}';
    case 'array':
      return (value as unknown[]).length === 0 ? '[]' : `[… ${(value as unknown[]).length}]`;
    case 'map':
      return `Map(${(value as Map<unknown, unknown>).size})`;
    case 'set':
      return `Set(${(value as Set<unknown>).size})`;
    case 'instance':
      return `${className(value)} {…}`;
    default:
      return shorten(describeObject(value).text, 60);
  }
}

function hasProperty(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}

function className(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: unknown } } | null;
  const name = prototype?.constructor?.name;
  return typeof name === 'string' && name !== '' ? shorten(name, 60) : 'Object';
}

function quote(text: string): string {
  return JSON.stringify(text.length > MOST_SOURCE ? text.slice(0, MOST_SOURCE) : text);
}
