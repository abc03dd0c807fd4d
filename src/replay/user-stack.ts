import { fileURLToPath } from 'node:url';

/** A place in a source file; line and column count from 1. */
export interface SourcePlace {
  file: string;
  line: number;
  column: number;
}

const FRAME = /^\s+at (?:.*? \()?((?:file:\/\/|\/|[A-Za-z]:[\\/]).*?):(\d+):(\d+)\)?$/;

/**
 * The innermost place in the user's own code that an error's stack names: outside `node_modules` where there is one.
 * Stacks name TypeScript lines because source maps are switched on while reducers are loaded (see module-hooks).
 * @param ours frames from the first one in this file outwards are Leftfold's and do not count
 */
export function firstUserFrame(error: unknown, ours: string | undefined): SourcePlace | undefined {
  let inPackage: SourcePlace | undefined;
  for (const place of framesOf(error)) {
    if (place.file === ours) break;
    if (!/[\\/]node_modules[\\/]/.test(place.file)) return place;
    inPackage ??= place;
  }
  return inPackage;
}

/** The file this very bundle or module runs from, as stacks name it. */
export function callerFile(): string | undefined {
  return framesOf(new Error())[1]?.file;
}

function framesOf(error: unknown): SourcePlace[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return [];
  const places: SourcePlace[] = [];
  for (const line of error.stack.split('\n')) {
    const match = FRAME.exec(line);
    if (!match) continue;
    const file = match[1]!.startsWith('file://') ? pathOf(match[1]!) : match[1]!;
    places.push({ file, line: Number(match[2]), column: Number(match[3]) });
  }
  return places;
}

/** A file URL as a path, without the query. */
export function pathOf(url: string): string {
  try {
    return fileURLToPath(url.replace(/[?#].*$/, ''));
  } catch {
    return url;
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message || error.name;
  return typeof error === 'string' ? error : `a value was thrown that is no error (${typeof error})`;
}
