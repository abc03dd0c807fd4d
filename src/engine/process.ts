import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineEnd } from '../model/problems/engine';
import type { Port } from '../protocol/channel';
import type { EngineSettings } from './settings';

/** How an engine's process ended. */
export interface Ended {
  how: EngineEnd;
  /** The exit code or signal, in words. */
  detail: string;
  /** The last of what it wrote to stderr. */
  output: string;
  /** It never got as far as saying that it is ready. */
  early: boolean;
}

export interface ProcessOptions {
  /** Absolute path of the built engine. */
  engineFile: string;
  settings: EngineSettings;
  execArgv: string[];
  tempDir: string;
  /** What the process writes to stdout and stderr, as it comes. */
  onOutput?: ((text: string) => void) | undefined;
}

/** At most this much of the output is kept for a problem, characters. */
const KEPT_OUTPUT = 4096;
/** How long after the end of the process its last output may still arrive, ms. */
const DRAIN_MS = 500;
const OUT_OF_MEMORY = /heap out of memory|Reached heap limit|Allocation failed|Array buffer allocation failed/i;

/** One forked engine: a port to it, its signs of life, and how it ended. */
export class EngineProcess implements Port {
  private readonly child: ChildProcess;
  private readonly listeners = new Set<(message: unknown) => void>();
  private readonly endListeners = new Set<(ended: Ended) => void>();
  private output = '';
  private ready = false;
  private killedFor: EngineEnd | undefined;
  private ended = false;
  /** When it last said anything, ms of performance.now(). */
  heardAt = performance.now();
  /** Whether it runs under the permission model; known once it is ready. */
  guarded = false;

  constructor(options: ProcessOptions) {
    const { engineFile, settings, execArgv, tempDir, onOutput } = options;
    const env: NodeJS.ProcessEnv = { ...process.env, ELECTRON_RUN_AS_NODE: '1', TMPDIR: tempDir, TEMP: tempDir, TMP: tempDir };
    // A debugger attached to the host would want to load its own code into the engine.
    delete env.NODE_OPTIONS;
    delete env.VSCODE_INSPECTOR_OPTIONS;
    this.child = fork(engineFile, [JSON.stringify(settings)], {
      serialization: 'advanced',
      execArgv,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output = (this.output + text).slice(-KEPT_OUTPUT);
        onOutput?.(text);
      });
    }
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', (error) => this.end('crash', error.message));
    this.child.on('exit', (code, signal) => {
      const finish = () => this.end(this.endOf(code, signal), signal ?? `exit code ${code}`);
      const timer = setTimeout(finish, DRAIN_MS);
      this.child.on('close', () => {
        clearTimeout(timer);
        finish();
      });
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  post(message: unknown): void {
    if (this.ended || !this.child.connected) return;
    this.child.send(message as object, () => undefined);
  }

  listen(listener: (message: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  onEnd(listener: (ended: Ended) => void): void {
    this.endListeners.add(listener);
  }

  /** Ends the process at once. @param how what it is ended for, as the end's listeners will hear */
  kill(how: EngineEnd): void {
    this.killedFor = how;
    this.child.kill('SIGKILL');
  }

  /** Ends the process without a word to listeners. @param gone called when it no longer holds any file */
  dispose(gone: () => void): void {
    this.endListeners.clear();
    if (this.ended) gone();
    else this.endListeners.add(gone);
    this.child.kill('SIGKILL');
  }

  private receive(message: unknown): void {
    this.heardAt = performance.now();
    const { kind, guarded } = message as { kind?: string; guarded?: boolean };
    if (kind === 'ready') {
      this.ready = true;
      this.guarded = guarded === true;
    }
    for (const listener of [...this.listeners]) listener(message);
  }

  private endOf(code: number | null, signal: string | null): EngineEnd {
    if (this.killedFor) return this.killedFor;
    if (OUT_OF_MEMORY.test(this.output)) return 'memory';
    return signal === null && code !== null && code < 128 ? 'exit' : 'crash';
  }

  private end(how: EngineEnd, detail: string): void {
    if (this.ended) return;
    this.ended = true;
    const ended: Ended = { how, detail, output: this.output, early: !this.ready };
    for (const listener of [...this.endListeners]) listener(ended);
  }
}

let swept = false;

/** A folder that one engine may write to (copies of stores that cannot be opened in place); the caller removes it. */
export function makeTempDir(): string {
  if (!swept) sweepTempDirs();
  swept = true;
  return mkdtempSync(join(tmpdir(), `leftfold-${process.pid}-`));
}

/** Removes what hosts left behind that were killed before they could. */
export function sweepTempDirs(): void {
  try {
    for (const name of readdirSync(tmpdir())) {
      const pid = /^leftfold-(\d+)-/.exec(name)?.[1];
      if (pid !== undefined && !isRunning(Number(pid))) removeTempDir(join(tmpdir(), name));
    }
  } catch {
    // A temp folder that cannot be listed is not ours to tidy.
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function removeTempDir(dir: string): void {
  try {
    rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // A file still open on Windows: the system's own cleaning of temp folders takes it later.
  }
}
