import type { Problem } from '../model/problem';

export interface Failure {
  step: number;
  problem: Problem;
}

/** How many failures keep their problem; of the others only the step is known until someone looks. */
const MOST_KEPT = 1000;

/** Which steps could not be folded: a bit for each event, and the problems of the first thousand. */
export class Failures {
  /** The first thousand, in order of step. */
  readonly kept: Failure[] = [];
  private readonly bits: Uint8Array;
  private readonly problems = new Map<number, Problem>();
  private first: number | null = null;
  private total = 0;

  constructor(length: number) {
    this.bits = new Uint8Array((length >> 3) + 1);
  }

  get count(): number {
    return this.total;
  }

  /** @param problem made only when it is kept */
  add(step: number, problem: () => Problem): void {
    if (this.has(step)) return;
    this.bits[step >> 3]! |= 1 << (step & 7);
    this.total++;
    if (this.first === null || step < this.first) this.first = step;
    if (this.kept.length >= MOST_KEPT) return;
    const made = problem();
    this.problems.set(step, made);
    const at = this.kept.findLastIndex((failure) => failure.step < step) + 1;
    this.kept.splice(at, 0, { step, problem: made });
  }

  has(step: number): boolean {
    return (this.bits[step >> 3]! & (1 << (step & 7))) !== 0;
  }

  problemOf(step: number): Problem | undefined {
    return this.problems.get(step);
  }

  /** The first failed step at or before the given one, null when there is none. */
  firstUpTo(step: number): number | null {
    return this.first !== null && this.first <= step ? this.first : null;
  }
}
