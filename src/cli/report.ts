import { LeftfoldError, type Problem } from '../model/problem';
import { unexpected } from '../model/problems/general';
import { printable } from './style';

/** Problems of a kind are named one by one up to here, then counted. */
const MOST_NAMED = 100;

/** What went wrong while an answer was given: named on standard error as it is found, and the exit code it leads to. */
export class Report {
  exit: 0 | 1 | 2 | 3 = 0;
  private named = 0;
  private unnamed = 0;

  constructor(private readonly write: (line: string) => void = (line) => void process.stderr.write(line)) {}

  /** An event that could not be read or folded: the answer is given all the same. */
  event(problem: Problem): void {
    this.exit = 3;
    if (this.named++ < MOST_NAMED) this.tell(problem);
    else this.unnamed++;
  }

  /** Problems that are known by their number alone. */
  more(count: number): void {
    if (count <= 0) return;
    this.exit = 3;
    this.unnamed += count;
  }

  /** Something worth saying that is no failure. */
  tell(problem: Problem): void {
    this.write(`${problemLine(problem)}\n`);
  }

  note(text: string): void {
    this.write(`${printable(text)}\n`);
  }

  /** Says how many problems were not named. */
  end(): void {
    if (this.unnamed > 0) this.write(`leftfold: and ${this.unnamed} more like these.\n`);
  }

  /** The command could not do what it was asked for. */
  fail(error: unknown): void {
    const problem = error instanceof LeftfoldError ? error.problem : unexpected(error, 'command');
    this.exit = problem.exit;
    this.tell(problem);
    if (process.env.LEFTFOLD_DEBUG === '1' && error instanceof Error) this.write(`${error.stack}\n`);
  }
}

/** A problem on one line: what happened, and what to do. */
export function problemLine({ message, next, where }: Problem): string {
  // A line number is worth nothing without its file, and not every message repeats both.
  const place = where.file !== undefined && where.line !== undefined ? `${where.file}:${where.line}` : undefined;
  const known = place === undefined || (message.includes(where.file!) && message.includes(String(where.line)));
  return printable(`leftfold: ${message}${known ? '' : ` (${place})`} ${next}`.replace(/\s*\n\s*/g, ' '));
}
