import { basename } from 'node:path';
import { diff, type Change } from '../diff/diff';
import type { StoredEvent } from '../model/event';
import { LeftfoldError, type Problem } from '../model/problem';
import { unexpected } from '../model/problems/general';
import { reducerEndedLoading, reducerWroteToConsole, streamNotFound } from '../model/problems/engine';
import type { ReducerRef, StoreRef } from '../protocol/shared';
import type { ReducerInfo, TimelineInfo } from '../protocol/timeline';
import { loadReducer } from '../replay/load';
import { mergeReducer, type Reducer } from '../replay/reducer';
import { Replay, type StepState } from '../replay/replay';
import type { EventStore, StreamReader } from '../store/contract';
import { openStore } from '../store/registry';
import { Marks } from './marks';
import type { UserCode } from './user-code';

/** Event types are counted for streams up to this long; of longer ones the ends are looked at. */
const MOST_TYPED = 20_000;
const TYPED_ENDS = 500;
/** Differences kept for the trees and pages of a step that is looked at. */
const MOST_DIFFERENCES = 2;
/** How often, at most, the store's file is looked at, ms. */
const CHECK_MS = 2000;

export interface OpenTimeline {
  store: StoreRef;
  stream: string;
  reducer: ReducerRef | null;
}

/** A difference between two steps, with the states it is about. */
export interface Difference {
  before: unknown;
  after: unknown;
  changes: Change[];
  marks: Marks;
}

/** One stream of one store with its reducer, open. */
export class Timeline {
  private readonly differences = new Map<string, Difference>();
  private checkedAt = performance.now();
  private checkFailed = false;

  private constructor(
    readonly store: EventStore,
    readonly reader: StreamReader,
    readonly replay: Replay,
    readonly reducerInfo: ReducerInfo,
    private readonly userCode: UserCode,
  ) {}

  /**
   * @param notice told what is worth telling about the reducer while it loads
   * @throws LeftfoldError when the store cannot be opened or has no such stream. A reducer that cannot be loaded is no
   *   error: the merge takes its place, and `reducerInfo.problem` says so.
   */
  static async open(what: OpenTimeline, userCode: UserCode, signal: AbortSignal, notice: (problem: Problem) => void): Promise<Timeline> {
    const { path, mapping } = what.store;
    const store = await openStore(path, { ...(mapping ? { mapping } : {}), signal });
    try {
      const reader = store.openStream(what.stream);
      if (!reader) throw new LeftfoldError(streamNotFound(what.stream, path));
      const { replay, info } = await startReplay(what.reducer, userCode.track(reader), userCode, notice);
      return new Timeline(store, reader, replay, info, userCode);
    } catch (error) {
      store.close();
      throw error;
    }
  }

  get info(): TimelineInfo {
    const { store, reader, reducerInfo } = this;
    const [first] = reader.heads(0, 1);
    const [last] = reader.heads(Math.max(0, reader.length - 1), 1);
    return {
      store: store.info.path,
      storeName: basename(store.info.path),
      dialect: store.info.dialect,
      stream: reader.stream,
      category: reader.category,
      length: reader.length,
      firstVersion: first ? String(first.version) : '',
      lastVersion: last ? String(last.version) : '',
      firstTime: first?.time ?? null,
      lastTime: last?.time ?? null,
      reducer: reducerInfo,
      types: this.types(),
    };
  }

  /** The event that leads to a step (>= 1). */
  eventAt(step: number): StoredEvent | undefined {
    return step >= 1 ? this.reader.read(step - 1, 1)[0] : undefined;
  }

  async stateAt(step: number, signal?: AbortSignal): Promise<StepState> {
    const found = await this.userCode.folding(() => this.replay.seek(step, signal));
    return { ...found, problem: found.problem && this.problemOf(step, found.problem) };
  }

