import { stepAtTime, stepOfVersion } from '../engine/locate';
import { LeftfoldError } from '../model/problem';
import { usage } from '../model/problems/cli';
import { parseTimeArgument } from '../model/time';
import { canonicalInteger, parseVersion, type Version } from '../model/version';
import type { StreamReader } from '../store/contract';
import type { CommandName } from './help';

/** The indexes of a range of versions (inclusive): from `start` to `end` (exclusive). Empty where it holds none. */
export function indexRange(reader: StreamReader, from: Version | undefined, to: Version | undefined): { start: number; end: number } {
  const start = from === undefined ? 0 : reader.indexFrom(from);
  const end = to === undefined ? reader.length : reader.indexFrom(canonicalInteger(BigInt(to) + 1n));
  return { start, end: Math.max(start, end) };
}

/**
 * The step a person names: a stored version (the last event with it), a time (the last event at or before it), or
 * `start` (step 0).
 * @throws LeftfoldError usage, version-not-found, time-before-first
 */
export function stepAt(reader: StreamReader, text: string, option: string, command: CommandName): number {
  if (text === 'start') return 0;
  if (parseVersion(text) !== undefined) return stepOfVersion(reader, text);
  const time = parseTimeArgument(text);
  if (time === undefined) {
    throw new LeftfoldError(usage(`--${option} must be a version, an ISO 8601 time or "start", not "${text}".`, command));
  }
  return stepAtTime(reader, time);
}
