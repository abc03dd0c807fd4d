/** Where a problem was found. Every field that is known is given; `line` and `column` count from 1. */
export interface Place {
  file?: string;
  line?: number;
  column?: number;
  table?: string;
  stream?: string;
  /** The stored version, as text so that it crosses every boundary unrounded. */
  version?: string;
}

/** What a user is told when something is wrong: what happened, where, and what to do next. Plain data. */
export interface Problem {
  /** Stable kebab-case code; the catalogue in `problems/` has one function for each. */
  code: string;
  /** One sentence, no trailing stack, understandable without the source. */
  message: string;
  /** One sentence that says what the user can do now. */
  next: string;
  where: Place;
  /** How a command-line run ends because of it: 1 asked for something absent, 2 cannot run, 3 an event failed. */
  exit: 1 | 2 | 3;
  /** Extra facts a face may show on demand (tables and columns found, the text that failed). */
  details?: string[];
}

/** Carries a Problem through `throw`. Its message is the problem's message. */
export class LeftfoldError extends Error {
  override readonly name = 'LeftfoldError';
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}
