import type { Problem } from '../../src/model/problem';
import type { Caller } from '../../src/protocol/channel';
import type { PageAction, PageState, TimelineHostApi, TimelineStart } from '../../src/protocol/page';
import type { EventRow, StepView, TimelineInfo } from '../../src/protocol/timeline';
import { CHANGES_PER_PAGE, ChangesModel } from './changes-model';
import { findPlace } from './find-place';
import { readJump } from './jump';
import { Newest } from './newest';
import { Observable } from './observable';
import { PagedRows } from './pages';
import { PlayClock, playDelay, type Speed, type Timers } from './play-clock';
import { asProblem, isCancelled } from './problems';
import { gapMs } from './time';
import { TreeModel } from './tree-model';

export const TABS = ['changes', 'state', 'event', 'record'] as const;
export type Tab = (typeof TABS)[number];

/** What the page keeps by itself while it is hidden: vscode.getState and setState. */
export interface Memory {
  get(): PageState | undefined;
  set(state: PageState): void;
}

const KEEP_AFTER_MS = 300;

/** All the timeline page knows, and everything it can be told to do. No DOM. */
export class TimelineStore extends Observable {
  status: 'loading' | 'ready' | 'failed' = 'loading';
  /** Why the page cannot go on: the start failed, or the engine ended. */
  problem: Problem | undefined;
  info: TimelineInfo | undefined;
  untrusted = false;
  /** The step wanted; `view` follows it. */
  step = 0;
  view: StepView | undefined;
  /** The step wanted last could not be shown. */
  stepProblem: Problem | undefined;
  progress = { folded: 0, total: 0, done: true };
  readonly failures = new Map<number, Problem>();
  notices: Problem[] = [];
  /** How often something was copied, for telling so. */
  copied = 0;
  tab: Tab = 'changes';
  speed: Speed = 1;
  /** The event list's share of the page, percent. */
  split = 42;

  readonly rows: PagedRows<EventRow>;
  readonly changes: ChangesModel;
  readonly trees: Record<'state' | 'data' | 'metadata' | 'record', TreeModel>;
  readonly clock: PlayClock;

  private playIntervalMs = 1000;
  private starting = false;
  /** The view is from before the last start. */
  private outdated = false;
  /** Where the host asked to go while the page was still starting. */
  private goWhenStarted: number | undefined;
  private generation = 0;
  private keepTimer: unknown;
  private readonly steps: Newest<number, StepView>;

  /**
   * @param started called with what each start gives, before anything is shown (texts)
   * @param timers  the clock's timers, replaced in tests
   */
  constructor(
    private readonly caller: Caller<TimelineHostApi>,
    private readonly memory: Memory,
    private readonly started: (start: TimelineStart) => void = () => undefined,
    private readonly timers: Timers = { set: (call, ms) => setTimeout(call, ms), clear: (timer) => clearTimeout(timer as number) },
  ) {
    super();
    const failed = (error: unknown) => this.tell(error);
    this.rows = new PagedRows(
      (start, count, signal) => caller.request('rows', { start: start + 1, count }, { signal }),
      () => this.changed(),
      failed,
    );
    this.changes = new ChangesModel(caller);
    const keep = () => this.keep();
    this.trees = {
      state: new TreeModel(caller, 'state', 1, keep),
      data: new TreeModel(caller, 'data', 2),
      metadata: new TreeModel(caller, 'metadata', 2),
      record: new TreeModel(caller, 'record', 1),
    };
    this.steps = new Newest(
      (step, signal) => caller.request('step', { step, changes: CHANGES_PER_PAGE }, { signal }),
      (_step, view) => this.shown(view),
      (step, error) => this.stepFailed(step, error),
    );
    this.clock = new PlayClock(
      () => playDelay(this.speed, this.playIntervalMs, this.gapAhead()),
      () => this.settled,
      () => this.advance(),
      timers,
    );
    caller.on('progress', (progress) => this.set({ progress }));
    caller.on('failed', (list) => {
      for (const { step, problem } of list) this.failures.set(step, problem);
      this.changed();
    });
    caller.on('notice', (notice) => this.set({ notices: [...this.notices.filter((one) => one.code !== notice.code), notice] }));
    caller.on('go', ({ step }) => {
      if (this.starting) this.goWhenStarted = step;
      else this.go(step);
    });
    caller.on('ended', (problem) => this.ended(problem));
    caller.on('stale', () => void this.start());
  }

