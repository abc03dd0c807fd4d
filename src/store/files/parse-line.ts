import { hasSuspectNumbers, parseJson } from '../../model/json';
import { ExactNumber } from '../../model/exact-number';
import { canonicalInteger, parseVersion, type Position, type Version } from '../../model/version';
import { valueAt, type FieldPath } from './fields';

/** An id, a stream or a type as text: numbers by their digits. */
export function textField(line: object, path: FieldPath | null): string | null {
  if (path === null) return null;
  const value = valueAt(line, path);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || value instanceof ExactNumber ? String(value) : null;
}

/** A version as stored, undefined when the field holds none. */
export function versionField(line: object, path: FieldPath): Version | undefined {
  const value = valueAt(line, path);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : exactInteger(String(value));
  if (value instanceof ExactNumber) return exactInteger(value.source);
  return typeof value === 'string' ? parseVersion(value.trim()) : undefined;
}

/** A position as stored. */
export function positionField(line: object, path: FieldPath | null): Position {
  const value = path === null ? null : valueAt(line, path);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : (exactInteger(String(value)) ?? value);
  return value instanceof ExactNumber ? (exactInteger(value.source) ?? value.source) : null;
}

/** The integer a JSON number stands for, by its digits; undefined when it is none. */
function exactInteger(source: string): Version | undefined {
  if (/^-?\d+$/.test(source)) return canonicalInteger(BigInt(source));
  const number = Number(source);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A time as stored, for toIsoTime. */
export function timeField(line: object, path: FieldPath | null): unknown {
  const value = path === null ? null : valueAt(line, path);
  if (!(value instanceof ExactNumber)) return value;
  return exactInteger(value.source) ?? value.source;
}

/** Whether a number of these fields may have lost digits in JSON.parse. */
export function lostDigits(line: object, paths: readonly FieldPath[]): boolean {
  for (const path of paths) {
    const value = valueAt(line, path);
    if (typeof value === 'number' && !Number.isSafeInteger(value)) return true;
  }
  return false;
}

/** A line parsed so that printing it gives the stored digits. */
export function parseStored(text: string): { value: unknown; exact: boolean } {
  const exact = hasSuspectNumbers(text);
  return { value: exact ? parseJson(text, 'stored') : (JSON.parse(text) as unknown), exact };
}
