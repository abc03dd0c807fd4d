import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { applyEdits, modify, parseTree, type JSONPath, type ParseError } from 'jsonc-parser';
import { LeftfoldError } from '../model/problem';
import { configNotEditable } from '../model/problems/config';
import type { StoreMapping } from '../model/store-info';
import { samePath, storeFor } from './find';
import { JSONC, positionAt, readConfig } from './read';

/** What a new leftfold.json holds. */
export function emptyConfig(): string {
  return '{\n  "stores": [],\n  "reducers": []\n}\n';
}

/**
 * A path as leftfold.json holds it: relative to the file, with slashes; absolute where no relative one leads
 * (another drive).
 */
export function configPath(file: string, path: string): string {
  const found = relative(dirname(file), path);
  return isAbsolute(found) ? found : found.replaceAll('\\', '/');
}

/**
 * The text with a store listed; unchanged when it is already. Comments and layout stay.
 * @param file where the text lies, absolute
 * @param path the store, absolute
 * @throws LeftfoldError config-not-editable when the text is no valid JSON
 */
export function withStore(text: string, file: string, path: string, name?: string): string {
  const { text: whole, at } = storeEntry(text, file, path);
  if (at >= 0) return name === undefined ? whole : set(whole, ['stores', at, 'name'], name);
  return append(whole, 'stores', { ...(name === undefined ? {} : { name }), path: configPath(file, path) });
}

/** The text with the mapping of a store, which is listed if it was not; an older mapping is replaced. As withStore. */
export function withMapping(text: string, file: string, path: string, mapping: StoreMapping): string {
  const { text: whole, at } = storeEntry(text, file, path);
  if (at >= 0) return set(whole, ['stores', at, 'mapping'], mapping);
  return append(whole, 'stores', { path: configPath(file, path), mapping });
}

/**
 * The text with a module as the reducer of a category: the entry that serves it now is changed, else one is added.
 * @param module absolute
 * @param store the absolute path of the store it is set from: an entry for another store is left alone
 */
export function withReducer(text: string, file: string, category: string, module: string, store?: string): string {
  const whole = editable(text, file);
  const name = store === undefined ? undefined : storeFor(readConfig(whole, file), store)?.name;
  const isHere = (entry: Entry): boolean => {
    const written = entry['store'];
    return typeof written === 'string' && (store === undefined || written === name || samePath(resolve(dirname(file), written), store));
  };
  const entries = entriesOf(whole, 'reducers').map((entry, at) => ({ entry, at })).filter(({ entry }) => entry['category'] === category);
  const forAll = entries.find(({ entry }) => entry['store'] === undefined);
  const forThis = entries.find(({ entry }) => isHere(entry));
  const found = store === undefined ? (forAll ?? forThis) : (forThis ?? forAll);
  if (found) return set(whole, ['reducers', found.at, 'module'], configPath(file, module));
  return append(whole, 'reducers', { category, module: configPath(file, module) });
}

type Entry = Record<string, unknown>;

function storeEntry(text: string, file: string, path: string): { text: string; at: number } {
  const whole = editable(text, file);
  const at = entriesOf(whole, 'stores').findIndex((entry) => typeof entry['path'] === 'string' && samePath(resolve(dirname(file), entry['path']), path));
  return { text: whole, at };
}

/** An empty text becomes an empty config; one that is no JSON is not touched. */
function editable(text: string, file: string): string {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, JSONC);
  const [error] = errors;
  if (error || (root && root.type !== 'object')) throw new LeftfoldError(configNotEditable({ file, ...positionAt(text, error?.offset ?? 0) }));
  return root ? text : text.trim() === '' ? emptyConfig() : `${text.replace(/\n?$/, '\n')}${emptyConfig()}`;
}

function entriesOf(text: string, list: 'stores' | 'reducers'): Entry[] {
  const root = parseTree(text, [], JSONC);
  const node = root?.children?.find((property) => property.children?.[0]?.value === list)?.children?.[1];
  return (node?.type === 'array' ? (node.children ?? []) : []).map((entry) =>
    Object.fromEntries((entry.type === 'object' ? (entry.children ?? []) : []).map((property) => [String(property.children?.[0]?.value), property.children?.[1]?.value as unknown])),
  );
}

function set(text: string, path: JSONPath, value: unknown): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: layoutOf(text) }));
}

function append(text: string, list: 'stores' | 'reducers', entry: object): string {
  const { length } = entriesOf(text, list);
  const path: JSONPath = length === 0 ? [list] : [list, length];
  const value = length === 0 ? [entry] : entry;
  return applyEdits(text, modify(text, path, value, { formattingOptions: layoutOf(text), isArrayInsertion: length > 0 }));
}

/** New lines look like those that are there. */
function layoutOf(text: string): { insertSpaces: boolean; tabSize: number; eol: string } {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 4 : indent.length, eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
