import { commands, env, l10n, window, type Disposable, type TreeView } from 'vscode';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import type { Configs, KnownStore, Stores } from '../platform/stores';
import { asStoreTarget, asStreamTarget } from '../platform/targets';
import type { MoreNode, Node } from './nodes';
import { StoreTree } from './provider';

const VIEW = 'leftfold.stores';
/** How often "3 min ago" is looked at again, ms. */
const REDRAW_MS = 60_000;

/** The view of the stores with its commands: filter, refresh, load more, copy. */
export class StoreView implements Disposable {
  private readonly all = new Disposables();
  readonly tree: StoreTree;
  private readonly view: TreeView<Node>;

  constructor(cmds: Commands, private readonly stores: Stores, configs: Configs) {
    this.tree = this.all.add(new StoreTree(stores, configs));
    this.view = this.all.add(window.createTreeView(VIEW, { treeDataProvider: this.tree, showCollapseAll: true }));
    this.all.add(this.view.onDidExpandElement(({ element }) => this.tree.setExpanded(element, true)));
    this.all.add(this.view.onDidCollapseElement(({ element }) => this.tree.setExpanded(element, false)));
    const timer = setInterval(() => this.view.visible && this.tree.redraw(), REDRAW_MS);
    this.all.defer(() => clearInterval(timer));
    this.register(cmds);
    const showCount = () => void commands.executeCommand('setContext', 'leftfold.hasStores', stores.list.length > 0);
    this.all.add(stores.onDidChange(showCount));
    showCount();
  }

  /** What the view says above its rows; for tests. */
  get message(): string | undefined {
    return this.view.message;
  }

  /** Shows a store's row, selected and expanded. */
  async reveal(store: KnownStore): Promise<void> {
    for (let left = 3; ; left--) {
      try {
        return await this.view.reveal(this.tree.nodeOf(store, true), { select: true, focus: false, expand: true });
      } catch (error) {
        // A view that is being drawn again does not know its rows for a moment.
        if (left === 0) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  dispose(): void {
    this.all.dispose();
  }

  private register(cmds: Commands): void {
    const { tree, stores } = this;
    this.all.add(cmds.register('leftfold.filterStreams', async (text: unknown) => {
      const match = typeof text === 'string' ? text : await this.askFilter();
      if (match !== undefined) this.setFilter(match.trim());
    }));
    this.all.add(cmds.register('leftfold.clearFilter', () => this.setFilter('')));
    this.all.add(cmds.register('leftfold.refresh', (target: unknown) => tree.refresh(asStoreTarget(target, stores))));
    this.all.add(cmds.register('leftfold.retryStore', (target: unknown) => tree.refresh(asStoreTarget(target, stores))));
    this.all.add(cmds.register('leftfold.loadMore', (node: unknown) => {
      if (isMore(node)) return tree.loadMore(node);
    }));
    this.all.add(cmds.register('leftfold.copyStreamId', async (target: unknown) => {
      const ref = asStreamTarget(target ?? this.view.selection[0], stores);
      if (ref) await env.clipboard.writeText(ref.stream);
    }));
  }

  private askFilter(): Thenable<string | undefined> {
    return window.showInputBox({
      title: l10n.t('Filter streams'),
      prompt: l10n.t('Text the stream id must contain. All streams are searched, not only those loaded.'),
      value: this.tree.filter ?? '',
    });
  }

  private setFilter(match: string): void {
    this.tree.setFilter(match);
    this.view.message = match === '' ? undefined : l10n.t('Filtered: {0}', match);
    void commands.executeCommand('setContext', 'leftfold.filtered', match !== '');
  }
}

function isMore(node: unknown): node is MoreNode {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'more';
}