  /** What happened between two steps; `base` is the step before when left out. */
  async difference(step: number, signal?: AbortSignal, base = step - 1): Promise<Difference> {
    const key = `${base} ${step}`;
    const known = this.differences.get(key);
    if (known) return known;
    const { before, after } = await this.states(step, base, signal);
    const changes = base === step ? [] : diff(before, after);
    const made = { before, after, changes, marks: new Marks(changes) };
    this.differences.set(key, made);
    for (const old of this.differences.keys()) {
      if (this.differences.size <= MOST_DIFFERENCES) break;
      this.differences.delete(old);
    }
    return made;
  }

  /** What is wrong with a step's event, in the words for events that ended a process where it is one of those. */
  problemOf(step: number, problem: Problem): Problem {
    const { userCode, reader } = this;
    const [head] = userCode.leavesOut(step) ? reader.heads(step - 1, 1) : [];
    return (head && userCode.problemOf(step, reader.stream, String(head.version))) ?? problem;
  }

  /** Looks now and then whether the store's file is still the one that was opened. */
  check(): Problem | undefined {
    const now = performance.now();
    if (this.checkFailed || now - this.checkedAt < CHECK_MS) return undefined;
    this.checkedAt = now;
    try {
      this.store.check();
      return undefined;
    } catch (error) {
      this.checkFailed = true;
      return error instanceof LeftfoldError ? error.problem : unexpected(error, 'check');
    }
  }

  close(): void {
    this.store.close();
  }

  private async states(step: number, base: number, signal: AbortSignal | undefined): Promise<{ before: unknown; after: unknown }> {
    if (step === 0 && base < 0) {
      const { state } = await this.stateAt(0, signal);
      return { before: state, after: state };
    }
    if (base === step - 1) return this.userCode.folding(() => this.replay.seekPair(step, signal));
    const { state: before } = await this.stateAt(base, signal);
    const { state: after } = await this.stateAt(step, signal);
    return { before, after };
  }

  private types(): string[] {
    const { store, reader } = this;
    if (reader.length <= MOST_TYPED) return store.types(reader.stream).map(({ type }) => type);
    const heads = [...reader.heads(0, TYPED_ENDS), ...reader.heads(reader.length - TYPED_ENDS, TYPED_ENDS)];
    return [...new Set(heads.map(({ type }) => type))];
  }
}

async function startReplay(
  ref: ReducerRef | null,
  reader: StreamReader,
  userCode: UserCode,
  notice: (problem: Problem) => void,
): Promise<{ replay: Replay; info: ReducerInfo }> {
  const merge = (problem: Problem | null) => {
    const reducer = mergeReducer();
    const info: ReducerInfo = { kind: 'merge', label: reducer.label, module: ref?.module ?? null, problem };
    return { replay: new Replay(reader, reducer), info };
  };
  if (!ref) return merge(null);
  const { poisonedModule } = userCode.settings;
  if (poisonedModule) return merge(reducerEndedLoading(poisonedModule.how, poisonedModule.limit, ref.module));
  try {
    const reducer = await userCode.loading(() => load(ref, notice));
    // Its initialState runs here.
    const replay = await userCode.folding(() => new Replay(reader, userCode.record(reducer)));
    return { replay, info: { kind: 'module', label: reducer.label, module: reducer.file, problem: null } };
  } catch (error) {
    return merge(error instanceof LeftfoldError ? error.problem : unexpected(error, 'loading the reducer'));
  }
}

/** So much of what a reducer writes is passed on; a console in a fold of a million events would fill the log. */
const MOST_CONSOLE = 200_000;

async function load(ref: ReducerRef, notice: (problem: Problem) => void): Promise<Reducer> {
  const label = basename(ref.module);
  let written = 0;
  return loadReducer(ref.module, {
    ...(ref.numbers ? { numbers: ref.numbers } : {}),
    onConsole: (text) => {
      if (written === 0) notice(reducerWroteToConsole(label, text.trim().split('\n')[0]!.slice(0, 200)));
      if (written < MOST_CONSOLE) process.stderr.write(text);
      written += text.length;
    },
  });
}
