import { dirname } from 'node:path';
import { EventEmitter, Uri, commands, env, workspace, type Event, type WebviewPanel } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { unexpected } from '../../model/problems/general';
import { Answerer, type Handlers } from '../../protocol/channel';
import type { PageAction, PageButton, TimelineHostApi, TimelineStart } from '../../protocol/page';
import { Disposables } from '../platform/disposables';
import { oneLine, streamKey } from '../platform/keys';
import { logProblem, type Logger } from '../platform/logger';
import { openSource } from '../platform/notices';
import { pageStrings } from '../platform/page-strings';
import { settings } from '../platform/settings';
import type { ShownStep, StreamRef } from '../platform/timelines';
import { watchPattern } from '../platform/watch';
import { pageHtml } from '../platform/webview-html';
import { webviewPort } from '../platform/webview-port';
import type { OpenedTimeline, StartedTimeline, TimelineEngines } from './engines';
import type { PageMemory } from './page-memory';

/** What is kept in the webview so that a reload finds the stream again. */
export interface PanelIdentity {
  store: string;
  stream: string;
  category?: string | null;
}

export interface PanelServices {
  extensionUri: Uri;
  engines: TimelineEngines;
  memory: PageMemory;
  log: Logger;
}

/** Commands that do what a page asks for; the features behind them are not this folder's business. */
const ACTIONS: Record<PageAction, string> = {
  comparePrevious: 'leftfold.comparePrevious',
  exportState: 'leftfold.exportState',
  exportEvents: 'leftfold.exportEvents',
  openStateEditor: 'leftfold.openState',
  setReducer: 'leftfold.setReducer',
  editReducer: 'leftfold.editReducer',
  trustWorkspace: 'workbench.trust.manage',
};

/** One timeline in one editor tab: the page, its engine, and the passing on between them. */
export class TimelinePanel {
  private readonly all = new Disposables();
  private readonly answerer: Answerer<TimelineHostApi>;
  private readonly focus = this.all.add(new EventEmitter<void>());
  readonly onDidChangeFocus: Event<void> = this.focus.event;
  private readonly goneStale = this.all.add(new EventEmitter<void>());
  /** What was computed for this stream before may differ now, and its engine is one that knows. */
  readonly onDidGoStale: Event<void> = this.goneStale.event;

  private started: StartedTimeline | undefined;
  private opened: OpenedTimeline | undefined;
  private reducerWatch = new Disposables();
  private step: number;
  private wanted: { version: string } | { time: string } | undefined;
  private starts = 0;
  /** The page was told to start again and has not done so yet. */
  private stale = false;

