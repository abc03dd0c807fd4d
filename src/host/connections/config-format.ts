import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { applyEdits, modify, parse, type JSONPath } from 'jsonc-parser';
import type { NumberMode } from '../../model/json';
import type { Problem } from '../../model/problem';
import type { StoreMapping } from '../../model/store-info';
import type { ConfiguredReducer, KnownStore } from '../platform/stores';
import type { ListedStore } from './config-files';

export const CONFIG_NAME = 'leftfold.json';

interface Content {
  stores?: { path: string; name?: string; mapping?: StoreMapping }[];
  reducers?: { category: string; module: string; numbers?: NumberMode }[];
}

export interface ReadConfig {
  file: string;
  config: Content;
  problems: Problem[];
}

/** The text of a new leftfold.json. */
export function emptyConfig(): string {
  return '{\n  "stores": [],\n  "reducers": []\n}\n';
}

export function readConfig(text: string, file: string): ReadConfig {
  return { file, config: read(text), problems: [] };
}

export function storesIn({ file, config }: ReadConfig): ListedStore[] {
  return (config.stores ?? []).map(({ path, name, mapping }) => ({ path: resolve(dirname(file), path), name, mapping, configFile: file }));
}

export function reducerIn({ file, config }: ReadConfig, _store: string, category: string | null): ConfiguredReducer | undefined {
  const found = config.reducers?.find((reducer) => reducer.category === category);
  return found && { module: resolve(dirname(file), found.module), numbers: found.numbers, configFile: file };
}

/** Whether a path lies in a folder or below it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

export function withStore(text: string, file: string, store: KnownStore): string {
  return change(text, ['stores', read(text).stores?.length ?? 0], { path: written(file, store.path) }, true);
}

export function withMapping(text: string, file: string, store: KnownStore, mapping: StoreMapping): string {
  const stores = read(text).stores ?? [];
  const index = stores.findIndex(({ path }) => resolve(dirname(file), path) === store.path);
  if (index >= 0) return change(text, ['stores', index, 'mapping'], mapping, false);
  return change(text, ['stores', stores.length], { path: written(file, store.path), mapping }, true);
}

export function withReducer(text: string, file: string, category: string, module: string): string {
  const reducers = read(text).reducers ?? [];
  const index = reducers.findIndex((reducer) => reducer.category === category);
  if (index >= 0) return change(text, ['reducers', index, 'module'], written(file, module), false);
  return change(text, ['reducers', reducers.length], { category, module: written(file, module) }, true);
}

function read(text: string): Content {
  return (parse(text) as Content | undefined) ?? {};
}

function change(text: string, path: JSONPath, value: unknown, insert: boolean): string {
  return applyEdits(text, modify(text, path, value, { formattingOptions: { insertSpaces: true, tabSize: 2 }, isArrayInsertion: insert }));
}

function written(file: string, path: string): string {
  return relative(dirname(file), path).split(sep).join('/');
}
