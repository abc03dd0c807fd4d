/**
 * A reducer file to start from: it runs as it is, and does what Leftfold does without one for every event it has no
 * case for, so that nothing is lost while cases are written.
 *
 * @param category the category it is for, shown in its comment
 * @param types event types met in one of its streams, a case for each
 * @param typescript whether to write types
 */
export function reducerTemplate(category: string | null, types: readonly string[], typescript: boolean): string {
  const about = category === null ? 'streams without a category' : `streams of the category ${JSON.stringify(category)}`;
  const cases = types.slice(0, 20).map((type) => `    case ${JSON.stringify(type)}:\n      return { ...state, ...event.data };\n`);
  const types_ = typescript
    ? `export interface State {
  [field: string]: unknown;
}

interface Event {
  type: string;
  data: Record<string, unknown>;
  metadata: unknown;
  id: string | null;
  stream: string;
  version: number | bigint;
  position: number | bigint | string | null;
  time: string | null;
}

`
    : '';
  const state = typescript ? ': State' : '';
  const signature = typescript ? '(state: State, event: Event): State' : '(state, event)';
  return `// Derives the state of ${about}, for Leftfold.
//
// Leftfold calls evolve for one event after the other. Return a new state, or the one you were given when nothing
// changes; do not change it in place. No clock, no randomness, no network: the same events must give the same state.
// Saving this file replays the open timelines.

${types_}/** The state before the first event: a value, or a function that makes one. */
export const initialState${state} = {};

/** The state after an event. Throw to say that an event must not happen: the timeline shows it on that event. */
export function evolve${signature} {
  switch (event.type) {
${cases.join('')}    default:
      return { ...state, ...event.data };
  }
}
`;
}

/** The name of a reducer's file for a category: `cart.reducer.ts`. */
export function reducerFileName(category: string | null, typescript: boolean): string {
  const name = (category ?? 'default').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '').slice(0, 60) || 'default';
  return `${name}.reducer.${typescript ? 'ts' : 'mjs'}`;
}
