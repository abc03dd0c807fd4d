import { dirname, join } from 'node:path';
import type { Problem } from '../model/problem';
import { engineEnded, engineNotStarted, engineUnguarded, exportInterrupted, type EngineEnd } from '../model/problems/engine';
import type { Port } from '../protocol/channel';
import { makeBlackBox, readBlackBox } from './black-box';
import { guardFlags, hostGuard } from './guard';
import { EngineProcess, makeTempDir, removeTempDir, type Ended } from './process';
import type { EngineSettings } from './settings';
import { Watchdog } from './watchdog';

export interface TimelineOptions {
  /** Absolute path of dist/engine.js. */
  engineFile: string;
  /** Absolute path of the store: its folder may be read. */
  store: string;
  /** Absolute path of the reducer's module, null for the merge. */
  module: string | null;
  /** Further folders the reducer may read (the workspace's), absolute. */
  readable: readonly string[];
  /** Heap limit, megabytes. */
  memoryMb?: number;
  /** How long a reducer may take over one event, ms. */
  timeoutMs?: number;
  /** How long loading the reducer's module may take, ms. */
  loadTimeoutMs?: number;
  /** What the process (and the reducer's console) writes, for a log. */
  onOutput?: (text: string) => void;
}

const MEMORY_MB = 2048;
const TIMEOUT_MS = 2000;
const LOAD_TIMEOUT_MS = 20_000;
/** So many events may end the engine before the rest of the stream is given up. */
const MOST_POISONED = 3;
/** So many processes are started for one timeline before it ends for good. */
const MOST_STARTS = 10;

interface Request {
  kind: 'request';
  id: number;
  method: string;
  params: unknown;
}
type Answer = { kind: 'result' | 'failure'; id: number };
type Note = { kind: 'note'; name: string; params: { done?: boolean } };

/** The id of an `open` that nobody asked for: the one that brings a new process to where the last one was. */
const REOPEN = 0;

/**
 * The port to a timeline's engine that outlives its processes.
 *
 * When a process ends while it folds, the next one records every event before it folds it; if that one ends too, the
 * event is known, and the one after it leaves it out and shows it as failed. What was asked meanwhile is asked again,
 * so whoever asks only notices that an answer took longer.
 */
export class TimelineSupervisor implements Port {
  private readonly listeners = new Set<(message: unknown) => void>();
  private readonly endListeners: ((problem: Problem) => void)[] = [];
  private readonly noticeListeners: ((problem: Problem) => void)[] = [];
  private readonly notices: Problem[] = [];
  private readonly tempDir = makeTempDir();
  private readonly blackBox = join(this.tempDir, 'engine.state');
  private readonly asked = new Map<number, Request>();
  private readonly settings: EngineSettings;
  private readonly watchdog: Watchdog;
  private process: EngineProcess;
  private lastOpen: Request | undefined;
  private folding = false;
  private starts = 0;
  private closed = false;

  constructor(private readonly options: TimelineOptions) {
    this.settings = { role: 'timeline', blackBox: this.blackBox, careful: false, poisoned: [], stopAt: null, poisonedModule: null };
    this.watchdog = new Watchdog(options.timeoutMs ?? TIMEOUT_MS, options.loadTimeoutMs ?? LOAD_TIMEOUT_MS, () => readBlackBox(this.blackBox));
    this.process = this.start();
  }

  post(message: unknown): void {
    if (this.closed) return;
    const { kind, id } = message as { kind: string; id: number };
    if (kind === 'request') {
      this.asked.set(id, message as Request);
      this.watch();
    } else if (kind === 'cancel') {
      this.asked.delete(id);
    }
    this.process.post(message);
  }

