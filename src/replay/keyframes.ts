/** A state nobody alters, at a step. */
export interface Keyframe {
  readonly step: number;
  readonly state: unknown;
  /** Estimated memory it holds beyond what its neighbours hold. */
  readonly bytes: number;
}

/**
 * Keyframes in order of step, within a budget: what is too much is thinned by dropping every second one, the first
 * (step 0) and the last never.
 */
export class Keyframes {
  private frames: Keyframe[] = [];
  private total = 0;

  constructor(private readonly budgetBytes: number) {}

  get count(): number {
    return this.frames.length;
  }

  get bytes(): number {
    return this.total;
  }

  /** Adds one behind all others. @returns whether they were thinned, so that the caller spaces the next ones wider */
  push(frame: Keyframe): boolean {
    this.frames.push(frame);
    this.total += frame.bytes;
    let thinned = false;
    while (this.total > this.budgetBytes && this.frames.length > 2) {
      const last = this.frames.length - 1;
      this.keep(this.frames.filter((_, index) => index % 2 === 0 || index === last));
      thinned = true;
    }
    return thinned;
  }

  /** The last one at or before a step. */
  atOrBefore(step: number): Keyframe | undefined {
    let low = 0;
    let high = this.frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.frames[middle]!.step <= step) low = middle + 1;
      else high = middle;
    }
    return this.frames[low - 1];
  }

  clear(): void {
    this.keep([]);
  }

  private keep(frames: Keyframe[]): void {
    this.frames = frames;
    this.total = frames.reduce((sum, frame) => sum + frame.bytes, 0);
  }
}

/** The keyframes used last, wherever they are: what a person moves about in is refolded from close by. */
export class RecentFrames {
  private readonly frames = new Map<number, Keyframe>();
  private total = 0;

  constructor(
    private readonly budgetBytes: number,
    private readonly most: number,
  ) {}

  get(step: number): Keyframe | undefined {
    const frame = this.frames.get(step);
    if (frame) {
      this.frames.delete(step);
      this.frames.set(step, frame);
    }
    return frame;
  }

  set(frame: Keyframe): void {
    this.remove(frame.step);
    this.frames.set(frame.step, frame);
    this.total += frame.bytes;
    for (const [step] of this.frames) {
      if (this.frames.size <= 2 || (this.frames.size <= this.most && this.total <= this.budgetBytes)) break;
      this.remove(step);
    }
  }

  /** The nearest at or before a step, if it is later than `after`. */
  atOrBefore(step: number, after: number): Keyframe | undefined {
    let best: Keyframe | undefined;
    for (const frame of this.frames.values()) {
      if (frame.step <= step && frame.step > (best?.step ?? after)) best = frame;
    }
    return best;
  }

  clear(): void {
    this.frames.clear();
    this.total = 0;
  }

  private remove(step: number): void {
    const frame = this.frames.get(step);
    if (!frame) return;
    this.frames.delete(step);
    this.total -= frame.bytes;
  }
}
