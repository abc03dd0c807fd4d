import { LeftfoldError, type Problem } from '../../src/model/problem';

/** What went wrong as a problem; an error that carries none is a fault of the page itself. */
export function asProblem(error: unknown): Problem {
  if (error instanceof LeftfoldError) return error.problem;
  return {
    code: 'page-fault',
    message: error instanceof Error ? error.message : String(error),
    next: 'Close this tab and open the stream again.',
    where: {},
    exit: 2,
  };
}

/** Whether a request only ended because nobody wants its answer any more. */
export function isCancelled(error: unknown): boolean {
  return error instanceof LeftfoldError && error.problem.code === 'cancelled';
}
