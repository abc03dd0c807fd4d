import type { Place, Problem } from '../problem';

const SHAPES =
  'evolve(state, event) with initialState (a value or a function), or a default function (state, event) => state';

/** The reducer's file is not there or cannot be read. @param reason the system's words, null when it does not exist */
export function reducerMissing(file: string, reason: string | null): Problem {
  return {
    code: 'reducer-missing',
    message: reason === null ? `There is no reducer at ${file}.` : `The reducer ${file} cannot be read: ${reason}.`,
    next: 'Check the path in leftfold.json (relative to that file) or after --reducer.',
    where: { file },
    exit: 2,
  };
}

/** A file of the reducer is of a kind that holds no module. */
export function reducerNotAModule(file: string): Problem {
  return {
    code: 'reducer-not-a-module',
    message: `${file} is not a JavaScript or TypeScript file.`,
    next: 'Name a file that ends in .js, .mjs, .cjs, .ts, .mts, .cts or .tsx.',
    where: { file },
    exit: 2,
  };
}

/** The reducer, or a file it imports, is not valid JavaScript or TypeScript. */
export function reducerSyntax(reason: string, where: Place): Problem {
  return {
    code: 'reducer-syntax',
    message: `${where.file ?? 'The reducer'}${lineOf(where)} cannot be read as code: ${reason}`,
    next: 'Correct the line, then try again.',
    where,
    exit: 2,
  };
}

/** The module exports nothing that can fold. @param found what it exports, in words */
export function reducerShape(file: string, found: string): Problem {
  return {
    code: 'reducer-shape',
    message: `${file} exports ${found}, and none of it folds events.`,
    next: `Export ${SHAPES}.`,
    where: { file },
    exit: 2,
  };
}

/** The module, or one it imports, imports something that cannot be found. @param specifier as written in the import */
export function reducerImport(specifier: string, where: Place, reason: string | null = null): Problem {
  return {
    code: 'reducer-import',
    message: `${where.file ?? 'The reducer'}${lineOf(where)} imports "${specifier}", which ${reason ?? 'cannot be found'}.`,
    next: 'Install the package in the workspace, or correct the import or the "paths" of tsconfig.json.',
    where,
    exit: 2,
  };
}

/** Running the module's own code, or its initialState function, threw. */
export function reducerFailedToLoad(file: string, message: string, where: Place): Problem {
  return {
    code: 'reducer-failed-to-load',
    message: `Loading the reducer ${file} failed${where.line === undefined ? '' : ` at line ${where.line} of ${where.file}`}: ${message}`,
    next: 'Correct the module, then try again.',
    where,
    exit: 2,
  };
}

/** The reducer threw on an event. @param where file and line in the reducer, stream and version of the event */
export function reducerThrew(message: string, where: Place): Problem {
  return {
    code: 'reducer-threw',
    message: `The reducer threw at version ${where.version ?? '?'} of "${where.stream ?? ''}": ${message}`,
    next: 'The state stays as it was before this event; correct the reducer, or look at the event.',
    where,
    exit: 3,
  };
}

/** The reducer gave a promise. */
export function reducerAsync(where: Place): Problem {
  return {
    code: 'reducer-async',
    message: `The reducer returned a promise at version ${where.version ?? '?'} of "${where.stream ?? ''}", so there is no state to show.`,
    next: 'Make evolve a plain function: replaying must not wait for anything outside the stream.',
    where,
    exit: 3,
  };
}

/** The reducer changes the state it is given. Nothing is wrong in what is shown; it is slower, and worth knowing. */
export function reducerMutates(label: string, version: string): Problem {
  return {
    code: 'reducer-mutates',
    message: `${label} changes the state it is given (seen at version ${version}).`,
    next: 'Every state shown is right all the same, for each is folded on a copy; return a new state to be faster.',
    where: { version },
    exit: 3,
  };
}

/** The reducer changes the event it is given. */
export function reducerMutatesEvent(label: string, version: string): Problem {
  return {
    code: 'reducer-mutates-event',
    message: `${label} changes the event it is given (seen at version ${version}).`,
    next: 'Payloads are shown as stored, and each fold gets a fresh event; copy what you need instead of editing it.',
    where: { version },
    exit: 3,
  };
}

/** The reducer returned undefined though it had a state. */
export function reducerReturnedNothing(label: string, version: string): Problem {
  return {
    code: 'reducer-returned-nothing',
    message: `${label} returned undefined at version ${version}, so that is the state from there on.`,
    next: 'Return the state from evolve, also where nothing changes.',
    where: { version },
    exit: 3,
  };
}

/** The state holds something of which no copy can be made, so every step is folded from the first event. */
export function stateNotCopyable(label: string, what: string): Problem {
  return {
    code: 'state-not-copyable',
    message: `The state of ${label} holds ${what}, of which no copy can be made.`,
    next: 'Every step is folded from the first event, which is right but slow; keep plain data in the state.',
    where: {},
    exit: 3,
  };
}

function lineOf(where: Place): string {
  return where.line === undefined ? '' : `, line ${where.line},`;
}
