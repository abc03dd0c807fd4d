import { Uri } from 'vscode';
import type { KnownStore, Stores } from './stores';
import type { ShownStep, StreamRef } from './timelines';

/**
 * What a command is given: a row of the tree, a file of the explorer, a step a timeline shows, or plain data (from a
 * keybinding or another extension): `{ store: <path>, stream?, category?, step? }`.
 */
export function asStoreTarget(target: unknown, stores: Stores): KnownStore | undefined {
  if (target instanceof Uri) return target.scheme === 'file' ? stores.at(target.fsPath) : undefined;
  if (typeof target === 'string') return stores.at(target);
  if (typeof target !== 'object' || target === null || !('store' in target)) return undefined;
  const { store } = target;
  if (typeof store === 'string') return stores.at(store);
  return isStore(store) ? store : undefined;
}

/** The stream a command is about; undefined when it was given none, or no stream. */
export function asStreamTarget(target: unknown, stores: Stores): StreamRef | undefined {
  const store = asStoreTarget(target, stores);
  if (!store || typeof target !== 'object' || target === null || !('stream' in target)) return undefined;
  if (typeof target.stream !== 'string') return undefined;
  const category = 'category' in target ? target.category : undefined;
  return { store, stream: target.stream, ...(typeof category === 'string' || category === null ? { category } : {}) };
}

/** The step a command is about; undefined when it was given none. */
export function asStepTarget(target: unknown, stores: Stores): ShownStep | undefined {
  const stream = asStreamTarget(target, stores);
  if (!stream || typeof target !== 'object' || target === null || !('step' in target)) return undefined;
  return Number.isSafeInteger(target.step) ? { ...stream, step: target.step as number } : undefined;
}

function isStore(value: unknown): value is KnownStore {
  return typeof value === 'object' && value !== null && 'key' in value && 'path' in value && 'origin' in value;
}
