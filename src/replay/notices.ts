import { equal } from '../diff/equal';
import { LeftfoldError, type Problem } from '../model/problem';
import { unexpected } from '../model/problems/general';
import { reducerMutates, reducerMutatesEvent, reducerReturnedNothing } from '../model/problems/reducer';
import type { StreamReader } from '../store/contract';
import { foldEvent, type Folded } from './fold';
import { toReducerEvent } from './payload-event';
import type { Reducer } from './reducer';
import type { RunContext } from './run';

/** What there is to tell about a reducer, each thing once. */
export class Notices {
  readonly list: Problem[] = [];
  mutating = false;
  private readonly codes = new Set<string>();

  constructor(
    private readonly reader: StreamReader,
    private readonly reducer: Reducer,
  ) {}

  tell(problem: Problem): void {
    if (this.codes.has(problem.code)) return;
    this.codes.add(problem.code);
    this.list.push(problem);
  }

  sawMutation(step: number): void {
    if (this.mutating) return;
    this.mutating = true;
    this.tell(reducerMutates(this.reducer.label, this.versionOf(step)));
  }

  /** Looks at a step someone views: did the reducer alter its event, did it forget to return a state? */
  look(step: number, folded: Folded, reader: StreamReader): void {
    if (this.reducer.pure || folded.problem !== undefined) return;
    if (folded.state === undefined) this.tell(reducerReturnedNothing(this.reducer.label, this.versionOf(step)));
    if (this.codes.has('reducer-mutates-event')) return;
    const [stored] = reader.read(step - 1, 1);
    const fresh = stored && toReducerEvent(stored, this.reducer.numbers);
    if (fresh?.event && !equal(fresh.event, folded.event)) {
      this.tell(reducerMutatesEvent(this.reducer.label, this.versionOf(step)));
    }
  }

  /** The problem of a step that is known to fail, found again from the state before it. */
  problemAgain(step: number, before: unknown, protect: RunContext['protect']): Problem {
    const [stored] = this.reader.read(step - 1, 1);
    const folded = foldEvent(this.reducer, protect(before).state, stored, this.reader, step - 1);
    if (folded.problem) return folded.problem();
    return unexpected(new LeftfoldError(reducerReturnedNothing(this.reducer.label, this.versionOf(step))), `version ${this.versionOf(step)}`);
  }

  private versionOf(step: number): string {
    const [head] = this.reader.heads(step - 1, 1);
    return head ? String(head.version) : '?';
  }
}
