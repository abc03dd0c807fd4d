import { LeftfoldError } from '../model/problem';
import { timeBeforeFirst, versionNotFound } from '../model/problems/engine';
import { parseVersion } from '../model/version';
import type { StreamReader } from '../store/contract';

/**
 * The step of a version: that of the last event with it.
 * @throws LeftfoldError version-not-found, with the versions beside it
 */
export function stepOfVersion(reader: StreamReader, text: string): number {
  const version = parseVersion(text.trim());
  const index = version === undefined ? -1 : reader.indexOfVersion(version);
  if (index >= 0) return index + 1;
  const versionAt = (at: number) => String(reader.heads(at, 1)[0]?.version);
  const after = version === undefined ? -1 : reader.indexFrom(version);
  const near = after < 0 ? [] : [after - 1, after].filter((at) => at >= 0 && at < reader.length).map(versionAt);
  throw new LeftfoldError(versionNotFound(reader.stream, text, versionAt(0), versionAt(reader.length - 1), near));
}

/**
 * The step of the last event at or before a time.
 * @param time ISO 8601 as parseTimeArgument gives it
 * @throws LeftfoldError time-before-first
 */
export function stepAtTime(reader: StreamReader, time: string): number {
  const index = reader.indexAtOrBefore(time);
  if (index >= 0) return index + 1;
  throw new LeftfoldError(timeBeforeFirst(reader.stream, time, reader.heads(0, 1)[0]?.time ?? null));
}
