import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { existsSync, readFileSync } from 'node:fs';
import type * as Compiler from 'typescript';
import { LeftfoldError } from '../model/problem';
import { reducerSyntax } from '../model/problems/reducer';

let loaded: typeof Compiler | undefined;

/** The TypeScript compiler, loaded when first needed: it takes a third of a second. */
export function typescript(): typeof Compiler {
  // A hook that loads a module must answer at once, so this cannot be an import().
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  loaded ??= require('typescript') as typeof Compiler;
  return loaded;
}

export type ModuleFormat = 'module' | 'commonjs';

/** Whether a file is TypeScript by its ending. */
export function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && !/\.d\.[cm]?ts$/.test(file);
}

/**
 * Turns a TypeScript file into JavaScript for Node, with its source map inline.
 * @throws LeftfoldError reducer-syntax
 */
export function transpile(file: string, source: string, format: ModuleFormat): string {
  const ts = typescript();
  const { options } = projectOf(file);
  const result = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      ...only(options, format === 'module' ? [...KEPT_OPTIONS, 'verbatimModuleSyntax'] : KEPT_OPTIONS),
      target: ts.ScriptTarget.ES2023,
      module: format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      inlineSourceMap: true,
    },
  });
  // Without a file it is about the options, which are not the reducer's fault.
  const error = result.diagnostics?.find(({ file }) => file !== undefined);
  if (error) throw new LeftfoldError(syntaxProblem(file, error));
  return result.outputText;
}

/** What of a project's tsconfig.json changes how its code runs. */
const KEPT_OPTIONS = ['experimentalDecorators', 'emitDecoratorMetadata', 'useDefineForClassFields', 'jsx', 'jsxFactory', 'jsxFragmentFactory', 'jsxImportSource'];

function only(options: Compiler.CompilerOptions, keys: string[]): Compiler.CompilerOptions {
  return Object.fromEntries(keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]));
}

/** The first syntax error of a JavaScript or TypeScript file, undefined when it has none. */
export function findSyntaxError(file: string): LeftfoldError | undefined {
  const ts = typescript();
  try {
    const { diagnostics } = ts.transpileModule(readFileSync(file, 'utf8'), {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: { allowJs: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    });
    const error = diagnostics?.find(({ file: of }) => of !== undefined);
    return error && new LeftfoldError(syntaxProblem(file, error));
  } catch {
    return undefined;
  }
}

function syntaxProblem(file: string, error: Compiler.Diagnostic) {
  const text = typescript().flattenDiagnosticMessageText(error.messageText, ' ');
  if (!error.file || error.start === undefined) return reducerSyntax(text, { file });
  const { line, character } = error.file.getLineAndCharacterOfPosition(error.start);
  return reducerSyntax(text, { file, line: line + 1, column: character + 1 });
}

/** How Node is to run a TypeScript file: by its ending, by `type` of the nearest package.json, by what only ESM may hold. */
export function formatOf(file: string, source: string): ModuleFormat {
  const ending = extname(file);
  if (ending === '.mts') return 'module';
  if (ending === '.cts') return 'commonjs';
  if (packageType(dirname(file)) === 'module') return 'module';
  return /\bimport\.meta\b/.test(source) || /^(?:export\s+)?(?:const|let|var)\b[^=;]*=\s*await\b|^await\b/m.test(source) ? 'module' : 'commonjs';
}

const packageTypes = new Map<string, string | undefined>();

function packageType(folder: string): string | undefined {
  if (packageTypes.has(folder)) return packageTypes.get(folder);
  let type: string | undefined;
  const manifest = readText(join(folder, 'package.json'));
  if (manifest !== undefined) {
    try {
      type = (JSON.parse(manifest) as { type?: string }).type;
    } catch {
      type = undefined;
    }
  } else if (dirname(folder) !== folder) type = packageType(dirname(folder));
  packageTypes.set(folder, type);
  return type;
}

interface Project {
  options: Compiler.CompilerOptions;
  /** Absolute folder that `paths` start from, and the patterns. */
  base: string | undefined;
  paths: Record<string, string[]>;
}

const projects = new Map<string, Project>();

/** What the nearest tsconfig.json upwards says, `extends` followed; nothing where it is missing or broken. */
export function projectOf(file: string): Project {
  const folder = dirname(file);
  const known = projects.get(folder);
  if (known) return known;
  const config = nearest(folder, 'tsconfig.json');
  const project: Project = { options: {}, base: undefined, paths: {} };
  if (config !== undefined) {
    const ts = typescript();
    const host: Compiler.ParseConfigHost = { useCaseSensitiveFileNames: true, fileExists: existsSync, readFile: readText, readDirectory: () => [] };
    const { config: json } = ts.readConfigFile(config, readText) as { config?: unknown };
    const { options } = ts.parseJsonConfigFileContent(json ?? {}, host, dirname(config), undefined, config);
    project.options = options;
    project.paths = options.paths ?? {};
    project.base = options.baseUrl ?? (options.pathsBasePath as string | undefined) ?? dirname(config);
  }
  projects.set(folder, project);
  return project;
}

/** Where `paths` (and baseUrl) of the nearest tsconfig.json send an import, best first; paths without ending. */
export function mappedPaths(specifier: string, importer: string): string[] {
  const { paths, base, options } = projectOf(importer);
  if (base === undefined) return [];
  const found: string[] = [];
  const patterns = Object.keys(paths).sort((a, b) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
  for (const pattern of patterns) {
    const star = matchPattern(pattern, specifier);
    if (star === undefined) continue;
    for (const target of paths[pattern]!) {
      const path = target.replace('*', () => star);
      found.push(isAbsolute(path) ? path : resolve(base, path));
    }
    break;
  }
  if (options.baseUrl !== undefined) found.push(resolve(options.baseUrl, specifier));
  return found;
}

/** What "*" stands for, undefined when the pattern does not match. */
function matchPattern(pattern: string, specifier: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at < 0) return pattern === specifier ? '' : undefined;
  const head = pattern.slice(0, at);
  const tail = pattern.slice(at + 1);
  if (specifier.length < head.length + tail.length || !specifier.startsWith(head) || !specifier.endsWith(tail)) return undefined;
  return specifier.slice(at, specifier.length - tail.length);
}

function nearest(folder: string, name: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (readText(join(at, name)) !== undefined) return join(at, name);
    if (dirname(at) === at) return undefined;
  }
}

/** Undefined where the file is missing or may not be read (the permission model denies what lies outside). */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
