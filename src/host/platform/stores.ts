import type { Event } from 'vscode';
import type { NumberMode } from '../../model/json';
import type { Problem } from '../../model/problem';
import type { StoreInfo, StoreMapping } from '../../model/store-info';
import type { BrowseApi } from '../../protocol/browse';
import type { StoreRef } from '../../protocol/shared';

/** A store a person opened, or one that a leftfold.json lists, or one met by its path alone. */
export interface KnownStore {
  /** Identifies it: see storeKey. */
  readonly key: string;
  /** Absolute path. */
  readonly path: string;
  readonly name: string;
  readonly mapping: StoreMapping | undefined;
  readonly origin: 'opened' | 'config' | 'path';
  /** The leftfold.json that lists it. */
  readonly configFile: string | undefined;
}

/** What engines are told about a store. */
export function storeRef(store: KnownStore): StoreRef {
  return { path: store.path, ...(store.mapping ? { mapping: store.mapping } : {}) };
}

export type SessionState =
  | { phase: 'closed' }
  | { phase: 'opening'; done: number; total: number }
  | { phase: 'ready'; info: StoreInfo }
  | { phase: 'failed'; problem: Problem };

/** The browsing of one store: an engine started with the first request, and again after it ended. */
export interface StoreSession {
  readonly store: KnownStore;
  readonly state: SessionState;
  /** The file changed on disk and was not read again (it takes long, or the setting says so). */
  readonly outdated: boolean;
  /** Fires when the state changes and when the store was read again. */
  readonly onDidChange: Event<void>;
  /** Opens the store when it is not open. Rejects with the problem it failed with. */
  open(): Promise<StoreInfo>;
  request<M extends Exclude<keyof BrowseApi['calls'], 'open'>>(
    method: M,
    params: BrowseApi['calls'][M]['params'],
    signal?: AbortSignal,
  ): Promise<BrowseApi['calls'][M]['result']>;
  /** Reads the store again, in a new engine when the last one ended. */
  reopen(): Promise<StoreInfo>;
}

/** All stores known to this window. */
export interface Stores {
  readonly list: readonly KnownStore[];
  readonly onDidChange: Event<void>;
  /** Fires with the store's key after its file changed on disk and was looked at again. */
  readonly onDidChangeFile: Event<string>;
  /** The known store at this path, else one described from the path and the leftfold.json that speaks of it. */
  at(path: string): KnownStore;
  session(store: KnownStore): StoreSession;
  /** Adds the store to the opened ones and keeps it for the next window. */
  remember(path: string): Promise<KnownStore>;
  forget(key: string): Promise<void>;
}

/** A reducer as leftfold.json names it for a store and category, with absolute paths. */
export interface ConfiguredReducer {
  module: string;
  numbers: NumberMode | undefined;
  configFile: string;
}

/** What the leftfold.json files that count in this window say. */
export interface Configs {
  readonly onDidChange: Event<void>;
  /** Files that could not be read or understood. */
  readonly problems: readonly Problem[];
  /** The leftfold.json of the first workspace folder, existing or not; undefined without a folder. */
  readonly rootFile: string | undefined;
  /** @param stream names the reducer where the stream has no category */
  reducerFor(store: KnownStore, category: string | null, stream?: string): ConfiguredReducer | undefined;
  /** Where a change for this store is written: its leftfold.json, existing or not; undefined without a folder. */
  fileFor(store: KnownStore): string | undefined;
  /** Changes a leftfold.json by a text edit (made when absent), comments kept, then reads it again. */
  edit(file: string, change: (text: string) => string): Promise<void>;
  /** Keeps a mapping of a store that no leftfold.json can hold, for this machine. */
  keepMapping(path: string, mapping: StoreMapping): Promise<void>;
}
