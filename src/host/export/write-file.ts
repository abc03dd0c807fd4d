import { open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LeftfoldError } from '../../model/problem';
import { exportFailed, exportOverStore } from '../../model/problems/host';
import { storeKey } from '../platform/keys';

/**
 * Writes text piece by piece into a file that appears whole or not at all: it is written beside its place and renamed
 * at the end. Cancelling or failing leaves what was there before.
 *
 * @param file absolute path; replaced when it exists
 * @param onWritten called after each piece with the characters written so far
 * @throws LeftfoldError export-failed, or what the pieces reject with
 */
export async function writeWhole(file: string, pieces: AsyncIterable<string>, onWritten: (characters: number) => void): Promise<void> {
  const partial = join(dirname(file), `.${basename(file).slice(0, 100)}.${process.pid}.part`);
  let written = 0;
  try {
    const handle = await open(partial, 'w');
    try {
      for await (const piece of pieces) {
        await handle.writeFile(piece);
        onWritten((written += piece.length));
      }
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    if (error instanceof LeftfoldError) throw error;
    throw new LeftfoldError(exportFailed(file, error instanceof Error ? error.message : String(error)));
  }
}

/**
 * Refuses a file that is a store, or one of the files SQLite keeps beside one, by whatever name it is reached.
 * @throws LeftfoldError export-over-store
 */
export async function refuseStores(file: string, stores: readonly string[]): Promise<void> {
  const target = storeKey(await realOf(file));
  for (const store of stores) {
    const real = await realOf(store);
    for (const ending of ['', '-wal', '-shm', '-journal']) {
      if (storeKey(real + ending) === target || storeKey(store + ending) === storeKey(file)) throw new LeftfoldError(exportOverStore(file));
    }
  }
}

/** The path with every link followed, also of a file that does not exist yet. */
async function realOf(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    try {
      return join(await realpath(dirname(file)), basename(file));
    } catch {
      return file;
    }
  }
}
