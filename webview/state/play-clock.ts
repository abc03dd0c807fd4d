/** `'original'` plays with the stream's own gaps; a number is a factor on the interval of 1x. */
export type Speed = number | 'original';

export const SPEEDS: Speed[] = [0.5, 1, 2, 5, 10, 50, 'original'];

const SHORTEST_MS = 30;
const LONGEST_GAP_MS = 3000;

/**
 * How long to wait before the next step, ms. In original timing a gap under a second is kept as it is; a longer one
 * is shortened so that an hour takes under three seconds and a longer gap still feels longer than a shorter one.
 * @param gap ms between this event and the next, undefined where it is not known
 */
export function playDelay(speed: Speed, intervalMs: number, gap: number | undefined): number {
  if (speed !== 'original') return Math.max(intervalMs / speed, 1000 / 60);
  if (gap === undefined) return intervalMs;
  const shortened = gap <= 1000 ? gap : 1000 + 500 * Math.log10(gap / 1000);
  return Math.min(Math.max(shortened, SHORTEST_MS), LONGEST_GAP_MS);
}

/** The timers a clock runs on; replaced in tests. */
export interface Timers {
  set(callback: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

const realTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as number),
};

/** Moves a playing timeline on, one step at a time, and never ahead of what is shown. */
export class PlayClock {
  private timer: unknown;
  private due = false;
  playing = false;

  /**
   * @param delay   ms until the next step
   * @param ready   whether the step last asked for is shown
   * @param advance goes one step on; false at the end of the stream, where playing stops
   */
  constructor(
    private readonly delay: () => number,
    private readonly ready: () => boolean,
    private readonly advance: () => boolean,
    private readonly timers: Timers = realTimers,
  ) {}

  start(): void {
    if (this.playing) return;
    this.playing = true;
    this.schedule();
  }

  stop(): void {
    this.playing = false;
    this.due = false;
    this.timers.clear(this.timer);
  }

  /** To be called when a step has been shown: a tick that had to wait for it now happens. */
  shown(): void {
    if (this.playing && this.due) this.tick();
  }

  /** To be called when the speed changed. */
  reschedule(): void {
    if (!this.playing) return;
    this.timers.clear(this.timer);
    this.schedule();
  }

  private schedule(): void {
    this.due = false;
    this.timer = this.timers.set(() => this.tick(), this.delay());
  }

  private tick(): void {
    if (!this.playing) return;
    if (!this.ready()) {
      this.due = true;
      return;
    }
    if (this.advance()) this.schedule();
    else this.stop();
  }
}
