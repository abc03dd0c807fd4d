import type { ReducerEvent } from '../model/event';
import { LeftfoldError } from '../model/problem';
import { reducerFailedToLoad, reducerShape } from '../model/problems/reducer';
import { cloneState, NotCopyable } from './clone';
import { firstUserFrame, messageOf } from './user-stack';

export interface Fold {
  initial: () => unknown;
  evolve: (state: unknown, event: ReducerEvent) => unknown;
}

/**
 * Finds the fold in what a module exports: `evolve` with `initialState`, named or within the default export, or a
 * default function alone.
 * @throws LeftfoldError reducer-shape
 */
export function adaptModule(file: string, exported: unknown): Fold {
  const candidates = exportsOf(exported);
  for (const candidate of candidates) {
    if (!isHolder(candidate)) continue;
    const { evolve } = candidate;
    if (typeof evolve === 'function') {
      return { initial: initialOf(file, candidate), evolve: (state, event) => (evolve as Evolve).call(candidate, state, event) };
    }
  }
  for (const candidate of candidates) {
    if (typeof candidate === 'function' && !isClass(candidate)) {
      return { initial: initialOf(file, { ...(candidates[0] as object), ...candidate }), evolve: candidate as Evolve };
    }
  }
  throw new LeftfoldError(reducerShape(file, describe(candidates)));
}

type Evolve = (state: unknown, event: ReducerEvent) => unknown;
type Holder = Record<string, unknown>;

/** The module's own exports, then its default export, then the default a transpiled CommonJS module wraps in that. */
function exportsOf(exported: unknown): unknown[] {
  const found: unknown[] = [exported];
  for (let at = exported, depth = 0; depth < 2 && isHolder(at) && 'default' in at; depth++) {
    at = at.default;
    if (at !== undefined && at !== null) found.push(at);
  }
  return found;
}

function isHolder(value: unknown): value is Holder {
  return value !== null && (typeof value === 'object' || typeof value === 'function');
}

function isClass(value: unknown): boolean {
  return typeof value === 'function' && /^class\b/.test(Function.prototype.toString.call(value));
}

/** A function is called for each new fold; a value is copied, so that a fold which alters it leaves the next one whole. */
function initialOf(file: string, holder: Holder): () => unknown {
  const { initialState } = holder;
  if (typeof initialState !== 'function') return () => copyIfPossible(initialState);
  return () => {
    try {
      return (initialState as () => unknown).call(holder);
    } catch (error) {
      throw new LeftfoldError(reducerFailedToLoad(file, `initialState: ${messageOf(error)}`, firstUserFrame(error, __filename) ?? { file }));
    }
  };
}

function copyIfPossible(value: unknown): unknown {
  try {
    return cloneState(value).value;
  } catch (error) {
    if (error instanceof NotCopyable) return value;
    throw error;
  }
}

/** What is exported, in words: "evolve (an object) and initialState (a function)". */
function describe(candidates: unknown[]): string {
  const holder = candidates.find((candidate) => isHolder(candidate) && Object.keys(candidate).some((key) => key !== 'default'));
  const only = candidates.at(-1);
  if (!isHolder(holder)) return isHolder(only) && Object.keys(only).length === 0 ? 'nothing' : `a default export that is ${nounOf(only)}`;
  const names = Object.keys(holder).filter((key) => key !== '__esModule' && key !== 'module.exports');
  const shown = names.slice(0, 8).map((name) => `${name} (${nounOf(holder[name])})`);
  return shown.length === 0 ? 'nothing' : shown.join(', ') + (names.length > shown.length ? ' and more' : '');
}

function nounOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  if (isClass(value)) return 'a class';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