  get length(): number {
    return this.info?.length ?? 0;
  }

  /** Whether what is shown is what was asked for. */
  get settled(): boolean {
    return (!this.outdated && this.view?.step === this.step) || this.stepProblem !== undefined;
  }

  /** Whether the pane on screen is that of the step wanted. */
  get paneSettled(): boolean {
    return this.settled && this.treesShown().every((tree) => tree.current || tree.error !== undefined);
  }

  /** The problem of an event, as far as it is known. */
  failureAt(step: number): Problem | undefined {
    return this.failures.get(step) ?? this.rows.get(step - 1)?.problem ?? undefined;
  }

  /** The first event known to have failed before the shown step, for going there. */
  get afterErrorAt(): number | null {
    return this.view?.afterErrorAt ?? null;
  }

  /** Starts, or starts afresh, keeping the place. */
  async start(): Promise<void> {
    const mine = ++this.generation;
    const place = this.info ? this.pageState() : undefined;
    this.starting = true;
    this.goWhenStarted = undefined;
    this.clock.stop();
    this.steps.cancel();
    this.set({ status: this.info ? this.status : 'loading', problem: undefined });
    try {
      const start = await this.caller.request('start', null);
      if (mine !== this.generation) return;
      this.started(start);
      const saved = place ?? this.memory.get() ?? start.state ?? undefined;
      const step = await findPlace(this.caller, start.info, saved);
      if (mine !== this.generation) return;
      this.begin(start, saved, step);
    } catch (error) {
      if (mine !== this.generation || isCancelled(error)) return;
      this.starting = false;
      this.set({ status: this.info ? this.status : 'failed', problem: asProblem(error) });
    }
  }

  /**
   * Goes to a step (clamped). A `jump` drops what was under way for the step before; a `move` (holding a key,
   * dragging the slider, playing) lets it finish, so that something is shown on the way.
   */
  go(step: number, how: 'jump' | 'move' = 'jump'): void {
    if (!this.info) return;
    const to = Math.min(Math.max(Math.trunc(step), 0), this.length);
    if (to === this.step && this.settled && !this.stepProblem) return;
    this.step = to;
    this.stepProblem = undefined;
    this.steps.want(to, how === 'jump');
    this.showTrees();
    this.changed();
  }

  /** Goes by so many steps; a step taken by hand stops playing. */
  move(by: number): void {
    this.clock.stop();
    this.go(this.step + by, 'move');
    this.changed();
  }

  togglePlay(): void {
    if (this.clock.playing) this.clock.stop();
    else {
      if (this.step >= this.length) this.go(0);
      this.clock.start();
    }
    this.changed();
  }

  setSpeed(speed: Speed): void {
    this.speed = speed;
    this.clock.reschedule();
    this.keep();
    this.changed();
  }

  setTab(tab: Tab): void {
    this.tab = tab;
    this.keep();
    this.showTrees();
    this.changed();
  }

  setSplit(split: number): void {
    this.split = Math.min(Math.max(split, 15), 85);
    this.keep();
    this.changed();
  }

  setChangedOnly(on: boolean): void {
    this.trees.state.setChangedOnly(on);
    this.keep();
    this.changed();
  }

  /**
   * Goes where a person asked: a version, a time, `start`, `end`.
   * @returns what is wrong with the request, undefined when it went there; 'unreadable' when it is no place at all
   */
  async jump(text: string): Promise<Problem | 'unreadable' | undefined> {
    const day = (this.view?.row?.time ?? this.info?.firstTime)?.slice(0, 10);
    const target = readJump(text, day);
    if (!target) return 'unreadable';
    this.clock.stop();
    if (target.kind === 'start' || target.kind === 'end') {
      this.go(target.kind === 'start' ? 0 : this.length);
      return undefined;
    }
    try {
      const params = target.kind === 'version' ? { version: target.version } : { time: target.time };
      const { step } = await this.caller.request('locate', params);
      this.go(step);
      return undefined;
    } catch (error) {
      return asProblem(error);
    }
  }

  /** Runs a feature of the editor for the shown step. */
  async run(action: PageAction): Promise<void> {
    await this.quietly(() => this.caller.request('run', { action, step: this.step }));
  }