  constructor(
    readonly ref: StreamRef,
    private readonly panel: WebviewPanel,
    private readonly services: PanelServices,
  ) {
    const { extensionUri, memory, log } = services;
    this.step = memory.get(this.key)?.step ?? 0;
    panel.title = oneLine(ref.stream, 60);
    panel.iconPath = {
      light: Uri.joinPath(extensionUri, 'media', 'timeline-light.svg'),
      dark: Uri.joinPath(extensionUri, 'media', 'timeline-dark.svg'),
    };
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
    this.answerer = new Answerer(webviewPort(panel.webview), this.handlers(), (error, method) => {
      const problem = unexpected(error, method);
      logProblem(log, problem);
      return problem;
    });
    this.all.defer(() => this.answerer.close());
    this.all.add(panel.onDidChangeViewState(() => this.focus.fire()));
    this.all.add(panel.onDidDispose(() => this.dispose()));
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'timeline', identityOf(ref));
  }

  get key(): string {
    return streamKey(this.ref.store.key, this.ref.stream);
  }

  get active(): boolean {
    return this.panel.active;
  }

  get shown(): ShownStep {
    return { ...this.ref, step: this.step };
  }

  /** What the engine said when it opened; undefined while it has not. For tests and the stale check. */
  get info(): OpenedTimeline['info'] | undefined {
    return this.opened?.info;
  }

  onDidDispose(listener: () => void): void {
    this.panel.onDidDispose(listener);
  }

  reveal(): void {
    this.panel.reveal();
  }

  press(button: PageButton): void {
    this.answerer.note('press', { button });
  }

  /** Whether starting again would run another reducer or read the store another way than now. */
  configDiffers(): boolean {
    return this.opened !== undefined && !this.services.engines.isCurrent(this.ref, this.opened);
  }

  /** Moves the page to the step of a version or time; once it has started, when it has not yet. */
  async go(at: { version: string } | { time: string }): Promise<void> {
    if (!this.opened) {
      this.wanted = at;
      return;
    }
    const { step } = await this.opened.engine.caller.request('locate', at);
    this.answerer.note('go', { step });
  }

  /** Tells the page that what it shows is out of date; it starts again and keeps its place. */
  markStale(why: 'reducer' | 'store' | 'config'): void {
    if (this.panel.visible) {
      this.stale = true;
      this.answerer.note('stale', { why });
      return;
    }
    // A hidden page is gone; it starts when it is shown again, and nobody is to be lent the old engine until then.
    this.stop();
    this.goneStale.fire();
  }

  private handlers(): Handlers<TimelineHostApi> {
    const pass = <M extends 'rows' | 'step' | 'changes' | 'tree' | 'text' | 'locate'>(method: M) =>
      (async (params: never, signal: AbortSignal) => {
        const { engine } = await this.running(method);
        return engine.caller.request(method, params, { signal });
      }) as unknown as Handlers<TimelineHostApi>[M];
    return {
      rows: pass('rows'),
      step: pass('step'),
      changes: pass('changes'),
      tree: pass('tree'),
      text: pass('text'),
      locate: pass('locate'),
      start: () => this.start(),
      keep: (state) => {
        this.step = state.step;
        this.services.memory.set(this.key, state);
        return null;
      },
      run: async ({ action, step, path }) => {
        this.step = step;
        await commands.executeCommand(ACTIONS[action], ...(action === 'trustWorkspace' ? [] : [{ ...this.shown, path }]));
        return null;
      },
      openSource: async ({ file, line, column }) => {
        await openSource(file, line, column);
        return null;
      },
      copy: async ({ text }) => {
        await env.clipboard.writeText(text);
        return null;
      },
    };
  }

  private async running(method: string): Promise<OpenedTimeline> {
    const opened = this.opened ?? (await this.started?.opened);
    if (!opened) throw new LeftfoldError(unexpected(new Error('the timeline has not started'), method));
    return opened;
  }

  /** Starts afresh: the page may ask again after its engine ended or went stale. */
  private async start(): Promise<TimelineStart> {
    const mine = ++this.starts;
    this.stop();
    const started = await this.services.engines.start(this.ref);
    if (mine !== this.starts || this.all.disposed) {
      this.services.engines.retire(this.ref, started);
      throw new LeftfoldError({ code: 'cancelled', message: 'Started again.', next: 'Nothing needs to be done.', where: {}, exit: 2 });
    }
    this.started = started;
    this.listen(started);
    const opened = await started.opened;
    this.opened = opened;
    this.watchReducer(opened);
    if (this.stale) {
      this.stale = false;
      this.goneStale.fire();
    }
    const state = this.services.memory.get(this.key) ?? null;
    if (this.wanted) {
      const at = this.wanted;
      this.wanted = undefined;
      // After the answer, so that the page knows the stream it is asked to move in.
      setTimeout(() => void this.go(at).catch(() => undefined), 0);
    }
    return {
      // The name that leftfold.json gives the store, where it gives one; the engine knows the file alone.
      info: { ...opened.info, storeName: this.ref.store.name },
      state,
      untrusted: opened.choice.untrusted,
      strings: pageStrings(),
      playIntervalMs: settings.playIntervalMs,
    };
  }

  private listen({ engine }: StartedTimeline): void {
    const current = () => this.started?.engine === engine;
    engine.caller.on('progress', (progress) => current() && this.answerer.note('progress', progress));
    engine.caller.on('failed', (failed) => current() && this.answerer.note('failed', failed));
    engine.caller.on('notice', (problem) => current() && this.answerer.note('notice', problem));
    engine.onNotice((problem) => current() && this.answerer.note('notice', problem));
    engine.onEnd((problem) => {
      if (!current()) return;
      logProblem(this.services.log, problem);
      this.answerer.note('ended', problem);
    });
  }

  private watchReducer({ choice }: OpenedTimeline): void {
    this.reducerWatch.dispose();
    this.reducerWatch = new Disposables();
    if (!choice.reducer) return;
    const folder = dirname(choice.reducer.module);
    const isRoot = workspace.workspaceFolders?.some(({ uri }) => uri.fsPath === folder) === true;
    // What it imports usually lies beside or below it; a whole workspace is too much to restart for.
    const pattern = isRoot ? '*.{js,ts,mjs,mts,cjs,cts,json}' : '**/*.{js,ts,mjs,mts,cjs,cts,json}';
    this.reducerWatch.add(watchPattern(folder, pattern, () => this.markStale('reducer')));
  }

  private stop(): void {
    if (this.started) this.services.engines.retire(this.ref, this.started);
    this.started = undefined;
    this.opened = undefined;
  }

  private dispose(): void {
    this.starts++;
    this.stop();
    this.reducerWatch.dispose();
    this.all.dispose();
  }
}

function identityOf(ref: StreamRef): PanelIdentity {
  return { store: ref.store.path, stream: ref.stream, ...(ref.category !== undefined ? { category: ref.category } : {}) };
}
