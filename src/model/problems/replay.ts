import type { Place, Problem } from '../problem';

/** The payload of an event cannot be read, so the event is not folded. */
export function eventUnreadable(reason: string, where: Place): Problem {
  return {
    code: 'event-unreadable',
    message: `Version ${where.version ?? '?'} of "${where.stream ?? ''}" was not folded: ${reason}`,
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
