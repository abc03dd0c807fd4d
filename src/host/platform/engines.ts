import type { Problem } from '../../model/problem';
import type { BrowseApi } from '../../protocol/browse';
import type { Api, Caller } from '../../protocol/channel';
import type { TimelineApi } from '../../protocol/timeline';

/** An engine process that runs. Disposing ends it; `onEnd` fires only when it ended by itself. */
export interface RunningEngine<A extends Api> {
  readonly caller: Caller<A>;
  onEnd(listener: (problem: Problem) => void): void;
  /** Called for things worth telling that are no end. */
  onNotice(listener: (problem: Problem) => void): void;
  dispose(): void;
}

/** Starts engine processes: the real ones, or fakes in a test. */
export interface EngineStarter {
  browse(): RunningEngine<BrowseApi>;
  /** @param options what its permission model and limits are made from: absolute paths it may read, its reducer */
  timeline(options: TimelineEngineOptions): RunningEngine<TimelineApi>;
}

export interface TimelineEngineOptions {
  store: string;
  module: string | null;
  readable: string[];
  memoryMb: number;
  timeoutMs: number;
}
