/**
 * Times as stores write them, brought to one form: ISO 8601 UTC text with as many fraction digits as were stored
 * (`2026-11-21T07:15:11.250Z`). Text, not Date: a Date keeps milliseconds only.
 */

const DATE_TIME =
  /^([+-]\d{6}|\d{4})-?(\d{2})-?(\d{2})(?:[T ]\s*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const DAY_MS = 86_400_000;
/** Ticks of 100 ns from 0001-01-01 to 1970-01-01. */
const TICKS_AT_EPOCH = 621_355_968_000_000_000n;
const JULIAN_AT_EPOCH = 2_440_587.5;

/**
 * A stored time as ISO 8601 UTC text, null when it cannot be read as one.
 *
 * - Text: ISO 8601 with `T` or a space, any number of fraction digits, `Z`, an offset or nothing (read as UTC);
 *   text that is only digits is read as the number.
 * - Numbers: seconds, milliseconds, microseconds or nanoseconds since 1970 by magnitude, with 0, 3, 6 or 9 fraction
 *   digits; .NET ticks (7 digits); a real number is seconds with its fraction, or a Julian day between 1858 and 2132.
 */
export function toIsoTime(stored: unknown): string | null {
  if (typeof stored === 'bigint') return fromInteger(stored);
  if (typeof stored === 'number') {
    if (!Number.isFinite(stored)) return null;
    return Number.isInteger(stored) ? fromInteger(BigInt(stored)) : fromReal(stored);
  }
  if (typeof stored !== 'string') return null;
  if (!Number.isNaN(commonFormMs(stored))) return stored.charCodeAt(10) === SPACE ? `${stored.slice(0, 10)}T${stored.slice(11)}Z` : stored;
  const text = stored.trim();
  if (/^-?\d{9,19}$/.test(text)) return fromInteger(BigInt(text));
  const real = /^(-?\d{9,16})\.(\d+)$/.exec(text);
  if (real) return fromParts(Number(real[1]), real[2] ?? '', 's');
  return fromText(text);
}

/**
 * Milliseconds since 1970 of a stored time, rounded down; NaN when it cannot be read. The same as timeToMs of
 * toIsoTime, without making the text.
 */
export function storedTimeToMs(stored: unknown): number {
  const ms = typeof stored === 'string' ? commonFormMs(stored) : NaN;
  if (!Number.isNaN(ms)) return ms;
  const time = toIsoTime(stored);
  return time === null ? NaN : timeToMs(time);
}

const SPACE = 0x20;
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Milliseconds of the two forms that nearly all stores write, `2026-11-21T07:15:11[.123]Z` and `2026-11-21 07:15:11`;
 * NaN for any other. By character, as opening a file reads the time of every event: ten times as quick as the pattern.
 */
function commonFormMs(text: string): number {
  const { length } = text;
  const iso = length >= 20 && text.charCodeAt(10) === 0x54 && text.charCodeAt(length - 1) === 0x5a;
  const end = iso ? length - 1 : length;
  if (!iso && !(length === 19 && text.charCodeAt(10) === SPACE)) return NaN;
  if (text.charCodeAt(4) !== 0x2d || text.charCodeAt(7) !== 0x2d || text.charCodeAt(13) !== 0x3a || text.charCodeAt(16) !== 0x3a) return NaN;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const day = digitsAt(text, 8, 10);
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = (DAYS_IN_MONTH[month - 1] ?? NaN) + (leap && month === 2 ? 1 : 0);
  if (!(year >= 1000 && day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60)) return NaN;
  let fraction = 0;
  if (end > 19) {
    if (text.charCodeAt(19) !== 0x2e || end === 20) return NaN;
    if (Number.isNaN(digitsAt(text, 20, end))) return NaN;
    fraction = end >= 23 ? digitsAt(text, 20, 23) : digitsAt(text, 20, end) * (end === 21 ? 100 : 10);
  }
  const past = year - 1;
  const dayOfEra = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  const dayOfYear = (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (leap && month > 2 ? 1 : 0) + day - 1;
  // 719162 days lie between 0001-01-01 and 1970-01-01.
  return (((dayOfEra + dayOfYear - 719_162) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction;
}

/** The number that a run of digits stands for, NaN when there is another character among them. */
function digitsAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function fromText(text: string): string | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = '', zone = ''] = match;
  if (/^\d{8,}$/.test(text) && text.length !== 8) return null;
  const base = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(base);
  // Date.UTC reads years below 100 as 19xx.
  if (Number(year) >= 0 && Number(year) < 100) date.setUTCFullYear(Number(year));
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60 || (Number(hour) === 24 && (Number(minute) > 0 || Number(second) > 0))) return null;
  // A leap second has no place in UTC milliseconds; it is shown as the last second before it.
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Math.min(Number(second), 59);
  const time = date.getTime() + (seconds - offsetSeconds(zone)) * 1000;
  return withFraction(time, fraction);
}

function offsetSeconds(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

function fromInteger(value: bigint): string | null {
  const size = value < 0n ? -value : value;
  if (size < 100_000_000n) return null;
  if (size < 100_000_000_000n) return withFraction(Number(value) * 1000, '');
  if (size < 100_000_000_000_000n) return split(value, 1_000n, 3);
  if (size < 100_000_000_000_000_000n) return split(value, 1_000_000n, 6);
  // Ticks of the years 1970 to 2060; as nanoseconds they would lie around 1990.
  if (value > TICKS_AT_EPOCH && value < 650_000_000_000_000_000n) return split(value - TICKS_AT_EPOCH, 10_000_000n, 7);
  return split(value, 1_000_000_000n, 9);
}

function split(value: bigint, perSecond: bigint, digits: number): string | null {
  const rest = ((value % perSecond) + perSecond) % perSecond;
  return withFraction(Number((value - rest) / perSecond) * 1000, String(rest).padStart(digits, '0'));
}

function fromReal(value: number): string | null {
  if (value > 2_400_000 && value < 2_500_000) {
    // A double holds a Julian day to about 40 microseconds, so milliseconds are what is meant.
    const ms = Math.round((value - JULIAN_AT_EPOCH) * DAY_MS);
    return split(BigInt(ms), 1000n, 3);
  }
  if (Math.abs(value) < 100_000_000) return null;
  // Milliseconds with a fraction (1772442000250.5) and seconds with one (1772442000.25) both occur.
  const [whole = '', fraction = ''] = String(value).split('.');
  return /e/i.test(fraction) ? null : fromParts(Number(whole), fraction, Math.abs(value) < 100_000_000_000 ? 's' : 'ms');
}

function fromParts(whole: number, fraction: string, unit: 's' | 'ms'): string | null {
  if (unit === 'ms') {
    const ms = ((whole % 1000) + 1000) % 1000;
    return withFraction(whole - ms, String(ms).padStart(3, '0') + fraction);
  }
  // -1.25 s is 0.75 s after second -2.
  if (whole < 0 && /[1-9]/.test(fraction)) {
    const scale = 10n ** BigInt(fraction.length);
    return withFraction((whole - 1) * 1000, String(scale - BigInt(fraction)).padStart(fraction.length, '0'));
  }
  return withFraction(whole * 1000, fraction);
}

/** @param ms whole seconds, in milliseconds since 1970 */
function withFraction(ms: number, fraction: string): string | null {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return null;
  return `${date.toISOString().slice(0, -5)}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/**
 * Orders two times as toIsoTime writes them, exact to the last fraction digit: negative, 0 or positive.
 * `.5Z` and `.500Z` are equal.
 */
export function compareTimes(a: string, b: string): number {
  const [secondsA, fractionA] = parts(a);
  const [secondsB, fractionB] = parts(b);
  if (secondsA !== secondsB) {
    const difference = Date.parse(`${secondsA}Z`) - Date.parse(`${secondsB}Z`);
    if (difference !== 0) return difference;
  }
  const digits = Math.max(fractionA.length, fractionB.length);
  const left = fractionA.padEnd(digits, '0');
  const right = fractionB.padEnd(digits, '0');
  return left < right ? -1 : left > right ? 1 : 0;
}

function parts(time: string): [string, string] {
  const end = time.endsWith('Z') ? time.length - 1 : time.length;
  const dot = time.indexOf('.');
  return dot < 0 ? [time.slice(0, end), ''] : [time.slice(0, dot), time.slice(dot + 1, end)];
}

/** Milliseconds since 1970 of a time as toIsoTime writes it, rounded down; NaN when it is none. */
export function timeToMs(time: string): number {
  const common = commonFormMs(time);
  if (!Number.isNaN(common)) return common;
  const [seconds, fraction] = parts(time);
  return Date.parse(`${seconds}Z`) + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/**
 * Reads a time a person typed: an ISO date (its first instant) or date and time, with `Z`, an offset or nothing (UTC).
 * @returns the time as toIsoTime writes it, undefined when the text is no time (a bare number is a version, not a time)
 */
export function parseTimeArgument(text: string): string | undefined {
  const trimmed = text.trim();
  return /^[+-]?\d{4,6}-/.test(trimmed) ? (fromText(trimmed) ?? undefined) : undefined;
}
