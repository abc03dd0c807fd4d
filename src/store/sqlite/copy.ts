import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LeftfoldError } from '../../model/problem';
import { storeChanged, storeNotCopied, storeVanished } from '../../model/problems/store';
import { fileState, sameContent, type FileState } from '../file-watch';

export interface DatabaseCopy {
  path: string;
  /** Throws when the original, or the file beside it, has changed since. */
  check(): void;
  remove(): void;
}

/** Folders to delete if the process ends without closing its stores. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * Copies a database and the file beside it that completes it into a folder of its own. Where the file system can,
 * the copy shares the original's blocks. Copied again (twice at most) when a writer got in between.
 * @throws LeftfoldError store-not-copied, store-changed
 */
export function copyDatabase(path: string, beside: '-wal' | '-journal'): DatabaseCopy {
  const folder = mkdtempSync(join(tmpdir(), 'leftfold-copy-'));
  folders.add(folder);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
    folders.delete(folder);
  };
  const target = join(folder, 'copy.db');
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      const before = states(path, beside);
      copyFileSync(path, target, constants.COPYFILE_FICLONE);
      if (before[1]) copyFileSync(path + beside, target + beside, constants.COPYFILE_FICLONE);
      const after = states(path, beside);
      if (unchanged(before, after)) {
        return { path: target, remove, check: () => checkStates(path, beside, after) };
      }
    }
    throw new LeftfoldError(storeChanged(path));
  } catch (error) {
    remove();
    if (error instanceof LeftfoldError) throw error;
    throw new LeftfoldError(storeNotCopied(path, error instanceof Error ? error.message : String(error)));
  }
}

type States = [database: FileState | undefined, beside: FileState | undefined];

function states(path: string, beside: string): States {
  return [fileState(path), fileState(path + beside)];
}

function unchanged(before: States, after: States): boolean {
  return before.every((state, i) => {
    const now = after[i];
    return state && now ? sameContent(state, now) : state === now;
  });
}

function checkStates(path: string, beside: string, before: States): void {
  const now = states(path, beside);
  if (!now[0]) throw new LeftfoldError(storeVanished(path));
  if (!unchanged(before, now)) throw new LeftfoldError(storeChanged(path));
}
