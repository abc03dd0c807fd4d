import { EventEmitter, type Disposable, type Event } from 'vscode';
import { LeftfoldError, type Problem } from '../../model/problem';
import { unexpected } from '../../model/problems/general';
import type { StoreInfo } from '../../model/store-info';
import type { BrowseApi } from '../../protocol/browse';
import { Disposables } from '../platform/disposables';
import type { EngineStarter, RunningEngine } from '../platform/engines';
import { logProblem, type Logger } from '../platform/logger';
import { settings } from '../platform/settings';
import { storeRef, type KnownStore, type SessionState, type StoreSession } from '../platform/stores';
import { watchFile } from '../platform/watch';

/** Reading a store again without being asked is fine while it takes no longer than this, ms. */
const QUICK_OPEN_MS = 1500;

/** One store's browsing engine, started with the first request and again with the first one after it ended. */
export class Session implements StoreSession, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<void>());
  private readonly fileChanged = this.all.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.changed.event;
  /** The file changed on disk and the store was looked at again (or marked as outdated). */
  readonly onDidChangeFile: Event<void> = this.fileChanged.event;

  private engine: RunningEngine<BrowseApi> | undefined;
  private opening: Promise<StoreInfo> | undefined;
  private current: SessionState = { phase: 'closed' };
  private stale = false;
  private tookMs = 0;
  private watching = false;

  constructor(
    readonly store: KnownStore,
    private readonly engines: EngineStarter,
    private readonly log: Logger,
  ) {}

  get state(): SessionState {
    return this.current;
  }

  get outdated(): boolean {
    return this.stale;
  }

  open(): Promise<StoreInfo> {
    return (this.opening ??= this.read());
  }

  reopen(): Promise<StoreInfo> {
    if (this.current.phase === 'opening' && this.opening) return this.opening;
    this.opening = this.read();
    return this.opening;
  }

  async request<M extends Exclude<keyof BrowseApi['calls'], 'open'>>(
    method: M,
    params: BrowseApi['calls'][M]['params'],
    signal?: AbortSignal,
  ): Promise<BrowseApi['calls'][M]['result']> {
    await this.open();
    try {
      return await this.ask(method, params, signal);
    } catch (error) {
      // Who asks before the watcher has spoken gets the store as it is now, not a complaint.
      if (!(error instanceof LeftfoldError) || error.problem.code !== 'store-changed') throw error;
      await this.reopen();
      return this.ask(method, params, signal);
    }
  }

  dispose(): void {
    this.engine?.dispose();
    this.engine = undefined;
    this.all.dispose();
  }

  private ask<M extends keyof BrowseApi['calls']>(
    method: M,
    params: BrowseApi['calls'][M]['params'],
    signal?: AbortSignal,
  ): Promise<BrowseApi['calls'][M]['result']> {
    if (!this.engine) return Promise.reject(new LeftfoldError(unexpected(new Error('the engine has ended'), method)));
    return this.engine.caller.request(method, params, signal ? { signal } : {});
  }

  private async read(): Promise<StoreInfo> {
    const begun = Date.now();
    this.setState({ phase: 'opening', done: 0, total: 0 });
    this.watch();
    try {
      this.engine ??= this.start();
      const info = await this.ask('open', storeRef(this.store));
      this.tookMs = Date.now() - begun;
      this.stale = false;
      this.setState({ phase: 'ready', info });
      return info;
    } catch (error) {
      const problem = error instanceof LeftfoldError ? error.problem : unexpected(error, 'open');
      this.fail(problem);
      throw new LeftfoldError(problem);
    }
  }

  private start(): RunningEngine<BrowseApi> {
    const engine = this.engines.browse();
    engine.caller.on('progress', ({ done, total }) => {
      if (this.current.phase === 'opening') this.setState({ phase: 'opening', done, total });
    });
    engine.onEnd((problem) => {
      if (this.engine !== engine) return;
      this.engine = undefined;
      this.fail(problem);
    });
    return engine;
  }

  private fail(problem: Problem): void {
    if (this.all.disposed) return;
    logProblem(this.log, problem);
    // The next request starts afresh; a failed opening is not kept as an answer.
    this.opening = undefined;
    this.setState({ phase: 'failed', problem });
  }

  private setState(state: SessionState): void {
    this.current = state;
    this.changed.fire();
  }

  private watch(): void {
    if (this.watching) return;
    this.watching = true;
    // A writer in WAL mode touches the log long before the database itself.
    const beside = /\.(nd)?jsonl?$/i.test(this.store.path) ? [] : ['-wal'];
    this.all.add(watchFile(this.store.path, () => void this.fileHasChanged(), beside));
  }

  private async fileHasChanged(): Promise<void> {
    if (this.all.disposed || this.current.phase === 'closed') return;
    this.log.debug(`changed on disk: ${this.store.path}`);
    if (settings.autoRefresh && this.tookMs <= QUICK_OPEN_MS) {
      await this.reopen().catch(() => undefined);
    } else {
      this.stale = true;
      this.changed.fire();
    }
    if (!this.all.disposed) this.fileChanged.fire();
  }
}