  listen(listener: (message: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  onEnd(listener: (problem: Problem) => void): void {
    this.endListeners.push(listener);
  }

  /** Notices found before the listener came are told at once. */
  onNotice(listener: (problem: Problem) => void): void {
    this.noticeListeners.push(listener);
    for (const problem of this.notices) listener(problem);
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  dispose(): void {
    if (this.closed) return;
    this.closed = true;
    this.watchdog.stop();
    this.process.dispose(() => removeTempDir(this.tempDir));
  }

  private start(): EngineProcess {
    const { engineFile, memoryMb = MEMORY_MB, onOutput } = this.options;
    this.starts++;
    makeBlackBox(this.blackBox);
    const guarded = hostGuard.accepted;
    if (!guarded && this.options.module !== null && this.notices.length === 0) this.notice(engineUnguarded());
    const execArgv = [`--max-old-space-size=${memoryMb}`, ...(guarded ? this.guard() : [])];
    const process = new EngineProcess({ engineFile, settings: this.settings, execArgv, tempDir: this.tempDir, onOutput });
    process.listen((message) => this.receive(message));
    process.onEnd((ended) => this.ended(ended, guarded));
    return process;
  }

  private guard(): string[] {
    const { engineFile, store, module, readable } = this.options;
    return guardFlags(engineFile, [dirname(store), ...(module === null ? [] : [dirname(module)]), ...readable], this.tempDir);
  }

  private receive(message: unknown): void {
    const { kind } = message as { kind: string };
    if (kind === 'ready' || kind === 'pong') return;
    if (kind === 'result' || kind === 'failure') {
      const { id } = message as Answer;
      const request = this.asked.get(id);
      this.asked.delete(id);
      if (request?.method === 'open' && kind === 'result') this.lastOpen = request;
      else if (request?.method === 'open' || id === REOPEN) this.folding &&= kind === 'result';
      if (id === REOPEN) return;
    } else if (kind === 'note') {
      const { name, params } = message as Note;
      if (name === 'progress') this.folding = params.done !== true;
    }
    this.tell(message);
    this.watch();
  }

  private tell(message: unknown): void {
    for (const listener of [...this.listeners]) listener(message);
  }

  /** Watches while there is something to wait for. */
  private watch(): void {
    if (this.closed) return;
    if (this.asked.size === 0 && !this.folding) this.watchdog.stop();
    else this.watchdog.watch(this.process);
  }

  private ended(ended: Ended, guarded: boolean): void {
    this.watchdog.stop();
    this.folding = false;
    if (this.closed) return;
    if (ended.early && guarded && /bad option|--permission/i.test(ended.output)) {
      hostGuard.accepted = false;
      return this.startAgain();
    }
    const { phase, step, exact } = readBlackBox(this.blackBox);
    if (ended.early || phase === 'idle' || this.starts >= MOST_STARTS) return this.end(endProblem(ended));
    const limit = this.limitOf(ended.how);
    if (phase === 'load') this.settings.poisonedModule = { how: ended.how, limit };
    else if (exact) this.leaveOut(step, ended.how, limit);
    else this.settings.careful = true;
    this.startAgain();
  }

  /** Notes the event that ended the engine. Memory that is used up stays used up: nothing behind it is tried. */
  private leaveOut(step: number, how: EngineEnd, limit: string): void {
    this.settings.poisoned.push({ step, how, limit });
    if (how === 'memory' || this.settings.poisoned.length >= MOST_POISONED) {
      this.settings.stopAt = Math.min(this.settings.stopAt ?? Infinity, step);
    }
  }

  private limitOf(how: EngineEnd): string {
    const { timeoutMs = TIMEOUT_MS, memoryMb = MEMORY_MB } = this.options;
    if (how === 'runaway') return `${timeoutMs / 1000} s`;
    return how === 'memory' ? `${memoryMb} MB` : '';
  }

  private startAgain(): void {
    this.process = this.start();
    const again = [...this.asked.values()];
    // An `open` under way opens the new process as well.
    if (this.lastOpen && !again.some(({ method }) => method === 'open')) {
      this.process.post({ ...this.lastOpen, id: REOPEN });
    }
    for (const request of again) {
      if (request.method === 'exportNext') {
        this.asked.delete(request.id);
        this.tell({ kind: 'failure', id: request.id, problem: exportInterrupted() });
      } else this.process.post(request);
    }
    this.folding = true;
    this.watch();
  }

  private notice(problem: Problem): void {
    this.notices.push(problem);
    for (const listener of this.noticeListeners) listener(problem);
  }

  private end(problem: Problem): void {
    this.dispose();
    for (const listener of this.endListeners) listener(problem);
  }
}

/** What a user is told of an engine that ended while no reducer ran. */
export function endProblem({ how, detail, output, early }: Ended): Problem {
  if (!early || how === 'memory') return engineEnded(how, detail, output);
  return { ...engineNotStarted(detail), ...(output.trim() === '' ? {} : { details: output.trim().split('\n') }) };
}
