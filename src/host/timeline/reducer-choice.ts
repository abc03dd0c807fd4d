import { workspace } from 'vscode';
import { dirname } from 'node:path';
import type { ReducerRef } from '../../protocol/shared';
import type { ConfiguredReducer, Configs } from '../platform/stores';
import type { StreamRef } from '../platform/timelines';

/** Which reducer a timeline runs, and why not the one configured. */
export interface ReducerChoice {
  /** What the engine is told; null for the merge. */
  reducer: ReducerRef | null;
  /** What leftfold.json names, run or not. */
  configured: ConfiguredReducer | undefined;
  /** A reducer is configured, but this workspace is not trusted, so its code does not run. */
  untrusted: boolean;
}

/** The reducer that leftfold.json names for a category; the merge without one, and in an untrusted workspace. */
export function chooseReducer(configs: Configs, { store, stream }: StreamRef, category: string | null): ReducerChoice {
  const configured = configs.reducerFor(store, category, stream);
  if (!configured) return { reducer: null, configured, untrusted: false };
  if (!workspace.isTrusted) return { reducer: null, configured, untrusted: true };
  const { module, numbers } = configured;
  return { reducer: { module, ...(numbers ? { numbers } : {}) }, configured, untrusted: false };
}

/** The folders a reducer may read: the workspace's, that of its leftfold.json, and its own. */
export function readableFor(choice: ReducerChoice): string[] {
  if (!choice.reducer) return [];
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  const own = [dirname(choice.reducer.module), ...(choice.configured ? [dirname(choice.configured.configFile)] : [])];
  return [...new Set([...folders, ...own])];
}
