import type { Problem } from '../model/problem';
import type { NumberMode } from '../model/json';
import type { StoreMapping } from '../model/store-info';

/** The name of the file, in any folder at or above a store. */
export const CONFIG_NAME = 'leftfold.json';

/** A reducer with this category serves every stream that no other entry names. */
export const ANY_CATEGORY = '*';

/** How a reducer may ask for its numbers, see NumberMode. */
export const REDUCER_NUMBERS = ['exact', 'bigint', 'double'] as const satisfies readonly NumberMode[];

/** An event store as a leftfold.json lists it. */
export interface ConfigStore {
  name: string | undefined;
  /** Absolute. */
  path: string;
  mapping: StoreMapping | undefined;
}

/** A reducer as a leftfold.json names it. */
export interface ConfigReducer {
  category: string;
  /** Absolute. */
  module: string;
  /** The name or the absolute path of the one store it is for; undefined for all. */
  store: string | undefined;
  numbers: (typeof REDUCER_NUMBERS)[number] | undefined;
}

/** What a leftfold.json says. Entries that could not be understood are left out, each with a problem. */
export interface Config {
  /** Absolute. */
  file: string;
  stores: ConfigStore[];
  reducers: ConfigReducer[];
  /** With file, line and column. */
  problems: Problem[];
}
