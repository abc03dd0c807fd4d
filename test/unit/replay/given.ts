import type { ReducerEvent } from '../../../src/model/event';
import type { Reducer } from '../../../src/replay/reducer';

type State = Record<string, unknown> & { log: unknown[] };

/** A reducer that is not loaded from a file; not pure unless said so, as a user's is. */
export function reducerOf(evolve: (state: never, event: ReducerEvent) => unknown, initial: () => unknown = () => ({}), pure = false): Reducer {
  return { label: 'reducer', kind: 'module', file: null, numbers: 'exact', initial, evolve: evolve, pure };
}

/** What a test's event asks of the reducers below. */
export interface Given {
  key: string;
  value: number;
  throws?: boolean;
}

const dataOf = (event: ReducerEvent) => event.data as Given;

/** Reducers of every temper. Each makes a fresh one, for some keep things to themselves. */
export const TEMPERS: Record<string, () => Reducer> = {
  'returns new states': () =>
    reducerOf((state: State, event) => {
      const { key, value, throws } = dataOf(event);
      if (throws) throw new Error('no');
      return { ...state, [key]: value, log: [...state.log, value] };
    }, initial),

  'alters the state': () =>
    reducerOf((state: State, event) => {
      const { key, value, throws } = dataOf(event);
      state.log.push(value);
      state[key] = { value };
      // Thrown when half of the work is done.
      if (throws) throw new Error('no');
      return state;
    }, initial),

  'alters what lies deep, and returns a new top': () =>
    reducerOf((state: State & { deep?: Map<string, { n: number }[]> }, event) => {
      const { key, value, throws } = dataOf(event);
      const deep = state.deep ?? new Map<string, { n: number }[]>();
      const list = deep.get(key) ?? [];
      deep.set(key, list);
      list.push({ n: value });
      if (throws) throw new Error('no');
      list[0]!.n += value;
      return { ...state, deep };
    }, initial),

  'alters the event and keeps it': () =>
    reducerOf((state: State & { last?: { touched?: number } }, event) => {
      const data = dataOf(event) as Given & { touched?: number };
      if (state.last) state.last.touched = (state.last.touched ?? 0) + 1;
      data.touched = 0;
      if (data.throws) throw new Error('no');
      return { ...state, last: data, log: [...state.log, data] };
    }, initial),

  'shares parts of its state with itself': () =>
    reducerOf((state: State & { shared?: { n: number }; again?: unknown }, event) => {
      const { value, throws } = dataOf(event);
      const shared = state.shared ?? { n: 0 };
      shared.n += value;
      if (throws) throw new Error('no');
      if (value % 3 === 0) return { log: [shared, shared], shared, again: { shared } };
      return { ...state, shared };
    }, initial),

  'closes a cycle': () =>
    reducerOf((state: State & { self?: unknown; count?: number }, event) => {
      state.self = state;
      state.count = (state.count ?? 0) + dataOf(event).value;
      return state;
    }, initial),

  'alters what it returned before': () => {
    let last: Record<string, unknown> | undefined;
    return reducerOf((state: State, event) => {
      const { key, value } = dataOf(event);
      if (last) last['altered afterwards'] = value;
      const next: Record<string, unknown> = { count: ((state['count'] as number | undefined) ?? 0) + 1, [key]: value };
      last = next;
      return next;
    }, initial);
  },

  'keeps classes, dates and sets': () =>
    reducerOf((state: { account?: Account; seen?: Set<string>; at?: Date }, event) => {
      const { key, value, throws } = dataOf(event);
      const account = state.account ?? new Account();
      account.add(value);
      if (throws) throw new Error('no');
      return { account, seen: (state.seen ?? new Set()).add(key), at: new Date(value) };
    }),

  'has private fields': () =>
    reducerOf(
      (state: Secret, event) => {
        state.add(dataOf(event).value);
        return state;
      },
      () => new Secret(),
    ),

  'has no initial state': () => reducerOf((state: { n: number } = { n: 10 }, event) => ({ n: state.n + dataOf(event).value }), () => undefined),
};

function initial(): State {
  return { log: [] };
}

class Account {
  balance = 0;
  history: number[] = [];
  get double(): number {
    return this.balance * 2;
  }
  add(value: number): void {
    this.balance += value;
    this.history.push(value);
  }
}

class Secret {
  #sum = 0;
  shown = 0;
  add(value: number): void {
    this.#sum += value;
    this.shown = this.#sum;
  }
}
