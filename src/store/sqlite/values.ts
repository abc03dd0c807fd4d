import type { Payload } from '../../model/event';
import type { Place } from '../../model/problem';
import { payloadNotJson } from '../../model/problems/store';
import { canonicalInteger, parseVersion, type Position, type Version } from '../../model/version';
import { looksLikeJson } from '../payload-check';

/** A value as better-sqlite3 gives it. */
export type SqlValue = string | number | bigint | Buffer | null;

/** What UTF-8 decoders put in place of bytes that are none; text with it may have been something else. */
export const REPLACEMENT = '\uFFFD';

const strict = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text, undefined when they are not UTF-8. A byte order mark is dropped. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * A stream id as text: text as it is, integers by their digits; bytes as text when they are printable UTF-8 (ASCII if
 * there are 16 of them), else 16 as a UUID and others as an SQL literal (`x'0A1B'`).
 */
export function streamText(id: SqlValue): string {
  if (typeof id === 'string') return id;
  if (!Buffer.isBuffer(id)) return String(id);
  const hex = id.toString('hex');
  if (id.length === 16 && id.some((byte) => byte < 0x20 || byte > 0x7e)) return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const text = utf8(id);
  return text !== undefined && text !== '' && !/[\p{Cc}\p{Cn}]/u.test(text) ? text : `x'${hex.toUpperCase()}'`;
}

/** The stored values that streamText may have come from, the likeliest first. */
export function streamCandidates(stream: string): SqlValue[] {
  const found: SqlValue[] = [stream];
  if (/^-?\d{1,19}$/.test(stream)) found.push(BigInt(stream));
  const hex = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(stream) ? stream.replaceAll('-', '') : /^x'((?:[0-9A-F]{2})*)'$/.exec(stream)?.[1];
  found.push(hex === undefined ? Buffer.from(stream, 'utf8') : Buffer.from(hex, 'hex'));
  return found;
}

/** A version as stored, undefined when what is stored is no integer. */
export function versionOf(value: SqlValue): Version | undefined {
  if (typeof value === 'bigint') return canonicalInteger(value);
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  return typeof value === 'string' ? parseVersion(value.trim()) : undefined;
}

/** A position as stored. */
export function positionOf(value: SqlValue): Position {
  if (typeof value === 'bigint') return canonicalInteger(value);
  return Buffer.isBuffer(value) ? streamText(value) : value;
}

/** Text of a column that should hold text: numbers by their digits, bytes as streamText shows them. */
export function textOf(value: SqlValue): string | null {
  return value === null ? null : streamText(value);
}

/** What is stored, in words, for problems. */
export function described(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (Buffer.isBuffer(value)) return `${value.length} bytes`;
  return typeof value === 'string' ? `the text "${value.slice(0, 40)}"` : String(value);
}

/**
 * A payload as stored. JSON text is handed out unparsed; what cannot be JSON by its first character is `raw` with a
 * problem. Numbers are what JSON text becomes in a column of numeric affinity (declared JSON or JSONB).
 */
export function payloadOf(value: SqlValue, place: Place, part: 'data' | 'metadata'): Payload {
  if (value === null || (part === 'metadata' && value === '')) return { form: 'absent' };
  if (typeof value === 'number' || typeof value === 'bigint') return { form: 'json', text: String(value) };
  const text = typeof value === 'string' ? value.replace(/^\uFEFF/, '') : utf8(value);
  if (text !== undefined && looksLikeJson(text)) return { form: 'json', text };
  const reason = text === '' ? 'it is empty' : text === undefined ? `it is binary (${value.length} bytes)` : `it begins with "${text.trimStart().slice(0, 20)}"`;
  return { form: 'raw', stored: typeof value === 'string' ? value : new Uint8Array(value), problem: payloadNotJson(place, part, reason) };
}
