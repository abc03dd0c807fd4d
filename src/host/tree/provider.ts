import { EventEmitter, type CancellationToken, type Disposable, type Event, type TreeDataProvider, type TreeItem } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { abortSignalOf } from '../platform/abort';
import { Disposables } from '../platform/disposables';
import { settings } from '../platform/settings';
import type { Configs, KnownStore, StoreSession, Stores } from '../platform/stores';
import { streamTooltip, treeItem } from './items';
import { nodeId, type CategoryNode, type MoreNode, type Node, type StoreNode } from './nodes';
import { configProblemRow, emptyRow, failedRows, openingRow, outdatedRow, unreadableRow } from './status-rows';
import { StreamList } from './stream-list';

/** A store that opens within this time goes from closed to its streams without a row that says "Opening…", ms. */
const PATIENCE_MS = 250;
/** How long drawing the tree may take, ms. */
const NOT_DRAWN_YET_MS = 1500;

/** store -> category -> stream, paged; with a filter, store -> the streams that match. */
export class StoreTree implements TreeDataProvider<Node>, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<Node | undefined>());
  readonly onDidChangeTreeData: Event<Node | undefined> = this.changed.event;

  private match: string | undefined;
  /** When the whole tree was last to be drawn, ms since the epoch. */
  private redrawnAt = 0;
  private readonly storeNodes = new Map<string, StoreNode>();
  private readonly categoryNodes = new Map<string, CategoryNode>();
  /** By the id of the node whose children they are. */
  private readonly lists = new Map<string, StreamList>();
  private readonly heard = new WeakSet<StoreSession>();
  /** Ids of unfiltered rows that are open, so that they are open again once a filter is cleared. */
  private readonly expanded = new Set<string>();

  constructor(
    private readonly stores: Stores,
    private readonly configs: Configs,
  ) {
    this.all.add(stores.onDidChange(() => this.storesChanged()));
    this.all.add(configs.onDidChange(() => this.redraw()));
  }

  get filter(): string | undefined {
    return this.match;
  }

  /** Shows only streams whose id contains the text, asked of the stores anew; undefined shows all. */
  setFilter(match: string | undefined): void {
    this.match = match === '' ? undefined : match;
    this.lists.clear();
    this.redraw();
  }

  /** Draws again without asking the stores (times ago grow older). */
  redraw(): void {
    this.redrawnAt = Date.now();
    this.changed.fire(undefined);
  }

  /** Reads a store, or every store opened so far, again. Problems show in the tree. */
  async refresh(store?: KnownStore): Promise<void> {
    const chosen = store ? [store] : this.stores.list;
    await Promise.all(chosen.map(async (one) => {
      const session = this.stores.session(one);
      if (!store && session.state.phase === 'closed') return;
      await session.reopen().catch(() => undefined);
    }));
  }

  /** The row of a store, opened when it is shown next. */
  nodeOf(store: KnownStore, expand = false): StoreNode {
    const known = this.storeNodes.get(store.key);
    const round = this.match ?? '';
    const node = known?.store === store && known.round === round ? known : { kind: 'store' as const, store, round };
    this.storeNodes.set(store.key, node);
    if (expand) this.expanded.add(nodeId(node, ''));
    return node;
  }

  /** Remembers what a person opened and closed. What they do while a filter is set ends with it. */
  setExpanded(node: Node, expanded: boolean): void {
    if (this.match !== undefined || roundOf(node) !== '') return;
    if (expanded) this.expanded.add(nodeId(node, ''));
    else this.expanded.delete(nodeId(node, ''));
  }

  async loadMore(node: MoreNode): Promise<void> {
    await node.list.more();
    this.changed.fire(node.parent);
  }

  getTreeItem(node: Node): TreeItem {
    const state = node.kind === 'store' ? this.stores.session(node.store).state : undefined;
    const expanded = (node.kind === 'store' && this.match !== undefined) || this.expanded.has(nodeId(node, ''));
    return treeItem(node, this.idOf(node), { state, expanded });
  }

  async resolveTreeItem(item: TreeItem, node: Node, token: CancellationToken): Promise<TreeItem> {
    if (node.kind !== 'stream') return item;
    const abort = abortSignalOf(token);
    try {
      const summary = await this.stores.session(node.store).request('summary', { stream: node.stream }, abort.signal);
      item.tooltip = streamTooltip(summary);
    } catch (error) {
      if (!(error instanceof LeftfoldError)) throw error;
      item.tooltip = error.problem.message;
    } finally {
      abort.dispose();
    }
    return item;
  }

  getParent(node: Node): Node | undefined {
    return node.kind === 'store' ? undefined : (node.parent ?? undefined);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) return [...this.configs.problems.map(configProblemRow), ...this.stores.list.map((store) => this.nodeOf(store))];
    if (node.kind === 'store') return this.childrenOfStore(node);
    if (node.kind === 'category') return this.streamsOf(node, { category: node.category }, false);
    return [];
  }

  dispose(): void {
    this.all.dispose();
  }

  private async childrenOfStore(node: StoreNode): Promise<Node[]> {
    const session = this.listenTo(node);
    // A failed store is opened again by Retry alone: doing it here would never end.
    if (session.state.phase === 'closed') {
      const opened = session.open().catch(() => undefined);
      await Promise.race([opened, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
    }
    const { state } = session;
    if (state.phase === 'opening') return [openingRow(node, state)];
    if (state.phase !== 'ready') return state.phase === 'failed' ? failedRows(node, state.problem) : [];
    const notes = [
      ...(session.outdated ? [outdatedRow(node)] : []),
      ...(state.info.problemCount > 0 ? [unreadableRow(node, state.info.problemCount)] : []),
    ];
    try {
      return [...notes, ...(await this.levelBelow(node, session))];
    } catch (error) {
      if (error instanceof LeftfoldError) return [...notes, ...failedRows(node, error.problem)];
      throw error;
    }
  }

  /** Categories, or at once the streams where there are no categories or a filter is set. */
  private async levelBelow(node: StoreNode, session: StoreSession): Promise<Node[]> {
    if (this.match !== undefined) return this.streamsOf(node, { match: this.match }, true);
    const categories = await session.request('categories', null);
    if (categories.length === 0 || (categories.length === 1 && categories[0]?.category === null)) return this.streamsOf(node, {}, false);
    return categories.map(({ category, streams }) => {
      const made: CategoryNode = { kind: 'category', parent: node, store: node.store, category, streams };
      const id = this.idOf(made);
      const known = this.categoryNodes.get(id);
      if (known?.parent === node && known.streams === streams) return known;
      this.categoryNodes.set(id, made);
      return made;
    });
  }

  private async streamsOf(parent: StoreNode | CategoryNode, filter: { category?: string | null; match?: string }, showCategory: boolean): Promise<Node[]> {
    const session = this.stores.session(parent.store);
    const id = this.idOf(parent);
    let list = this.lists.get(id);
    if (!list) {
      list = new StreamList((query) => session.request('streams', query), filter, () => settings.pageSize);
      this.lists.set(id, list);
    }
    try {
      await list.first();
    } catch (error) {
      if (error instanceof LeftfoldError && parent.kind === 'category') return failedRows(parent.parent, error.problem);
      throw error;
    }
    const { store } = parent;
    const rows: Node[] = list.streams.map((head) => ({
      kind: 'stream', parent, store, stream: head.stream, category: head.category, head, showCategory,
    }));
    if (rows.length === 0) return [emptyRow(parent, this.match)];
    if (list.hasMore) rows.push({ kind: 'more', parent, list });
    return rows;
  }

  private idOf(node: Node): string {
    return nodeId(node, this.match ?? '');
  }

  private listenTo(node: StoreNode): StoreSession {
    const session = this.stores.session(node.store);
    if (this.heard.has(session)) return session;
    this.heard.add(session);
    let phase = session.state.phase;
    this.all.add(session.onDidChange(() => {
      const before = phase;
      phase = session.state.phase;
      // Read again: what was loaded may be gone, and a failure must not hide behind old rows.
      if (phase !== before && phase === 'ready') void this.reloadLists(node.store);
      else this.redrawStore(node.store);
    }));
    return session;
  }

  private async reloadLists(store: KnownStore): Promise<void> {
    const own = [...this.storeNodes.values(), ...this.categoryNodes.values()].filter((node) => node.store.key === store.key);
    const lists = own.map((node) => this.lists.get(this.idOf(node))).filter((list) => list !== undefined);
    await Promise.allSettled(lists.map((list) => list.reload()));
    this.redrawStore(store);
  }

  /** VS Code draws a moment later than it asks for rows, and knows no row before it is drawn. */
  private redrawStore(store: KnownStore): void {
    if (Date.now() - this.redrawnAt < NOT_DRAWN_YET_MS) this.changed.fire(undefined);
    else this.changed.fire(this.nodeOf(store));
  }

  private storesChanged(): void {
    const keys = new Set(this.stores.list.map((store) => store.key));
    for (const key of this.storeNodes.keys()) if (!keys.has(key)) this.storeNodes.delete(key);
    this.lists.clear();
    this.categoryNodes.clear();
    this.redraw();
  }
}

/** The filter a row was made for. Word of a row that a filter has replaced since may come late. */
function roundOf(node: Node): string {
  let at: Node | null = node;
  while (at && at.kind !== 'store') at = at.parent;
  return at?.round ?? '';
}
