import { applyMergePatch } from '../diff/merge-patch';
import type { ReducerEvent } from '../model/event';
import type { NumberMode } from '../model/json';

/** What turns events into a state. */
export interface Reducer {
  /** What a person is shown: "RFC 7396 merge" or the file's name. */
  label: string;
  kind: 'merge' | 'module';
  /** Absolute path of the module, null for the merge. */
  file: string | null;
  /** How numbers of payloads are given to it. */
  numbers: NumberMode;
  /**
   * The state before the first event, a fresh one where the module gives a function. Undefined where the module gives
   * none: `evolve` is then called with undefined, so that a default parameter takes effect.
   */
  initial(): unknown;
  /** The state after the event. May throw whatever the user's code throws. */
  evolve(state: unknown, event: ReducerEvent): unknown;
  /** True only where it is certain that neither state nor event is ever altered: the built-in merge. */
  pure: boolean;
}

/**
 * The state without a reducer: the RFC 7396 merge of the payloads, in order, into `{}`. A payload that is not an object
 * replaces the state, as the RFC says; an event without payload leaves it as it is. Stored digits are kept.
 */
export function mergeReducer(): Reducer {
  return {
    label: 'RFC 7396 merge',
    kind: 'merge',
    file: null,
    numbers: 'stored',
    initial: () => ({}),
    evolve: (state, event) => (event.data === undefined ? state : applyMergePatch(state, event.data)),
    pure: true,
  };
}
