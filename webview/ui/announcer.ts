const PAUSE_MS = 150;

/** Tells a screen reader what changed on the page. While much happens at once only the last is told. */
export class Announcer {
  private timer: number | undefined;

  /** @param region an element with aria-live="polite" */
  constructor(private readonly region: () => HTMLElement | null) {}

  say(text: string): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      const region = this.region();
      if (region) region.textContent = text;
    }, PAUSE_MS);
  }
}
