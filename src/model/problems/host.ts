import type { Problem } from '../problem';

/** A command needs a store, and none is known to this window. */
export function noStores(): Problem {
  return {
    code: 'no-stores',
    message: 'No event store is open.',
    next: 'Run "Leftfold: Open Event Store…" first.',
    where: {},
    exit: 1,
  };
}

/** A command needs a file on disk and was given something else. */
export function notAFile(uri: string): Problem {
  return {
    code: 'not-a-file',
    message: `${uri} is not a file on this machine's disk.`,
    next: 'Copy the store to the disk, then open it from there.',
    where: {},
    exit: 2,
  };
}

/** A command was asked for a version that the stream does not have, or that is none. */
export function noSuchVersion(stream: string, version: string): Problem {
  return {
    code: 'no-such-version',
    message: `"${stream}" has no version ${version}.`,
    next: 'Choose a version from its timeline.',
    where: { stream, version },
    exit: 1,
  };
}

/** An export was about to replace an event store. */
export function exportOverStore(file: string): Problem {
  return {
    code: 'export-over-store',
    message: `${file} is an event store, and Leftfold never writes to one.`,
    next: 'Choose another file.',
    where: { file },
    exit: 2,
  };
}

/** An export could not be written. @param reason the system's words */
export function exportFailed(file: string, reason: string): Problem {
  return {
    code: 'export-failed',
    message: `${file} could not be written: ${reason}.`,
    next: 'Check the folder and the space on the disk, or choose another file.',
    where: { file },
    exit: 2,
  };
}

/** A text editor cannot hold this state: VS Code hands no document above 50 MB to extensions. */
export function tooBigForEditor(stream: string, version: string): Problem {
  return {
    code: 'too-big-for-editor',
    message: `The state of "${stream}" at version ${version} is larger than a text editor can hold (50 MB).`,
    next: 'Export it to a file instead, or look at it in the timeline.',
    where: { stream, version },
    exit: 2,
  };
}

/** A read-only document was asked for by an address that is none of ours. */
export function badStateUri(uri: string): Problem {
  return {
    code: 'bad-state-uri',
    message: `${uri} names no state of a stream.`,
    next: 'Close the editor and open the state from its timeline.',
    where: {},
    exit: 2,
  };
}

/** A leftfold.json has to be written, and there is no folder to write it to. */
export function noFolder(): Problem {
  return {
    code: 'no-folder',
    message: 'No folder is open, and a leftfold.json lies in one.',
    next: 'Open the folder of the store or of your project, then try again.',
    where: {},
    exit: 2,
  };
}

/** A leftfold.json could not be written. @param reason the system's words */
export function configNotWritten(file: string, reason: string): Problem {
  return {
    code: 'config-not-written',
    message: `${file} could not be written: ${reason}.`,
    next: 'Save or close it where it is open, check that it may be written, and try again.',
    where: { file },
    exit: 2,
  };
}

/** The first state has nothing before it. */
export function nothingBefore(stream: string): Problem {
  return {
    code: 'nothing-before',
    message: `The initial state of "${stream}" has none before it to compare with.`,
    next: 'Step forward to an event, then compare.',
    where: { stream },
    exit: 1,
  };
}

/** A mapping was asked for, and nothing is known of what the store holds. */
export function nothingToMap(file: string): Problem {
  return {
    code: 'nothing-to-map',
    message: `No tables or fields were found in ${file}.`,
    next: 'Check that it is the right file; a mapping needs something to map.',
    where: { file },
    exit: 2,
  };
}
