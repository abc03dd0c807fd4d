import { statSync } from 'node:fs';
import { LeftfoldError, type Problem } from '../../model/problem';
import { storeDamaged, storeLocked, storeNotADatabase, storeTruncated, storeUnreadable } from '../../model/problems/store';

/** The code of an error that SQLite raised ("SQLITE_BUSY"), undefined for any other error. */
export function sqliteCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : undefined;
}

export interface ErrorFacts {
  path: string;
  busyTimeoutMs: number;
  /** By the header; see DatabaseHeader. */
  expectedSize: number | undefined;
}

/** An error of SQLite as the problem it means for a person; anything else as it is. */
export function asStoreError(error: unknown, facts: ErrorFacts): unknown {
  const code = sqliteCode(error);
  return code === undefined ? error : new LeftfoldError(problemOf(code, error as Error, facts));
}

function problemOf(code: string, error: Error, { path, busyTimeoutMs, expectedSize }: ErrorFacts): Problem {
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return storeLocked(path, busyTimeoutMs);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const damaged = code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB' || code === 'SQLITE_IOERR_SHORT_READ';
  if (damaged && expectedSize !== undefined && size < expectedSize) return storeTruncated(path, size, expectedSize);
  if (code === 'SQLITE_NOTADB') return storeNotADatabase(path);
  if (damaged) return storeDamaged(path, error.message);
  return storeUnreadable(path, error.message);
}
