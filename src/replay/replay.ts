import { setImmediate as nextTurn } from 'node:timers/promises';
import { equal } from '../diff/equal';
import { LeftfoldError, type Problem } from '../model/problem';
import { stateNotCopyable } from '../model/problems/reducer';
import { noSuchStep, replayCancelled } from '../model/problems/replay';
import type { StreamReader } from '../store/contract';
import { clonePair, NotCopyable } from './clone';
import { Failures, type Failure } from './failures';
import { freshBytes } from './fresh-bytes';
import { Keyframes, RecentFrames, type Keyframe } from './keyframes';
import { Notices } from './notices';
import type { Reducer } from './reducer';
import { protectorFor, Run, type RunContext } from './run';
import type { FoldProgress, ReplayOptions, StepPair, StepState } from './step';

export type { FoldProgress, ReplayOptions, StepPair, StepState } from './step';

/** Folding before the next keyframe, ms: what a jump costs at most, with the reading and copying around it. */
const KEYFRAME_MS = 8;
/** The same for the passing keyframes left where a person moves about. */
const LOCAL_MS = 2;
/** Copying a state may take a twentieth of the folding. */
const COPY_SHARE = 20;
/** How long a piece of background work runs before others get their turn, ms. */
const SLICE_MS = 8;
const MOST_LOCAL = 96;
const MOST_VIEWED = 16;
const MOST_PAIRS = 4;
/** How often, at most, a keyframe doubles as a test for a reducer that alters its state. */
const MOST_SAMPLES = 200;

/**
 * A stream replayed: the state at any step, by any route what a plain fold from the first event gives, as long as the
 * reducer gives one state for one event.
 *
 * The front is the furthest fold; it passes each event once and leaves keyframes behind, spaced by measured cost. What
 * lies behind the front is folded anew from the nearest keyframe. Live states belong to one run; all others are copies
 * that no reducer sees. README.md in this folder says why.
 */
export class Replay {
  readonly length: number;
  private readonly failed: Failures;
  private readonly told: Notices;
  private readonly frames: Keyframes;
  private readonly local: RecentFrames;
  private readonly viewed: RecentFrames;
  private readonly pairs = new Map<number, StepPair>();
  private readonly context: RunContext;
  private readonly keep: boolean;
  private readonly everyEvent: boolean;
  private readonly protect: RunContext['protect'];
  private front: Run;
  /** Where the last look behind the front ended, to go on from. */
  private view: Run | undefined;
  /** The run whose reducer ran last. */
  private active: Run | undefined;
  private spacingMs: number;
  private copyMs = 0;
  private samples = 0;
  /** The front's keyframe from which the next event is to be a test for a reducer that alters its state. */
  private sampled: Keyframe | undefined;
  /** The state before the first event, asked of the reducer once. */
  private initial: Keyframe | undefined;
  private spent = new WeakMap<Run, number>();
  private stride = 1;
  /** The state holds something that cannot be copied: every answer is a fold of its own from the first event. */
  private opaque = false;

  /** @throws LeftfoldError when the module's initialState throws */
  constructor(
    private readonly reader: StreamReader,
    private readonly reducer: Reducer,
    options: ReplayOptions = {},
  ) {
    const budget = options.keyframeBudgetBytes ?? 64 * 1024 * 1024;
    this.length = reader.length;
    this.keep = options.keyframes ?? true;
    this.spacingMs = options.keyframeMs ?? KEYFRAME_MS;
    this.everyEvent = this.spacingMs === 0;
    this.failed = new Failures(this.length);
    this.told = new Notices(reader, reducer);
    this.frames = new Keyframes((budget * 3) / 4);
    this.local = new RecentFrames(budget / 8, MOST_LOCAL);
    this.viewed = new RecentFrames(budget / 8, MOST_VIEWED);
    this.protect = protectorFor(reducer);
    this.context = {
      reader,
      reducer,
      protect: (state) => (this.opaque ? { state, bytes: 0 } : this.protect(state)),
      failures: this.failed,
      known: () => this.folded,
      onFailed: (step, problem) => this.failed.add(step, problem),
    };
    this.front = this.begin();
  }

  /** The furthest step known; states up to here are quick to get. */
  get folded(): number {
    return this.front?.step ?? 0;
  }

  /** Steps that could not be folded, in order, the first thousand of them; only those at or before `folded` are known. */
  get failures(): readonly Failure[] {
    return this.failed.kept;
  }

  get failureCount(): number {
    return this.failed.count;
  }

  /** Whether the reducer was seen to alter the state it is given. States are right all the same. */
  get mutating(): boolean {
    return this.told.mutating;
  }

  /** Things to tell once, in the order they were found. */
  get notices(): readonly Problem[] {
    return this.told.list;
  }

  /**
   * The state at a step, at once: beyond `folded` that means folding all the way.
   * @throws LeftfoldError no-such-step, and what the store throws
   */
  stateAt(step: number): StepState {
    this.check(step);
    return this.copyable(() => this.answer(step, this.stateOf(step)));
  }

