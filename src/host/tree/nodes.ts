import type { Problem } from '../../model/problem';
import type { StreamHead } from '../../model/stream';
import type { KnownStore } from '../platform/stores';
import type { StreamList } from './stream-list';

/** A row of the tree. Rows that stand for a store or a stream carry what the commands' targets need. */
export type Node = StoreNode | CategoryNode | StreamNode | MoreNode | StatusNode;

export interface StoreNode {
  kind: 'store';
  store: KnownStore;
  /** The filter it was made for, '' for none: a row of one round is never that of another, to VS Code either. */
  round: string;
}

export interface CategoryNode {
  kind: 'category';
  parent: StoreNode;
  store: KnownStore;
  category: string | null;
  streams: number | undefined;
}

export interface StreamNode {
  kind: 'stream';
  parent: StoreNode | CategoryNode;
  store: KnownStore;
  stream: string;
  category: string | null;
  head: StreamHead;
  /** Whether no level above says which category it is in. */
  showCategory: boolean;
}

/** "Load more…" */
export interface MoreNode {
  kind: 'more';
  parent: StoreNode | CategoryNode;
  list: StreamList;
}

/** Something to know or to do, never a stream. */
export interface StatusNode {
  kind: 'status';
  /** null for a row at the top of the tree. */
  parent: StoreNode | CategoryNode | null;
  /** Tells its rows apart. */
  id: string;
  label: string;
  description?: string;
  icon: string;
  /** Theme colour of the icon. */
  color?: string;
  command?: { id: string; args: unknown[] };
  problem?: Problem;
}

/** The id VS Code keeps a row's expansion and selection by. `round` makes filtered rows others than unfiltered ones. */
export function nodeId(node: Node, round: string): string {
  switch (node.kind) {
    case 'store':
      return `store\0${round}\0${node.store.key}`;
    case 'category':
      return `category\0${node.store.key}\0${node.category === null ? 'none' : `=${node.category}`}`;
    case 'stream':
      return `stream\0${round}\0${node.store.key}\0${node.stream}`;
    case 'more':
      return `more\0${nodeId(node.parent, round)}`;
    case 'status':
      return `status\0${node.id}\0${node.parent ? nodeId(node.parent, round) : ''}`;
  }
}
