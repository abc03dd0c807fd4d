import type { Problem } from '../model/problem';
import type { Expansion, ReducerRef, StoreRef, TreePage, ValueView } from './shared';

/**
 * What the engine of one timeline answers. The page asks through the host, which passes these on unread.
 *
 * A step counts events folded: step 0 is the initial state, step n the state after the n-th event (index n - 1).
 * Versions cross as text, so that none is rounded. All is plain JSON data: webview messages know no bigint.
 */
export interface TimelineApi {
  calls: {
    /** Opens store and stream and loads the reducer. The whole fold then runs in the background (see `progress`). */
    open: { params: { store: StoreRef; stream: string; reducer: ReducerRef | null }; result: TimelineInfo };
    /** Rows of the event list; `start` is the step of the first row (>= 1). */
    rows: { params: { start: number; count: number }; result: EventRow[] };
    /** Everything the page needs at a step but the trees. */
    step: { params: { step: number; changes: number }; result: StepView };
    /** More changes of a step, from the given index. `base` defaults to step - 1. */
    changes: { params: { step: number; base?: number; start: number; count: number }; result: ChangePage };
    /** A window of a tree: the state at a step, or payload, metadata or stored record of its event. */
    tree: { params: { step: number; of: TreeKind; expansion: Expansion; start: number; count: number }; result: TreePage };
    /** The whole text of one value (JSON, indented), for copying or opening: at most `limit` characters. */
    text: { params: { step: number; of: TreeKind; path: string; limit: number }; result: { text: string; cut: boolean } };
    /** The step of a version (the last event with it) or of the last event at or before an ISO 8601 time. */
    locate: { params: { version: string } | { time: string }; result: { step: number } };
    /** Begins an export; `exportNext` gives its text in pieces until null. */
    export: { params: { what: 'state' | 'events'; step: number }; result: { id: number; suggestedName: string } };
    exportNext: { params: { id: number }; result: string | null };
  };
  notes: {
    /** How far the background fold has come. */
    progress: { folded: number; total: number; done: boolean };
    /** Steps that could not be folded or read, as they are found (at most the first 1,000). */
    failed: { step: number; problem: Problem }[];
    /** Something to tell once: the reducer mutates its state, wrote to the console, … */
    notice: Problem;
  };
}

export type TreeKind = 'state' | 'data' | 'metadata' | 'record';

export interface TimelineInfo {
  store: string;
  storeName: string;
  dialect: string;
  stream: string;
  category: string | null;
  /** Number of events; steps run from 0 to this. */
  length: number;
  firstVersion: string;
  lastVersion: string;
  firstTime: string | null;
  lastTime: string | null;
  reducer: ReducerInfo;
  types: string[];
}

export interface ReducerInfo {
  kind: 'merge' | 'module';
  /** What is shown: "RFC 7396 merge" or the file's name. */
  label: string;
  module: string | null;
  /** Set when the module could not be loaded: the state is then the merge, and the page says so. */
  problem: Problem | null;
}

export interface EventRow {
  step: number;
  version: string;
  type: string;
  time: string | null;
  /** A one-line summary of the payload, at most 160 characters. */
  summary: string;
  problem: Problem | null;
}

export interface ChangeView {
  op: 'add' | 'remove' | 'replace';
  /** RFC 6901 pointer, in an order that applies one after the other (RFC 6902). */
  path: string;
  old: ValueView | null;
  new: ValueView | null;
}

export interface ChangePage {
  total: number;
  start: number;
  changes: ChangeView[];
}

export interface StepView {
  step: number;
  /** null at step 0. */
  row: EventRow | null;
  event: { id: string | null; position: string | null; place: string } | null;
  changes: ChangePage;
  /** Set when this event could not be folded or read; the state is then the one before. */
  problem: Problem | null;
  /** The step of the first event before this one that could not be folded, null when there is none. */
  afterErrorAt: number | null;
}
