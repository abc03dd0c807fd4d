import { LeftfoldError, type Problem } from '../model/problem';
import { unexpected } from '../model/problems/general';
import type { TimelineApi } from '../protocol/timeline';
import type { Timeline } from './timeline';
import type { UserCode } from './user-code';

type Notes = TimelineApi['notes'];

/** Where a timeline tells what nobody asked for. */
export interface FoldNotes {
  progress(progress: Notes['progress']): void;
  failed(failures: Notes['failed']): void;
  notice(problem: Problem): void;
}

/** Progress is told at most this often, ms. */
const PROGRESS_MS = 100;

/** Folds a whole stream in the background, in slices between which requests are answered, and tells how it goes. */
export class BackgroundFold {
  private readonly controller = new AbortController();
  private readonly failures = new Map<number, Problem>();
  private toldNotices = 0;
  private toldAt = -Infinity;

  constructor(
    private readonly timeline: Timeline,
    private readonly userCode: UserCode,
    private readonly notes: FoldNotes,
  ) {
    // After the answer to `open`, so that whoever asked knows the stream before hearing of its progress.
    setImmediate(() => void this.run());
  }

  stop(): void {
    this.controller.abort();
  }

  /** The problem of a step, as far as the fold has come. */
  problemOf(step: number): Problem | undefined {
    return this.failures.get(step);
  }

  /** Tells the failures and notices found since the last time. */
  tell(): void {
    const { replay } = this.timeline;
    const fresh: Notes['failed'] = [];
    if (replay.failures.length !== this.failures.size) {
      for (const { step, problem } of replay.failures) {
        if (this.failures.has(step)) continue;
        const told = this.timeline.problemOf(step, problem);
        this.failures.set(step, told);
        fresh.push({ step, problem: told });
      }
    }
    if (fresh.length > 0) this.notes.failed(fresh);
    for (const notice of replay.notices.slice(this.toldNotices)) this.notes.notice(notice);
    this.toldNotices = replay.notices.length;
  }

  private async run(): Promise<void> {
    const { replay } = this.timeline;
    const { signal } = this.controller;
    const total = replay.length;
    try {
      this.progress(replay.folded, total, replay.folded === total);
      await this.userCode.folding(() =>
        replay.foldAll({
          signal,
          onProgress: ({ folded }) => {
            const now = performance.now();
            if (now - this.toldAt < PROGRESS_MS) return;
            this.toldAt = now;
            this.progress(folded, total, false);
          },
        }),
      );
      this.progress(total, total, true);
    } catch (error) {
      if (signal.aborted) return;
      this.notes.notice(error instanceof LeftfoldError ? error.problem : unexpected(error, 'fold'));
      this.progress(replay.folded, total, true);
    }
  }

  private progress(folded: number, total: number, done: boolean): void {
    this.tell();
    this.notes.progress({ folded, total, done });
  }
}
