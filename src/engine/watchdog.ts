import type { Recorded } from './black-box';
import type { EngineProcess } from './process';

/** Whatever the engine does without user code (a long query, a big difference) may take this long in silence, ms. */
const SILENCE_MS = 120_000;

/**
 * Looks for signs of life of an engine that has something to do: messages (it is asked to answer a ping), and what it
 * records about the events it folds. One that shows none for too long while user code runs is killed as a runaway.
 *
 * Ticks are counted rather than time, so that a machine that slept does not look like a silent engine.
 */
export class Watchdog {
  private timer: ReturnType<typeof setInterval> | undefined;
  private process: EngineProcess | undefined;
  private readonly tickMs: number;
  private silentMs = 0;
  private heardAt = 0;
  private seen: Recorded | undefined;
  private tickedAt = 0;

  constructor(
    private readonly timeoutMs: number,
    private readonly loadTimeoutMs: number,
    private readonly read: () => Recorded,
  ) {
    this.tickMs = Math.min(500, Math.max(20, timeoutMs / 5));
  }

  /** Begins to watch, or goes on. */
  watch(process: EngineProcess): void {
    if (this.timer && this.process === process) return;
    this.stop();
    this.process = process;
    this.silentMs = 0;
    this.heardAt = process.heardAt;
    this.tickedAt = performance.now();
    this.timer = setInterval(() => this.tick(process), this.tickMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private tick(process: EngineProcess): void {
    const now = performance.now();
    const late = now - this.tickedAt > 3 * this.tickMs;
    this.tickedAt = now;
    const recorded = this.read();
    const alive = process.heardAt !== this.heardAt || recorded.beat !== this.seen?.beat;
    this.heardAt = process.heardAt;
    this.seen = recorded;
    if (alive || late) this.silentMs = 0;
    else this.silentMs += this.tickMs;
    if (this.silentMs === 0) process.post({ kind: 'ping' });
    const limit = { idle: SILENCE_MS, load: this.loadTimeoutMs, fold: this.timeoutMs }[recorded.phase];
    if (this.silentMs < limit) return;
    this.stop();
    process.kill('runaway');
  }
}
