import { statSync, type BigIntStats } from 'node:fs';
import { LeftfoldError } from '../model/problem';
import { storeChanged, storeUnreadable, storeVanished } from '../model/problems/store';

/** What tells one state of a file from another, without reading it. */
export interface FileState {
  device: bigint;
  inode: bigint;
  size: bigint;
  modified: bigint;
}

/** The state of a file now, undefined when there is none. */
export function fileState(path: string): FileState | undefined {
  const stat: BigIntStats | undefined = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat && { device: stat.dev, inode: stat.ino, size: stat.size, modified: stat.mtimeNs };
}

/** Whether both are states of the same file, whatever it holds. */
export function sameFile(a: FileState, b: FileState): boolean {
  return a.inode === b.inode && a.device === b.device;
}

/** Whether nothing was written in between. */
export function sameContent(a: FileState, b: FileState): boolean {
  return sameFile(a, b) && a.size === b.size && a.modified === b.modified;
}

/**
 * Throws store-vanished when the file is gone and store-changed when it is another one, or, where its content
 * matters, when it has been written to. One stat, about 3 us.
 */
export function checkFile(path: string, before: FileState, content: boolean): void {
  const now = stateOrThrow(path);
  if (!now) throw new LeftfoldError(storeVanished(path));
  if (content ? !sameContent(before, now) : !sameFile(before, now)) throw new LeftfoldError(storeChanged(path));
}

function stateOrThrow(path: string): FileState | undefined {
  try {
    return fileState(path);
  } catch (error) {
    throw new LeftfoldError(storeUnreadable(path, error instanceof Error ? error.message : String(error)));
  }
}