  /**
   * The state at a step, giving others their turn every few milliseconds.
   * @throws LeftfoldError `cancelled` at once when the signal aborts, no-such-step, and what the store throws
   */
  async seek(step: number, signal?: AbortSignal): Promise<StepState> {
    this.check(step);
    for (;;) {
      stopIfAborted(signal);
      if (this.viewed.get(step)) return this.stateAt(step);
      const run = this.copyable(() => this.runTo(step));
      if (run === this.view) this.view = undefined;
      while (run.step < step && !this.copyable(() => this.advance(run, step, performance.now() + SLICE_MS))) {
        await nextTurn();
        stopIfAborted(signal);
      }
      // Another seek or the background fold may have carried the front past the step meanwhile.
      if (run.step !== step) continue;
      if (!this.opaque && run !== this.front) this.view = run;
      return this.copyable(() => this.answer(step, this.handOut(run)));
    }
  }

  /**
   * Both states of a step (>= 1), at once.
   * @throws LeftfoldError no-such-step, and what the store throws
   */
  pair(step: number): StepPair {
    if (step < 1) throw new LeftfoldError(noSuchStep(step, this.length, this.reader.stream));
    this.check(step);
    const known = this.pairs.get(step);
    if (known) return known;
    const made = this.copyable(() => (this.opaque ? this.opaquePair(step) : this.makePair(step)));
    this.pairs.set(step, made);
    for (const [old] of this.pairs) {
      if (this.pairs.size <= MOST_PAIRS) break;
      this.pairs.delete(old);
    }
    return made;
  }

  /** `pair`, giving others their turn. @throws LeftfoldError as seek does */
  async seekPair(step: number, signal?: AbortSignal): Promise<StepPair> {
    if (step >= 1 && !this.pairs.has(step)) await this.seek(step - 1, signal);
    stopIfAborted(signal);
    return this.pair(step);
  }

  /**
   * Folds what is not folded yet, giving others their turn every few milliseconds.
   * @throws LeftfoldError `cancelled` when the signal aborts (what is folded stays), and what the store throws
   */
  async foldAll(options: { signal?: AbortSignal; onProgress?: (progress: FoldProgress) => void } = {}): Promise<void> {
    const { signal, onProgress } = options;
    while (this.folded < this.length) {
      stopIfAborted(signal);
      this.copyable(() => this.advance(this.front, this.length, performance.now() + SLICE_MS));
      onProgress?.({ folded: this.folded, total: this.length });
      await nextTurn();
    }
  }

  /** A run at the first step. Its keyframe is the one every other stands on. */
  private begin(): Run {
    const state = this.reducer.initial();
    try {
      this.initial = { step: 0, ...this.protect(state) };
      if (this.keep) this.frames.push(this.initial);
      this.sampled = this.initial;
      return new Run(this.context, this.initial);
    } catch (error) {
      if (!(error instanceof NotCopyable)) throw error;
      this.giveUpCopies(error);
      return this.fromInitial();
    }
  }

  /** Something that can reach `step` going forward: the front, the last view, or a new run from the nearest keyframe. */
  private runTo(step: number): Run {
    if (this.opaque) return this.fromInitial();
    if (step >= this.front.step) return this.front;
    const frame = this.nearest(step);
    const { view } = this;
    if (view && view.step <= step && view.step >= frame.step && this.keep) return view;
    this.view = new Run(this.context, frame);
    return this.view;
  }

  private nearest(step: number): Keyframe {
    const frame = this.frames.atOrBefore(step) ?? this.initial!;
    if (!this.keep) return frame;
    const local = this.local.atOrBefore(step, frame.step) ?? frame;
    return this.viewed.atOrBefore(step, local.step) ?? local;
  }

  private fromInitial(): Run {
    return new Run(this.context, { step: 0, state: this.reducer.initial(), bytes: 0 });
  }

  private stateOf(step: number): unknown {
    const known = this.viewed.get(step);
    if (known) return known.state;
    const run = this.runTo(step);
    this.advance(run, step, Infinity);
    return this.handOut(run);
  }

  /** Folds until `target` or until the clock says `deadline`. @returns whether the target was reached */
  private advance(run: Run, target: number, deadline: number): boolean {
    this.activate(run);
    let then = performance.now();
    while (run.step < target) {
      if (run === this.front) this.sample(run);
      const end = Math.min(target, run.step + this.stride);
      while (run.step < end) run.next();
      let now = performance.now();
      const took = now - then;
      if (took < 0.4 && !this.everyEvent) this.stride = Math.min(this.stride * 2, 256);
      else if (took > 2) this.stride = Math.max(1, this.stride >> 1);
      if (this.leaveKeyframe(run, took)) now = performance.now();
      if (now >= deadline) break;
      then = now;
    }
    return run.step >= target;
  }

  /**
   * Before a run's reducer is called: whatever ran last is taken out of its reach, for a reducer may have kept a
   * reference to a state it returned and alter that state the next time it is called.
   */
  private activate(run: Run): void {
    if (this.active === run || this.opaque) return;
    this.active?.detach();
    this.active = run;
  }

