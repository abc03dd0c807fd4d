import { resolve } from 'node:path';
import { ANY_CATEGORY, type Config, type ConfigReducer, type ConfigStore } from './config';

/** Whether two absolute paths are one file's: without regard to case where file systems have none. */
export function samePath(a: string, b: string): boolean {
  const left = resolve(a);
  const right = resolve(b);
  const folds = process.platform === 'win32' || process.platform === 'darwin';
  return folds ? left.toLowerCase() === right.toLowerCase() : left === right;
}

/** What a config says of the store at a path, undefined when it does not list it. */
export function storeFor(config: Config, path: string): ConfigStore | undefined {
  return config.stores.find((store) => samePath(store.path, path));
}

/**
 * The reducer for streams of a category: an entry for this very store before one for all stores, the category's own
 * before the one for any ("*"); of equals the first.
 * @param category null for streams without one, which an entry can name by the stream itself
 */
export function reducerFor(config: Config, storePath: string, category: string | null, stream?: string): ConfigReducer | undefined {
  const name = storeFor(config, storePath)?.name;
  const here = config.reducers.filter(({ store }) => store === undefined || store === name || samePath(store, storePath));
  const wanted = category ?? stream;
  const best = (entries: ConfigReducer[]): ConfigReducer | undefined => entries.find((entry) => entry.store !== undefined) ?? entries[0];
  return best(here.filter((entry) => entry.category === wanted)) ?? best(here.filter((entry) => entry.category === ANY_CATEGORY));
}
