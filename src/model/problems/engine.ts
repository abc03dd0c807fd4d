import type { Problem } from '../problem';

/** What ended an engine's process. */
export type EngineEnd = 'runaway' | 'exit' | 'memory' | 'crash';

/** The engine's process could not be started at all. @param reason the system's words */
export function engineNotStarted(reason: string): Problem {
  return {
    code: 'engine-not-started',
    message: `The engine that reads the store could not be started: ${reason}.`,
    next: 'Reload the window; if it stays, look at the log ("Leftfold: Show Log").',
    where: {},
    exit: 2,
  };
}

/** The engine ended by itself while no reducer was running. @param output the last of what it wrote to stderr */
export function engineEnded(how: EngineEnd, detail: string, output: string): Problem {
  const what = {
    runaway: 'gave no sign of life and was ended',
    exit: 'ended by itself',
    memory: 'ran out of memory',
    crash: 'crashed',
  }[how];
  return {
    code: how === 'memory' ? 'engine-out-of-memory' : how === 'runaway' ? 'engine-silent' : 'engine-crashed',
    message: `The engine ${what}${detail === '' ? '' : ` (${detail})`}.`,
    next:
      how === 'memory'
        ? 'Raise the setting leftfold.engine.memoryMb, then retry.'
        : 'Retry; if it happens again, look at the log ("Leftfold: Show Log").',
    where: {},
    exit: 2,
    ...(output.trim() === '' ? {} : { details: output.trim().split('\n') }),
  };
}

/** The engine was closed because nobody needs it any more. */
export function engineClosed(): Problem {
  return { code: 'cancelled', message: 'The engine was closed.', next: 'Open it again.', where: {}, exit: 2 };
}

/** The host's Node does not know the permission model. */
export function engineUnguarded(): Problem {
  return {
    code: 'engine-unguarded',
    message: "Reducers run without Node's permission model here, so they may read and write any file you may.",
    next: 'Open only reducers you trust; a newer VS Code brings the guard back.',
    where: {},
    exit: 2,
  };
}

/**
 * The reducer ended its engine on an event: it never returned, called process.exit, crashed or used up the memory.
 * @param limit what it ran against: "5 s", "512 MB"; '' where nothing was exceeded
 */
export function reducerEndedEngine(how: EngineEnd, limit: string, stream: string, version: string): Problem {
  const at = `at version ${version} of "${stream}"`;
  const text = {
    runaway: { code: 'engine-runaway', message: `The reducer did not return within ${limit} ${at}, so it was stopped.`, next: 'Look for a loop that does not end, or raise leftfold.engine.timeoutMs.' },
    exit: { code: 'reducer-exited', message: `The reducer ended its process ${at}.`, next: 'Throw an error instead of calling process.exit in a reducer.' },
    memory: { code: 'engine-out-of-memory', message: `The memory of ${limit} was used up ${at}.`, next: 'Raise leftfold.engine.memoryMb, or make the reducer keep less.' },
    crash: { code: 'reducer-crashed', message: `The reducer's process crashed ${at}.`, next: 'Look for native code or endless recursion in the reducer.' },
  }[how];
  return { ...text, where: { stream, version }, exit: 3 };
}

/** After too many events ended the engine, no more are tried. */
export function reducerGivenUp(stream: string, version: string): Problem {
  return {
    code: 'reducer-given-up',
    message: `Events from version ${version} of "${stream}" on are not folded, for the reducer ended its engine too often.`,
    next: 'Correct the reducer; the events before are shown as they were folded.',
    where: { stream, version },
    exit: 3,
  };
}

/** The reducer's module ended the engine while it was loaded. */
export function reducerEndedLoading(how: EngineEnd, limit: string, file: string): Problem {
  const what = {
    runaway: `did not finish loading within ${limit}`,
    exit: 'ended its process while loading',
    memory: `used up the memory of ${limit} while loading`,
    crash: 'crashed while loading',
  }[how];
  return {
    code: 'reducer-failed-to-load',
    message: `The reducer ${file} ${what}.`,
    next: 'Keep the module free of work outside its functions, then try again.',
    where: { file },
    exit: 2,
  };
}

/** Something the reducer left running (a timer, a promise) failed outside of any event. */
export function reducerFailedOutside(label: string, message: string): Problem {
  return {
    code: 'reducer-failed-outside',
    message: `${label} left work running that failed: ${message}`,
    next: 'The states shown are not touched by it; make evolve a plain function of state and event.',
    where: {},
    exit: 3,
  };
}

/** The reducer wrote to the console. */
export function reducerWroteToConsole(label: string, line: string): Problem {
  return {
    code: 'reducer-console',
    message: `${label} wrote to the console: ${line}`,
    next: 'What it writes is in the log ("Leftfold: Show Log").',
    where: {},
    exit: 3,
  };
}

/** A request came before the store was opened. */
export function notOpen(): Problem {
  return { code: 'not-open', message: 'Nothing is open in this engine.', next: 'Open the store again.', where: {}, exit: 2 };
}

/** The store has no such stream. @param near ids that look alike */
export function streamNotFound(stream: string, store: string, near: string[] = []): Problem {
  return {
    code: 'stream-not-found',
    message: `${store} has no stream "${stream}".`,
    next: near.length > 0 ? `Did you mean ${near.map((id) => `"${id}"`).join(' or ')}?` : 'List the streams to see what it has.',
    where: { file: store, stream },
    exit: 1,
  };
}

/** A version was asked for that the stream does not have. @param nearest the versions beside it, if any */
export function versionNotFound(stream: string, version: string, first: string, last: string, nearest: string[] = []): Problem {
  const near = nearest.filter((one) => one !== first && one !== last);
  return {
    code: 'version-not-found',
    message: `"${stream}" has no version ${version}: its first is ${first} and its last ${last}${near.length > 0 ? `, the nearest ${near.join(' and ')}` : ''}.`,
    next: 'Ask for one of these versions.',
    where: { stream, version },
    exit: 1,
  };
}

/** A time before the stream's first event, or in a stream without times. @param first ISO 8601, null without times */
export function timeBeforeFirst(stream: string, time: string, first: string | null): Problem {
  return {
    code: 'time-before-first',
    message:
      first === null
        ? `The events of "${stream}" have no times, so none is at or before ${time}.`
        : `"${stream}" has no event at or before ${time}: its first is at ${first}.`,
    next: first === null ? 'Ask for a version instead.' : 'Ask for a later time, or for "start", the state before the first event.',
    where: { stream },
    exit: 1,
  };
}

/** A text that is no time. */
export function timeNotUnderstood(text: string): Problem {
  return {
    code: 'time-not-understood',
    message: `"${text}" is no time.`,
    next: 'Write it as ISO 8601: 2026-03-02 or 2026-03-02T09:00:00Z.',
    where: {},
    exit: 2,
  };
}

/** A path that leads nowhere in a tree. */
export function pathNotFound(path: string): Problem {
  return { code: 'path-not-found', message: `Nothing lies at "${path}".`, next: 'Choose a path that is shown.', where: {}, exit: 1 };
}

/** The process that held an export under way is gone. */
export function exportInterrupted(): Problem {
  return { code: 'export-interrupted', message: 'The export was interrupted: its engine was started again.', next: 'Export again.', where: {}, exit: 2 };
}
