import { escapeSegment } from '../diff/pointer';
import { ExactNumber } from '../model/exact-number';

/** Pieces are handed on when they have about this many characters. */
const PIECE = 64 * 1024;

/**
 * Writes a value as JSON in pieces, by the same mapping as `toJson` (model/json), but without building the whole text
 * or a copy of the value, and without a limit to how deep it nests. Map keys keep their order.
 * @param indent spaces per level, 0 for one line
 */
export function* jsonText(value: unknown, indent: number): Generator<string, void, undefined> {
  let text = '';
  for (const token of tokens(value, indent)) {
    text += token;
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** At most `limit` characters of `jsonText`; the rest is never written. */
export function jsonTextUpTo(value: unknown, indent: number, limit: number): { text: string; cut: boolean } {
  let text = '';
  for (const piece of jsonText(value, indent)) {
    text += piece;
    if (text.length > limit) return { text: text.slice(0, limit), cut: true };
  }
  return { text, cut: false };
}

/** A container that is open: what is left of it, and what it needs when it closes. */
interface Open {
  value: object;
  path: string;
  close: ']' | '}';
  parts: Iterator<[key: string | number, value: unknown]>;
  empty: boolean;
}

function* tokens(root: unknown, indent: number): Generator<string, void, undefined> {
  const gap = indent > 0 ? '\n' : '';
  const colon = indent > 0 ? ': ' : ':';
  const open: Open[] = [];
  const ancestors = new Map<unknown, string>();
  let value = root;
  let path = '';
  for (;;) {
    const leaf = leafText(value) ?? cycleText(ancestors.get(value), open.length, indent);
    if (leaf !== undefined) yield leaf;
    else {
      const entered = enter(value as object, path);
      yield entered.close === ']' ? '[' : '{';
      open.push(entered);
      ancestors.set(value, path);
    }
    for (;;) {
      const top = open.at(-1);
      if (!top) return;
      const part = top.parts.next();
      if (part.done !== true) {
        const [key, child] = part.value;
        // JSON has no undefined: as a member it is left out.
        if (top.close === '}' && child === undefined) continue;
        yield (top.empty ? '' : ',') + gap + ' '.repeat(indent * open.length);
        if (top.close === '}') yield JSON.stringify(key) + colon;
        top.empty = false;
        value = child;
        path = `${top.path}/${escapeSegment(key)}`;
        break;
      }
      open.pop();
      ancestors.delete(top.value);
      yield (top.empty ? '' : gap + ' '.repeat(indent * open.length)) + top.close;
    }
  }
}

/** The text of a value without parts, undefined for a container. */
function leafText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
      return JSON.stringify(String(value));
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'null';
    case 'function':
    case 'symbol':
      return JSON.stringify(String(value));
    case 'object':
      if (value === null) return 'null';
      if (value instanceof ExactNumber) return value.source;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'null' : `"${value.toISOString()}"`;
      return value instanceof RegExp ? JSON.stringify(String(value)) : undefined;
  }
}

function cycleText(path: string | undefined, depth: number, indent: number): string | undefined {
  if (path === undefined) return undefined;
  return JSON.stringify({ $ref: path }, undefined, indent).replaceAll('\n', '\n' + ' '.repeat(indent * depth));
}

function enter(value: object, path: string): Open {
  const list = listOf(value);
  if (list) return { value, path, close: ']', parts: indexed(list), empty: true };
  const parts = value instanceof Map ? (value as Map<string, unknown>).entries() : properties(value);
  return { value, path, close: '}', parts, empty: true };
}

/** What is written as an array: arrays, Sets, bytes, and Maps with a key that is no text (as pairs). */
function listOf(value: object): Iterable<unknown> | undefined {
  if (Array.isArray(value) || value instanceof Set) return value as Iterable<unknown>;
  if (value instanceof Map) {
    for (const key of value.keys()) if (typeof key !== 'string') return value as Iterable<unknown>;
    return undefined;
  }
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof DataView) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return ArrayBuffer.isView(value) ? (value as unknown as Iterable<unknown>) : undefined;
}

function* indexed(values: Iterable<unknown>): Generator<[number, unknown], undefined> {
  let i = 0;
  for (const value of values) yield [i++, value];
  return undefined;
}

function* properties(value: object): Generator<[string, unknown], undefined> {
  for (const key of Object.keys(value)) yield [key, (value as Record<string, unknown>)[key]];
  return undefined;
}
