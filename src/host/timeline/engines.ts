import { isDeepStrictEqual } from 'node:util';
import type { Disposable } from 'vscode';
import type { StoreRef } from '../../protocol/shared';
import type { TimelineApi, TimelineInfo } from '../../protocol/timeline';
import { Disposables } from '../platform/disposables';
import type { EngineStarter, RunningEngine } from '../platform/engines';
import { streamKey } from '../platform/keys';
import { settings } from '../platform/settings';
import { storeRef, type Configs, type Stores } from '../platform/stores';
import type { StreamRef, TimelineLease } from '../platform/timelines';
import { chooseReducer, readableFor, type ReducerChoice } from './reducer-choice';

/** How long an engine started for a document or an export stays after its last use, ms. */
const LINGER_MS = 10_000;

export interface OpenedTimeline {
  readonly engine: RunningEngine<TimelineApi>;
  readonly info: TimelineInfo;
  readonly choice: ReducerChoice;
  readonly storeRef: StoreRef;
}

/** An engine that is being opened: notes may arrive before the opening is done. */
export interface StartedTimeline {
  readonly engine: RunningEngine<TimelineApi>;
  readonly opened: Promise<OpenedTimeline>;
}

/** Starts timeline engines and lends them: those of open panels, and short-lived ones for streams without a panel. */
export class TimelineEngines implements Disposable {
  private readonly live = new Map<string, StartedTimeline>();
  private readonly lent = new Map<string, { started: StartedTimeline; uses: number; timer?: ReturnType<typeof setTimeout> }>();
  private readonly all = new Disposables();

  constructor(
    private readonly starter: EngineStarter,
    private readonly stores: Stores,
    private readonly configs: Configs,
  ) {}

  /** Starts the engine of a panel. It is lent to others until `retire`. */
  async start(ref: StreamRef): Promise<StartedTimeline> {
    const started = await this.launch(ref);
    const key = streamKey(ref.store.key, ref.stream);
    this.live.set(key, started);
    this.endLent(key);
    return started;
  }

  /** Ends an engine of a panel. */
  retire(ref: StreamRef, started: StartedTimeline): void {
    const key = streamKey(ref.store.key, ref.stream);
    if (this.live.get(key) === started) this.live.delete(key);
    started.engine.dispose();
  }

  async borrow(ref: StreamRef): Promise<TimelineLease> {
    const key = streamKey(ref.store.key, ref.stream);
    const live = this.live.get(key);
    if (live) {
      const { engine, info } = await live.opened;
      return { caller: engine.caller, info, release: () => undefined };
    }
    let entry = this.lent.get(key);
    if (!entry) {
      entry = { started: await this.launch(ref), uses: 0 };
      const mine = entry.started;
      mine.engine.onEnd(() => this.lent.get(key)?.started === mine && this.lent.delete(key));
      this.lent.set(key, entry);
    }
    const held = entry;
    held.uses++;
    clearTimeout(held.timer);
    const release = () => this.release(key, held);
    try {
      const { engine, info } = await held.started.opened;
      return { caller: engine.caller, info, release: once(release) };
    } catch (error) {
      this.endLent(key);
      throw error;
    }
  }

  /** Whether an engine opened now would be given the same reducer and the same mapping. */
  isCurrent(ref: StreamRef, opened: OpenedTimeline): boolean {
    const choice = chooseReducer(this.configs, ref, opened.info.category);
    return isDeepStrictEqual(choice, opened.choice) && isDeepStrictEqual(storeRef(ref.store), opened.storeRef);
  }

  /** Forgets engines lent for a stream, so that the next borrower sees the new reducer or store. */
  invalidate(ref: StreamRef): void {
    this.endLent(streamKey(ref.store.key, ref.stream));
  }

  dispose(): void {
    for (const started of this.live.values()) started.engine.dispose();
    for (const key of [...this.lent.keys()]) this.endLent(key);
    this.live.clear();
    this.all.dispose();
  }

  private async launch(ref: StreamRef): Promise<StartedTimeline> {
    const choice = chooseReducer(this.configs, ref, await this.categoryOf(ref));
    const engine = this.starter.timeline({
      store: ref.store.path,
      module: choice.reducer?.module ?? null,
      readable: readableFor(choice),
      memoryMb: settings.memoryMb,
      timeoutMs: settings.timeoutMs,
    });
    const store = storeRef(ref.store);
    const opened = engine.caller
      .request('open', { store, stream: ref.stream, reducer: choice.reducer })
      .then((info) => ({ engine, info, choice, storeRef: store }));
    // Whoever awaits it hears of a failure; until then it must not count as unhandled.
    opened.catch(() => engine.dispose());
    return { engine, opened };
  }

  /** The category decides the reducer, and is only asked for when a reducer could depend on it. */
  private async categoryOf(ref: StreamRef): Promise<string | null> {
    if (ref.category !== undefined) return ref.category;
    const { category } = await this.stores.session(ref.store).request('summary', { stream: ref.stream });
    ref.category = category;
    return category;
  }

  private release(key: string, entry: { uses: number; timer?: ReturnType<typeof setTimeout> }): void {
    entry.uses--;
    if (entry.uses > 0) return;
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      if (this.lent.get(key) === entry) this.endLent(key);
    }, LINGER_MS);
  }

  private endLent(key: string): void {
    const entry = this.lent.get(key);
    if (!entry) return;
    this.lent.delete(key);
    clearTimeout(entry.timer);
    entry.started.engine.dispose();
  }
}

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
