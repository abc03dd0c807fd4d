/**
 * Calls `run` once things have been quiet for `quietMs`, but no later than `mostMs` after the first trigger, so that
 * a store written to all the time is still looked at.
 */
export class Debouncer {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private first = 0;

  constructor(
    private readonly quietMs: number,
    private readonly mostMs: number,
    private readonly run: () => void,
  ) {}

  trigger(): void {
    const now = Date.now();
    if (this.timer === undefined) this.first = now;
    clearTimeout(this.timer);
    const wait = Math.max(0, Math.min(this.quietMs, this.first + this.mostMs - now));
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.run();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
