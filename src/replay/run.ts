import type { Problem } from '../model/problem';
import type { StreamReader } from '../store/contract';
import { cloneState } from './clone';
import { EventWindow } from './event-window';
import { foldEvent, type Folded } from './fold';
import type { Failures } from './failures';
import type { Keyframe } from './keyframes';
import type { Reducer } from './reducer';

/** What all runs through one stream have in common. */
export interface RunContext {
  reader: StreamReader;
  reducer: Reducer;
  /** A copy nobody alters (the state itself where the reducer is pure), with its estimated bytes. */
  protect: (state: unknown) => { state: unknown; bytes: number };
  failures: Failures;
  /** Steps up to this one have been folded once, so their failures are known. */
  known(): number;
  onFailed(step: number, problem: () => Problem): void;
}

/**
 * One fold under way: a live state that belongs to this run alone, so that the reducer may alter it.
 *
 * An event that cannot be folded leaves the state before it. Where the reducer may have altered that state before it
 * threw, the state is folded anew from the last safe copy.
 */
export class Run {
  step: number;
  state: unknown;
  private readonly events: EventWindow;
  private safe: Keyframe;

  /** Begins at a keyframe, with a copy of its state. */
  constructor(
    private readonly context: RunContext,
    from: Keyframe,
  ) {
    this.events = new EventWindow(context.reader);
    this.step = from.step;
    this.state = context.protect(from.state).state;
    this.safe = from;
  }

  /** Folds the next event. */
  next(): Folded | undefined {
    const { context, step } = this;
    this.step = step + 1;
    if (step < context.known() && context.failures.has(step + 1)) return undefined;
    const folded = foldEvent(context.reducer, this.state, this.events.at(step), context.reader, step);
    if (folded.problem === undefined) this.state = folded.state;
    else {
      context.onFailed(step + 1, folded.problem);
      if (folded.tainted) this.repair();
    }
    return folded;
  }

  /** A keyframe of where the run stands was just made: repairs start from it. */
  isSafeAt(frame: Keyframe): void {
    this.safe = frame;
  }

  /** Replaces the live state by a copy, so that nothing the reducer kept a reference to is part of it. */
  detach(): void {
    this.state = this.context.protect(this.state).state;
  }

  /** Brings back the state before the event that just failed. */
  private repair(): void {
    const { context } = this;
    const end = this.step;
    this.state = context.protect(this.safe.state).state;
    const events = new EventWindow(context.reader);
    for (let at = this.safe.step; at < end; at++) {
      if (context.failures.has(at + 1)) continue;
      const folded = foldEvent(context.reducer, this.state, events.at(at), context.reader, at);
      if (folded.problem === undefined) {
        this.state = folded.state;
        continue;
      }
      // It did not throw the first time, so the reducer is not deterministic; now that it is known to, begin again.
      context.onFailed(at + 1, folded.problem);
      this.state = context.protect(this.safe.state).state;
      at = this.safe.step - 1;
    }
    this.safe = { step: end, state: context.protect(this.state).state, bytes: 0 };
  }
}

/** A deep copy for a reducer that may alter what it is given; the state itself for one that never does. */
export function protectorFor(reducer: Reducer): RunContext['protect'] {
  if (reducer.pure) return (state) => ({ state, bytes: 0 });
  return (state) => {
    const { value, bytes } = cloneState(state);
    return { state: value, bytes };
  };
}
