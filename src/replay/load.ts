import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NumberMode } from '../model/json';
import { LeftfoldError, type Problem } from '../model/problem';
import { reducerFailedToLoad, reducerImport, reducerMissing, reducerNotAModule, reducerSyntax } from '../model/problems/reducer';
import { addUserFile, failedImport, installModuleHooks, latestUserFiles } from './module-hooks';
import type { Reducer } from './reducer';
import { adaptModule } from './shape';
import { findSyntaxError } from './typescript';
import { redirectConsole, type ConsoleSink } from './user-console';
import { firstUserFrame, messageOf } from './user-stack';

export interface LoadOptions {
  /** How payload numbers are given to the reducer; `exact` when left out. */
  numbers?: NumberMode;
  /** Where the module's `console` output goes; stderr when left out. It never reaches stdout. */
  onConsole?: ConsoleSink;
}

/**
 * Loads a reducer module: JavaScript or TypeScript, ESM or CommonJS, with whatever it imports from its project.
 * The process keeps the module (and the hooks that loaded it); a changed file needs a new process.
 * @param file absolute path
 * @throws LeftfoldError reducer-missing, reducer-not-a-module, reducer-syntax, reducer-import, reducer-shape,
 *   reducer-failed-to-load
 */
export async function loadReducer(file: string, options: LoadOptions = {}): Promise<Reducer> {
  const path = resolve(file);
  checkFile(path);
  redirectConsole(options.onConsole);
  installModuleHooks();
  const { evolve, initial } = adaptModule(path, await loadModule(path));
  return {
    label: basename(path),
    kind: 'module',
    file: path,
    numbers: options.numbers ?? 'exact',
    initial,
    evolve,
    pure: false,
  };
}

function checkFile(path: string): void {
  if (!/\.(?:[cm]?[jt]s|tsx|jsx)$/.test(path)) throw new LeftfoldError(reducerNotAModule(path));
  try {
    if (!statSync(path).isFile()) throw new LeftfoldError(reducerMissing(path, 'it is a folder'));
  } catch (error) {
    if (error instanceof LeftfoldError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new LeftfoldError(reducerMissing(path, code === 'ENOENT' || code === 'ENOTDIR' ? null : messageOf(error)));
  }
}

async function loadModule(path: string): Promise<Record<string, unknown>> {
  try {
    addUserFile(path);
    return await importModule(path);
  } catch (error) {
    if (error instanceof LeftfoldError) throw error;
    throw new LeftfoldError(problemOf(error, path));
  }
}

/** CommonJS through require, as its own loader does it best; what require cannot load (top-level await) by import. */
async function importModule(path: string): Promise<Record<string, unknown>> {
  try {
    return createRequire(path)(path) as Record<string, unknown>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error;
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  }
}

function problemOf(error: unknown, path: string): Problem {
  const failed = failedImport(error);
  if (failed) {
    const specifier = failed.specifier.startsWith('file:') ? path : failed.specifier;
    const code = (error as NodeJS.ErrnoException).code;
    const found = code !== undefined && !code.endsWith('MODULE_NOT_FOUND') && code !== 'ENOENT';
    return reducerImport(specifier, { file: failed.importer ?? path }, found ? `cannot be loaded: ${messageOf(error)}` : null);
  }
  const frame = firstUserFrame(error, __filename);
  if (error instanceof SyntaxError || frame === undefined || !latestUserFiles().includes(frame.file)) {
    const missing = /^The requested module '(.+)' does not provide an export named '(.+)'/.exec(messageOf(error));
    const head = headOf(error);
    if (missing) return reducerImport(missing[1]!, head ?? { file: path }, `has no export "${missing[2]}"`);
    for (const file of [...(head ? [head.file] : []), ...latestUserFiles()]) {
      const found = findSyntaxError(file);
      if (found) return found.problem;
    }
    if (error instanceof SyntaxError) return reducerSyntax(error.message, head ?? frame ?? { file: path });
  }
  return reducerFailedToLoad(path, messageOf(error), frame ?? { file: path });
}

/** The `file:line` that V8 puts before the message of a syntax error. */
function headOf(error: unknown): { file: string; line: number } | undefined {
  const stack = error instanceof SyntaxError ? error.stack : undefined;
  const match = /^(?:file:\/\/)?(\/.+|[A-Za-z]:\\.+):(\d+)\n/.exec(stack ?? '');
  return match ? { file: match[1]!, line: Number(match[2]) } : undefined;
}
