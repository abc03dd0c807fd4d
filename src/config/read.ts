import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { findNodeAtLocation, parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { Place, Problem } from '../model/problem';
import { configInvalid, configSyntax, configUnreadable } from '../model/problems/config';
import { EVENT_ROLES, type StoreMapping } from '../model/store-info';
import { CONFIG_NAME, REDUCER_NUMBERS, type Config, type ConfigReducer, type ConfigStore } from './config';

/** Comments and trailing commas are allowed. */
export const JSONC = { allowTrailingComma: true, disallowComments: false, allowEmptyContent: true };

/**
 * The nearest leftfold.json at or above a path.
 * @param start a folder, or a file whose folder is where the search begins
 * @returns its absolute path, undefined when there is none up to the root
 */
export function findConfig(start: string): string | undefined {
  const path = resolve(start);
  let folder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : dirname(path);
  for (;;) {
    const file = join(folder, CONFIG_NAME);
    if (existsSync(file) && statSync(file).isFile()) return file;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** Reads the leftfold.json at a path. A missing file is an empty one; all else that is wrong is in `problems`. */
export function loadConfig(file: string): Config {
  try {
    return readConfig(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const problems = code === 'ENOENT' ? [] : [configUnreadable(file, message)];
    return { file, stores: [], reducers: [], problems };
  }
}

/** Reads the text of a leftfold.json. @param file its absolute path, from which relative paths start */
export function readConfig(text: string, file: string): Config {
  return new Reader(text.replace(/^\uFEFF/, ''), resolve(file)).read();
}

/** The line and column (from 1) of an offset in a text. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The first error of a text as people say it. */
export function syntaxProblem(text: string, file: string, errors: readonly ParseError[]): Problem | undefined {
  const [error] = errors;
  return error && configSyntax({ file, ...positionAt(text, error.offset) }, inWords(printParseErrorCode(error.error)));
}

/** `CommaExpected` as "a comma is expected". */
function inWords(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  const expected = /^(.*) expected$/.exec(words)?.[1];
  return expected === undefined ? words : `${/^(end|a|value)/.test(expected) ? 'the ' : 'a '}${expected} is expected`;
}

type Kind = 'object' | 'array' | 'string';

class Reader {
  private readonly problems: Problem[] = [];

  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {}

  read(): Config {
    const errors: ParseError[] = [];
    const root = parseTree(this.text, errors, JSONC);
    const config: Config = { file: this.file, stores: [], reducers: [], problems: this.problems };
    const broken = syntaxProblem(this.text, this.file, errors);
    if (broken) this.problems.push(broken);
    if (broken || !root) return config;
    if (!this.is(root, '', 'object')) return config;
    this.onlyKnown(root, '', ['$schema', 'stores', 'reducers']);
    config.stores = this.items(root, 'stores', (node, path) => this.store(node, path));
    config.reducers = this.items(root, 'reducers', (node, path) => this.reducer(node, path, config.stores));
    return config;
  }

  private items<T>(root: Node, name: string, read: (node: Node, path: string) => T | undefined): T[] {
    const list = findNodeAtLocation(root, [name]);
    if (!list || !this.is(list, name, 'array')) return [];
    return (list.children ?? []).flatMap((node, i) => {
      const path = `${name}[${i}]`;
      const item = this.is(node, path, 'object') ? read(node, path) : undefined;
      return item === undefined ? [] : [item];
    });
  }

  private store(node: Node, path: string): ConfigStore | undefined {
    this.onlyKnown(node, path, ['name', 'path', 'mapping']);
    const location = this.text1(node, path, 'path', true);
    if (location === undefined) return undefined;
    return { name: this.text1(node, path, 'name'), path: this.absolute(location), mapping: this.mapping(node, `${path}.mapping`) };
  }

  private mapping(store: Node, path: string): StoreMapping | undefined {
    const node = findNodeAtLocation(store, ['mapping']);
    if (!node || !this.is(node, path, 'object')) return undefined;
    this.onlyKnown(node, path, ['table', ...EVENT_ROLES]);
    const mapping: StoreMapping = {};
    const table = this.text1(node, path, 'table');
    if (table !== undefined) mapping.table = table;
    for (const role of EVENT_ROLES) {
      const value = findNodeAtLocation(node, [role]);
      if (!value) continue;
      if (value.type === 'string' || value.type === 'null') mapping[role] = value.value as string | null;
      else this.invalid(value, `${path}.${role}`, 'must be the name of a column or field, or null for none');
    }
    return Object.keys(mapping).length > 0 ? mapping : undefined;
  }

  private reducer(node: Node, path: string, stores: readonly ConfigStore[]): ConfigReducer | undefined {
    this.onlyKnown(node, path, ['category', 'module', 'store', 'numbers']);
    const category = this.text1(node, path, 'category', true);
    const module = this.text1(node, path, 'module', true);
    const store = this.text1(node, path, 'store');
    const numbers = this.text1(node, path, 'numbers');
    const mode = REDUCER_NUMBERS.find((known) => known === numbers);
    if (numbers !== undefined && mode === undefined) this.invalid(findNodeAtLocation(node, ['numbers']) ?? node, `${path}.numbers`, `must be one of ${REDUCER_NUMBERS.map((known) => `"${known}"`).join(', ')}`);
    if (category === undefined || module === undefined) return undefined;
    const named = store === undefined || stores.some(({ name }) => name === store);
    return { category, module: this.absolute(module), store: named ? store : this.absolute(store), numbers: mode };
  }

  /** A text that is not empty, undefined when there is none. */
  private text1(node: Node, path: string, name: string, needed = false): string | undefined {
    const value = findNodeAtLocation(node, [name]);
    if (!value) {
      if (needed) this.invalid(node, path, `lacks "${name}"`);
      return undefined;
    }
    if (!this.is(value, `${path}.${name}`, 'string')) return undefined;
    if (value.value === '') {
      this.invalid(value, `${path}.${name}`, 'must not be empty');
      return undefined;
    }
    return value.value as string;
  }

  private onlyKnown(node: Node, path: string, known: readonly string[]): void {
    for (const property of node.children ?? []) {
      const [key] = property.children ?? [];
      if (key && !known.includes(key.value as string)) {
        const name = path === '' ? String(key.value) : `${path}.${key.value}`;
        this.invalid(key, name, `is not known here; there ${known.length === 1 ? 'is' : 'are'} ${known.map((one) => `"${one}"`).join(', ')}`);
      }
    }
  }

  private is(node: Node, path: string, kind: Kind): boolean {
    if (node.type === kind) return true;
    const words: Record<Kind, string> = { object: 'an object', array: 'a list', string: 'a text' };
    this.invalid(node, path, `must be ${words[kind]}`);
    return false;
  }

  private invalid(node: Node, path: string, reason: string): void {
    const where: Place = { file: this.file, ...positionAt(this.text, node.offset) };
    this.problems.push(configInvalid(where, path, reason));
  }

  /** Paths are written with slashes everywhere. */
  private absolute(path: string): string {
    return resolve(dirname(this.file), path);
  }
}
