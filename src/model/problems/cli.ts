import type { Problem } from '../problem';

/** A command line that cannot be understood. @param about the command whose help says more */
export function usage(message: string, about: string | null = null): Problem {
  return {
    code: 'usage',
    message,
    next: `Run "leftfold ${about === null ? '' : `${about} `}--help" to see how it is used.`,
    where: {},
    exit: 2,
  };
}

/** The file given with --out is the store itself, or one it keeps beside it. */
export function outIsStore(file: string): Problem {
  return {
    code: 'out-is-store',
    message: `${file} belongs to the event store, and Leftfold never writes to one.`,
    next: 'Choose another file for --out.',
    where: { file },
    exit: 2,
  };
}

/** The file given with --out could not be written. @param reason the system's words */
export function outNotWritten(file: string, reason: string): Problem {
  return {
    code: 'out-not-written',
    message: `${file} could not be written: ${reason}.`,
    next: 'Check the folder and the space on the disk, or choose another file for --out.',
    where: { file },
    exit: 2,
  };
}

/** An RFC 7396 patch cannot say everything: applied, it gives something else than the state after. */
export function mergePatchInexact(): Problem {
  return {
    code: 'merge-patch-inexact',
    message: 'A merge patch cannot set a member to null, and this difference would have to: such members are removed instead.',
    next: 'Use --format patch for a difference that is exact.',
    where: {},
    exit: 3,
  };
}

/** The reducer ended the process while an event was folded. */
export function reducerExited(): Problem {
  return {
    code: 'reducer-exited',
    message: 'The reducer ended the process, so the answer is not complete.',
    next: 'Throw an error instead of calling process.exit in a reducer.',
    where: {},
    exit: 3,
  };
}

/** The leftfold.json that would name the reducer cannot be read. */
export function configDecidesNothing(file: string): Problem {
  return {
    code: 'config-decides-nothing',
    message: `Which reducer folds this stream cannot be said, for ${file} cannot be read.`,
    next: 'Correct that file, or name a reducer with --reducer.',
    where: { file },
    exit: 2,
  };
}
