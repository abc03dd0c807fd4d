import type { Problem } from '../model/problem';
import { engineClosed } from '../model/problems/engine';
import type { BrowseApi } from '../protocol/browse';
import { Caller, type Api } from '../protocol/channel';
import type { TimelineApi } from '../protocol/timeline';
import { EngineProcess, makeTempDir, removeTempDir } from './process';
import { endProblem, TimelineSupervisor, type TimelineOptions } from './timeline-supervisor';

/** An engine that runs in a process of its own. */
export interface Engine<A extends Api> {
  readonly caller: Caller<A>;
  /** Called once when the engine ended for good, not by `dispose`. Everything asked is rejected with the same problem. */
  onEnd(listener: (problem: Problem) => void): void;
  /** Called for things worth telling that are no end (the engine runs without its guard), earlier ones included. */
  onNotice(listener: (problem: Problem) => void): void;
  /** The process it runs in at the moment, for logs. */
  readonly pid: number | undefined;
  dispose(): void;
}

export interface BrowseOptions {
  /** Absolute path of dist/engine.js. */
  engineFile: string;
  /** Heap limit, megabytes. */
  memoryMb?: number;
  /** What the process writes to stdout and stderr, for a log. */
  onOutput?: (text: string) => void;
}

export type { TimelineOptions } from './timeline-supervisor';

const BROWSE_MEMORY_MB = 1024;

/**
 * Starts the engine that browses one store. No user code runs in it, so it has no guard and no time limit: a query
 * over a big store may take as long as it takes.
 */
export function startBrowseEngine(options: BrowseOptions): Engine<BrowseApi> {
  const { engineFile, memoryMb = BROWSE_MEMORY_MB, onOutput } = options;
  const tempDir = makeTempDir();
  const process = new EngineProcess({
    engineFile,
    settings: { role: 'browse', blackBox: null, careful: false, poisoned: [], stopAt: null, poisonedModule: null },
    execArgv: [`--max-old-space-size=${memoryMb}`],
    tempDir,
    onOutput,
  });
  const caller = new Caller<BrowseApi>(process);
  const end = new EndOnce();
  process.onEnd((ended) => {
    removeTempDir(tempDir);
    const problem = endProblem(ended);
    caller.close(problem);
    end.fire(problem);
  });
  return {
    caller,
    onEnd: (listener) => end.listen(listener),
    onNotice: () => undefined,
    pid: process.pid,
    dispose() {
      process.dispose(() => removeTempDir(tempDir));
      caller.close(engineClosed());
      end.clear();
    },
  };
}

/**
 * Starts the engine of one timeline. User code runs only there: under Node's permission model where the host's Node
 * has it, under a heap limit, and watched. An event whose reducer never returns, exits or crashes ends the process,
 * not the timeline: a new process takes over, and that event is shown as the one that failed.
 */
export function startTimelineEngine(options: TimelineOptions): Engine<TimelineApi> {
  const supervisor = new TimelineSupervisor(options);
  const caller = new Caller<TimelineApi>(supervisor);
  const end = new EndOnce();
  supervisor.onEnd((problem) => {
    caller.close(problem);
    end.fire(problem);
  });
  return {
    caller,
    onEnd: (listener) => end.listen(listener),
    onNotice: (listener) => supervisor.onNotice(listener),
    get pid() {
      return supervisor.pid;
    },
    dispose() {
      supervisor.dispose();
      caller.close(engineClosed());
      end.clear();
    },
  };
}

/** Listeners of an end, called once; one that comes late is called at once. */
class EndOnce {
  private problem: Problem | undefined;
  private listeners: ((problem: Problem) => void)[] = [];

  listen(listener: (problem: Problem) => void): void {
    if (this.problem) listener(this.problem);
    else this.listeners.push(listener);
  }

  fire(problem: Problem): void {
    if (this.problem) return;
    this.problem = problem;
    for (const listener of this.listeners.splice(0)) listener(problem);
  }

  clear(): void {
    this.listeners = [];
  }
}
