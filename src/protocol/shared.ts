import type { NumberMode } from '../model/json';
import type { StoreMapping } from '../model/store-info';

/** Which store: an absolute path and, when a person mapped it by hand, the mapping. */
export interface StoreRef {
  path: string;
  mapping?: StoreMapping;
}

/** Which reducer: an absolute module path, or null for the RFC 7396 merge. */
export interface ReducerRef {
  module: string;
  numbers?: NumberMode;
}

/** How a value is shown: its kind, a one-line text (cut, see `cut`), and how many children it has. */
export interface ValueView {
  kind: ValueKind;
  /** One line, at most 200 characters. Text values are quoted as JSON. Numbers have every digit. */
  text: string;
  /** Whether `text` shows less than the value. */
  cut: boolean;
  /** Number of direct children (entries of an object, array, Map, Set), 0 for a leaf. */
  children: number;
}

export type ValueKind =
  | 'null' | 'boolean' | 'number' | 'string' | 'bigint' | 'undefined' | 'date' | 'regexp' | 'function' | 'symbol'
  | 'object' | 'array' | 'map' | 'set' | 'bytes' | 'instance' | 'cycle' | 'raw';

/** One visible line of a tree of values. */
export interface TreeRow {
  /** RFC 6901 pointer from the tree's root; '' is the root itself. */
  path: string;
  depth: number;
  /** The key or index as shown; '' for the root. */
  key: string;
  value: ValueView;
  expanded: boolean;
  /** The storage class or stored type of a column, on the lines of a stored record. */
  type?: string;
  /** What the step did: this value was added, replaced, or something below it changed. */
  mark: 'added' | 'replaced' | 'within' | 'removed' | null;
}

/** A window of the visible lines of a tree, for a virtual list. */
export interface TreePage {
  /** All visible lines with this expansion state. */
  total: number;
  start: number;
  rows: TreeRow[];
}

/** Which nodes are open: all to `depth` levels (0: root closed), and these paths turned open or closed by hand. */
export interface Expansion {
  depth: number;
  open: string[];
  closed: string[];
  /** Also open every ancestor of a changed path. */
  changed?: boolean;
}
