import { readFileSync, realpathSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { dirname, resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { formatOf, isTypeScript, mappedPaths, transpile } from './typescript';
import { pathOf } from './user-stack';

/** An import that led nowhere: what was written, and the file it was written in. */
export interface FailedImport {
  specifier: string;
  importer: string | undefined;
}

const failures = new WeakMap<object, FailedImport>();

/** Which import an error came from, where it came from one. */
export function failedImport(error: unknown): FailedImport | undefined {
  return error !== null && typeof error === 'object' ? failures.get(error) : undefined;
}

let installed = false;

/**
 * Teaches this process to load TypeScript and what TypeScript projects import (once; it stays, for modules may be
 * imported late). Nothing is written and no process is started, so it works under Node's permission model.
 */
export function installModuleHooks(): void {
  if (installed) return;
  installed = true;
  // Inline source maps of what is transpiled below then give stacks their TypeScript lines.
  nodeModule.setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  nodeModule.registerHooks({ resolve: resolveImport, load: loadSource });
}

/** The files of reducers: what was asked for and all it imports, in the order they were met. */
const userFiles = new Set<string>();

/** Marks a file as a reducer's: it and what it imports go through the hooks, and nothing else does. */
export function addUserFile(file: string): void {
  userFiles.add(file);
}

/** The files of reducers met so far, the latest first: where to look for a syntax error. */
export function latestUserFiles(): string[] {
  return [...userFiles].reverse();
}

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];

/** What may lie behind an ending: TypeScript is imported by the name of the JavaScript it becomes. */
const SOURCES: Record<string, string[]> = { '.js': ['.ts', '.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'], '.jsx': ['.tsx'] };

const resolveImport: nodeModule.ResolveHookSync = (specifier, context, next) => {
  const importer = context.parentURL?.startsWith('file:') ? pathOf(context.parentURL) : undefined;
  if (importer === undefined || !userFiles.has(importer) || nodeModule.isBuiltin(specifier)) return next(specifier, context);
  try {
    const mapped = findFile(specifier, importer);
    const found = mapped === undefined ? next(specifier, context) : { url: pathToFileURL(realPath(mapped)).href, shortCircuit: true };
    if (found.url.startsWith('file:')) userFiles.add(pathOf(found.url));
    return found;
  } catch (error) {
    if (error !== null && typeof error === 'object' && !failures.has(error)) failures.set(error, { specifier, importer });
    throw error;
  }
};

/** The file an import means where Node alone would not find it; undefined leaves it to Node. */
function findFile(specifier: string, importer: string): string | undefined {
  if (importer.includes('node_modules')) return undefined;
  if (/^\.\.?(\/|$)/.test(specifier) || specifier.startsWith('/')) {
    const path = resolvePath(dirname(importer), specifier.replace(/[?#].*$/, ''));
    return isFile(path) ? undefined : existing(path);
  }
  if (/^[a-z]+:/i.test(specifier) || specifier.startsWith('#') || !isTypeScript(importer)) return undefined;
  for (const path of mappedPaths(specifier, importer)) {
    const file = existing(path);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The file at a path written with, without or with a JavaScript ending; undefined when nothing is there. */
function existing(path: string): string | undefined {
  if (isFile(path)) return path;
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0];
  for (const source of (ending && SOURCES[ending]) ?? []) {
    const file = path.slice(0, -ending!.length) + source;
    if (isFile(file)) return file;
  }
  for (const added of ENDINGS) if (isFile(path + added)) return path + added;
  for (const added of ENDINGS) if (isFile(`${path}/index${added}`)) return `${path}/index${added}`;
  return undefined;
}

/** One file is one module, whichever link it is reached by. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const loadSource: nodeModule.LoadHookSync = (url, context, next) => {
  const file = url.startsWith('file:') ? pathOf(url) : undefined;
  if (file === undefined || !userFiles.has(file)) return next(url, context);
  if (file.endsWith('.json')) {
    // A JSON import works with and without `with { type: 'json' }`.
    return next(url, { ...context, importAttributes: { ...context.importAttributes, type: 'json' } });
  }
  if (!isTypeScript(file)) return next(url, context);
  const source = readFileSync(file, 'utf8');
  const format = formatOf(file, source);
  return { format, source: transpile(file, source, format), shortCircuit: true };
};