  async openSource(place: { file: string; line: number; column: number }): Promise<void> {
    await this.quietly(() => this.caller.request('openSource', place));
  }

  async copy(text: string | Promise<string>): Promise<void> {
    await this.quietly(async () => {
      await this.caller.request('copy', { text: await text });
      this.copied++;
      this.changed();
    });
  }

  dismiss(notice: Problem): void {
    this.set({ notices: this.notices.filter((one) => one !== notice) });
  }

  /** What must survive hiding and reloading. */
  pageState(): PageState {
    return {
      step: this.step,
      version: this.step === 0 ? '' : (this.rows.get(this.step - 1)?.version ?? (this.settled ? this.view?.row?.version : undefined) ?? ''),
      tab: this.tab,
      speed: this.speed,
      split: this.split,
      ...this.trees.state.expansions,
      changedOnly: this.trees.state.changedOnly,
    };
  }

  private begin(start: TimelineStart, saved: PageState | undefined, step: number): void {
    this.rows.reload(start.info.length);
    this.failures.clear();
    for (const tree of Object.values(this.trees)) tree.reset();
    if (saved && !this.info) {
      this.tab = TABS.find((tab) => tab === saved.tab) ?? this.tab;
      this.speed = saved.speed;
      this.split = saved.split;
      this.trees.state.restore(saved.open, saved.closed, saved.changedOnly);
    }
    const { info, untrusted } = start;
    this.playIntervalMs = start.playIntervalMs;
    this.starting = false;
    this.step = Math.min(this.goWhenStarted ?? step, info.length);
    this.stepProblem = undefined;
    this.info = info;
    this.outdated = true;
    this.steps.want(this.step, true);
    this.showTrees();
    this.set({
      status: 'ready',
      untrusted,
      notices: [],
      progress: this.progress.total === info.length ? this.progress : { folded: 0, total: info.length, done: info.length === 0 },
    });
  }

  private shown(view: StepView): void {
    this.view = view;
    this.outdated = false;
    this.stepProblem = undefined;
    this.changes.show(view);
    this.showTrees();
    this.keep();
    this.changed();
    this.clock.shown();
  }

  /** Asked for together with the step itself, so that both take one round trip. */
  private showTrees(): void {
    for (const tree of this.treesShown()) tree.show(this.step);
  }

  private treesShown(): TreeModel[] {
    const { state, data, metadata, record } = this.trees;
    if (this.tab === 'state') return [state];
    if (this.step === 0) return [];
    return { changes: [], event: [data, metadata], record: [record] }[this.tab];
  }

  private stepFailed(step: number, error: unknown): void {
    if (isCancelled(error) || step !== this.step) return;
    this.clock.stop();
    this.set({ stepProblem: asProblem(error) });
  }

  private ended(problem: Problem): void {
    this.clock.stop();
    this.steps.cancel();
    this.set({ problem, status: this.info ? this.status : 'failed' });
  }

  private advance(): boolean {
    if (this.step >= this.length) {
      this.changed();
      return false;
    }
    this.go(this.step + 1, 'move');
    // At the end the button shows "play" again at once.
    if (this.step >= this.length) {
      this.clock.stop();
      this.changed();
      return false;
    }
    return true;
  }

  /** ms between the shown event and the next, where both are at hand. */
  private gapAhead(): number | undefined {
    return gapMs(this.rows.get(this.step - 1)?.time, this.rows.get(this.step)?.time);
  }

  private keep(): void {
    if (!this.info) return;
    this.timers.clear(this.keepTimer);
    this.memory.set(this.pageState());
    this.keepTimer = this.timers.set(() => void this.quietly(() => this.caller.request('keep', this.pageState())), KEEP_AFTER_MS);
  }

  private async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(error);
    }
  }

  private tell(error: unknown): void {
    if (isCancelled(error)) return;
    const problem = asProblem(error);
    this.set({ notices: [...this.notices.filter((one) => one.code !== problem.code), problem] });
  }

  private set(part: Partial<Pick<TimelineStore, 'status' | 'problem' | 'info' | 'untrusted' | 'progress' | 'notices' | 'stepProblem'>>): void {
    Object.assign(this, part);
    this.changed();
  }
}
