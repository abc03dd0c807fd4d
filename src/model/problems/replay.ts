import type { Place, Problem } from '../problem';

/** The payload or metadata of an event cannot be read, so the event is not folded. */
export function eventUnreadable(part: 'payload' | 'metadata' | 'event', reason: string, where: Place): Problem {
  const place = where.line !== undefined ? ` (${where.file ?? 'file'}, line ${where.line})` : '';
  return {
    code: 'event-unreadable',
    message: `The ${part} of version ${where.version ?? '?'} of "${where.stream ?? ''}"${place} cannot be read: ${reason}`,
    next: 'The state stays as it was before this event; look at its stored record.',
    where,
    exit: 3,
  };
}

/** Work was given up because it was no longer wanted. */
export function replayCancelled(): Problem {
  return { code: 'cancelled', message: 'The replay was cancelled.', next: 'Nothing needs to be done.', where: {}, exit: 2 };
}

/** A step was asked for that the stream does not have. */
export function noSuchStep(step: number, length: number, stream: string): Problem {
  return {
    code: 'no-such-step',
    message: `"${stream}" has no step ${step}: its steps run from 0 to ${length}.`,
    next: 'Ask for a step within these bounds.',
    where: { stream },
    exit: 1,
  };
}
