import { isAbsolute, posix, relative, sep, win32 } from 'node:path';

/**
 * One text per file, whatever way its path was written: absolute, normalised, without a trailing separator, and in
 * lower case on Windows, whose file names do not tell cases apart.
 */
export function storeKey(path: string, platform: NodeJS.Platform = process.platform): string {
  if (platform !== 'win32') return posix.resolve(path);
  return win32.resolve(path).toLowerCase();
}

/** One text per stream of a store. NUL cannot be part of a path, so no two pairs share a key. */
export function streamKey(store: string, stream: string): string {
  return `${store}\0${stream}`;
}

/** A name on one line: control characters become visible blanks, and nothing is longer than `limit` characters. */
export function oneLine(text: string, limit = 200): string {
  const flat = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ');
  return flat.length > limit ? `${[...flat].slice(0, limit - 1).join('')}…` : flat;
}

/** A text as a file name: what some file system refuses becomes "_", at most 100 characters. */
export function fileNamePart(text: string): string {
  const safe = text.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, '_').replace(/[. ]+$/, '');
  return [...safe].slice(0, 100).join('') || '_';
}

/** Whether a path lies in a folder or below it. Both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