  /** Leaves a keyframe when enough was folded since the last one. @returns whether it did */
  private leaveKeyframe(run: Run, folding: number): boolean {
    if (!this.keep || this.opaque) return false;
    const spent = (this.spent.get(run) ?? 0) + folding;
    const front = run === this.front;
    const due = Math.max(front ? this.spacingMs : LOCAL_MS, this.copyMs * (front ? COPY_SHARE : COPY_SHARE / 2));
    this.spent.set(run, spent < due ? spent : 0);
    if (spent < due && !this.everyEvent) return false;
    const begun = performance.now();
    const frame = this.frameOf(run);
    const took = performance.now() - begun;
    this.copyMs += (took - this.copyMs) / (this.copyMs === 0 ? 1 : 3);
    run.isSafeAt(frame);
    if (!front) this.local.set(frame);
    else {
      if (this.frames.push(frame)) this.spacingMs *= 2;
      this.sampled = frame;
    }
    return true;
  }

  private frameOf(run: Run): Keyframe {
    if (!this.reducer.pure) return { step: run.step, ...this.protect(run.state) };
    return { step: run.step, state: run.state, bytes: this.beyondKeyframe(run.step, run.state) };
  }

  /** What a state made by a pure reducer keeps alive beyond the keyframe it was folded from, bytes. */
  private beyondKeyframe(step: number, state: unknown): number {
    return freshBytes(this.frames.atOrBefore(step)?.state, state);
  }

  /** At a fresh keyframe: folds the event after it, and sees whether the reducer altered the state it was given. */
  private sample(run: Run): void {
    const copy = this.sampled;
    this.sampled = undefined;
    if (copy?.step !== run.step || this.reducer.pure || this.told.mutating || this.samples >= MOST_SAMPLES) return;
    this.samples++;
    const live = run.state;
    const folded = run.next();
    if (folded?.problem === undefined && !equal(live, copy.state)) this.told.sawMutation(run.step);
  }

  private makePair(step: number): StepPair {
    const beforeState = this.stateOf(step - 1);
    const run = this.runTo(step - 1);
    this.advance(run, step - 1, Infinity);
    this.activate(run);
    const live = run.state;
    const folded = run.next();
    if (!folded || folded.problem !== undefined) {
      this.viewed.set({ step, state: beforeState, bytes: 0 });
      return { ...this.answer(step, beforeState), before: beforeState, after: beforeState };
    }
    this.told.look(run.step, folded, this.reader);
    if (this.reducer.pure) return this.pairOf(step, live, run.state, this.beyondKeyframe(step, run.state));
    if (!equal(live, beforeState)) {
      this.told.sawMutation(step);
      return this.pairOf(step, beforeState, this.handOut(run), 0);
    }
    const { first, second, bytes } = clonePair(live, run.state);
    return this.pairOf(step, first, second, bytes);
  }

  /** Without copies each of the two states is a fold of its own. */
  private opaquePair(step: number): StepPair {
    const before = this.stateOf(step - 1);
    const { state, problem, firstFailure } = this.stateAt(step);
    return { step, before, after: problem ? before : state, problem, firstFailure };
  }

  private pairOf(step: number, before: unknown, after: unknown, bytes: number): StepPair {
    this.viewed.set({ step: step - 1, state: before, bytes: bytes / 2 });
    this.viewed.set({ step, state: after, bytes: bytes / 2 });
    const { problem, firstFailure } = this.answer(step, after);
    return { step, before, after, problem, firstFailure };
  }

  /** A copy of a run's state that no reducer will see, remembered for the next question about this step. */
  private handOut(run: Run): unknown {
    if (this.opaque) return run.state;
    const frame = this.frameOf(run);
    this.viewed.set(frame);
    return frame.state;
  }

  private answer(step: number, state: unknown): StepState {
    const problem = this.failed.has(step) ? this.problemOf(step) : null;
    return { step, state, problem, firstFailure: this.failed.firstUpTo(step) };
  }

  /** The problem of a failed step: kept, or found again by folding its event once more. */
  private problemOf(step: number): Problem {
    const kept = this.failed.problemOf(step);
    if (kept) return kept;
    const before = this.stateOf(step - 1);
    if (!this.opaque) this.active?.detach();
    this.active = undefined;
    return this.told.problemAgain(step, before, this.context.protect);
  }

  /** Runs work that copies states; when one proves impossible to copy, once more without copies. */
  private copyable<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof NotCopyable) || this.opaque) throw error;
      this.giveUpCopies(error);
      this.front = this.fromInitial();
      return work();
    }
  }

  private giveUpCopies(error: NotCopyable): void {
    this.opaque = true;
    this.view = this.active = undefined;
    for (const cache of [this.frames, this.local, this.viewed, this.pairs]) cache.clear();
    this.told.tell(stateNotCopyable(this.reducer.label, error.what));
  }

  private check(step: number): void {
    if (Number.isInteger(step) && step >= 0 && step <= this.length) return;
    throw new LeftfoldError(noSuchStep(step, this.length, this.reader.stream));
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new LeftfoldError(replayCancelled());
}
