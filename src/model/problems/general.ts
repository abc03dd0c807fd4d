import type { Problem } from '../problem';

/** Something Leftfold did not foresee. The text of the cause is kept, its stack is not shown. */
export function unexpected(error: unknown, during: string): Problem {
  const text = error instanceof Error ? error.message : String(error);
  return {
    code: 'unexpected',
    message: `Leftfold failed during "${during}": ${text}`,
    next: 'Try again; if it stays, report it with the text above.',
    where: {},
    exit: 2,
    ...(error instanceof Error && error.stack ? { details: [error.stack] } : {}),
  };
}
