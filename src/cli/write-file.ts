import { createWriteStream, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LeftfoldError } from '../model/problem';
import { outIsStore, outNotWritten } from '../model/problems/cli';

/**
 * Writes text to a file, replacing what was there, with a line break at its end.
 * @throws LeftfoldError out-is-store, out-not-written
 */
export async function writeFile(file: string, storePath: string, pieces: Iterable<string>): Promise<void> {
  const target = realPath(file);
  const store = realPath(storePath);
  const own = [store, `${store}-wal`, `${store}-shm`, `${store}-journal`];
  if (own.some((one) => one === target || isSameFile(one, target))) throw new LeftfoldError(outIsStore(file));
  try {
    await pipeline(Readable.from(withEnd(pieces)), createWriteStream(target));
  } catch (error) {
    throw new LeftfoldError(outNotWritten(file, error instanceof Error ? error.message : String(error)));
  }
}

/** Whether two names lead to one file (a hard link, another case on a file system that ignores it). */
function isSameFile(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

function* withEnd(pieces: Iterable<string>): Generator<string> {
  yield* pieces;
  yield '\n';
}

/** The file behind links, also where it does not exist yet. */
function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return resolve(file);
  }
}
