import { EventEmitter, ViewColumn, commands, window, workspace, type Disposable, type Event, type WebviewPanel } from 'vscode';
import type { PageButton } from '../../protocol/page';
import { Disposables } from '../platform/disposables';
import { streamKey } from '../platform/keys';
import { errorText } from '../platform/logger';
import type { Configs, Stores } from '../platform/stores';
import type { ShownStep, StreamRef, TimelineLease, Timelines } from '../platform/timelines';
import { TimelinePanel, type PanelIdentity, type PanelServices } from './panel';

export const VIEW_TYPE = 'leftfold.timeline';

/** All open timelines, at most one per stream. */
export class TimelinePanels implements Timelines, Disposable {
  private readonly all = new Disposables();
  private readonly panels = new Map<string, TimelinePanel>();
  private readonly stale = this.all.add(new EventEmitter<StreamRef>());
  readonly onDidGoStale: Event<StreamRef> = this.stale.event;

  constructor(
    private readonly services: PanelServices,
    private readonly stores: Stores,
    configs: Configs,
  ) {
    this.all.add(window.registerWebviewPanelSerializer(VIEW_TYPE, {
      deserializeWebviewPanel: async (panel: WebviewPanel, state: unknown) => this.restore(panel, state),
    }));
    this.all.add(configs.onDidChange(() => this.configChanged()));
    this.all.add(workspace.onDidGrantWorkspaceTrust(() => this.configChanged()));
    this.all.add(stores.onDidChangeFile((key) => void this.storeChanged(key)));
  }

  get active(): ShownStep | undefined {
    return this.activePanel?.shown;
  }

  /** Open panels, for tests. */
  get openPanels(): readonly TimelinePanel[] {
    return [...this.panels.values()];
  }

  async open(ref: StreamRef, at?: { version: string } | { time: string }): Promise<void> {
    let panel = this.panels.get(streamKey(ref.store.key, ref.stream));
    if (panel) panel.reveal();
    else {
      const created = window.createWebviewPanel(VIEW_TYPE, ref.stream, ViewColumn.Active, { enableScripts: true, enableFindWidget: false });
      panel = this.adopt(ref, created);
    }
    if (at) await panel.go(at);
  }

  borrow(ref: StreamRef): Promise<TimelineLease> {
    return this.services.engines.borrow(ref);
  }

  press(button: PageButton): void {
    this.activePanel?.press(button);
  }

  dispose(): void {
    this.all.dispose();
    this.services.engines.dispose();
    void this.services.memory.flush();
  }

  private get activePanel(): TimelinePanel | undefined {
    return [...this.panels.values()].find((panel) => panel.active);
  }

  private adopt(ref: StreamRef, webviewPanel: WebviewPanel): TimelinePanel {
    const panel = new TimelinePanel(ref, webviewPanel, this.services);
    this.panels.set(panel.key, panel);
    panel.onDidDispose(() => {
      if (this.panels.get(panel.key) === panel) this.panels.delete(panel.key);
      this.showFocus();
    });
    panel.onDidChangeFocus(() => this.showFocus());
    panel.onDidGoStale(() => {
      this.services.engines.invalidate(ref);
      this.stale.fire(ref);
    });
    this.showFocus();
    return panel;
  }

  private restore(webviewPanel: WebviewPanel, state: unknown): void {
    const identity = (state as { identity?: Partial<PanelIdentity> } | undefined)?.identity;
    if (typeof identity?.store !== 'string' || typeof identity.stream !== 'string') {
      webviewPanel.dispose();
      return;
    }
    const { store, stream, category } = identity;
    const ref: StreamRef = { store: this.stores.at(store), stream, ...(category !== undefined ? { category } : {}) };
    const twin = this.panels.get(streamKey(ref.store.key, ref.stream));
    if (twin) webviewPanel.dispose();
    else this.adopt(ref, webviewPanel);
  }

  private configChanged(): void {
    for (const panel of this.panels.values()) {
      // A leftfold.json may have renamed or mapped the store since.
      panel.ref.store = this.stores.at(panel.ref.store.path);
      if (panel.configDiffers()) panel.markStale('config');
    }
  }

  /** Only timelines whose own stream changed start again: another stream's events are no reason to fold anew. */
  private async storeChanged(key: string): Promise<void> {
    for (const panel of [...this.panels.values()].filter(({ ref }) => ref.store.key === key)) {
      try {
        const session = this.stores.session(panel.ref.store);
        const { info } = panel;
        const state = session.state;
        if (info && state.phase === 'ready' && state.info.kind === 'sqlite' && !session.outdated) {
          const now = await session.request('summary', { stream: panel.ref.stream });
          if (now.events === info.length && String(now.version) === info.lastVersion) continue;
        }
      } catch (error) {
        this.services.log.debug(`while looking whether ${panel.ref.stream} changed: ${errorText(error)}`);
      }
      panel.markStale('store');
    }
  }

  private showFocus(): void {
    void commands.executeCommand('setContext', 'leftfold.timelineFocused', this.activePanel !== undefined);
  }
}
