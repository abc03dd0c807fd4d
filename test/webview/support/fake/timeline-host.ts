import { toJson } from '../../../../src/model/json';
import { LeftfoldError, type Problem } from '../../../../src/model/problem';
import { diff, type Change } from '../../../../src/diff/diff';
import type { Handlers } from '../../../../src/protocol/channel';
import type { PageState, TimelineHostApi, TimelineStart } from '../../../../src/protocol/page';
import type { ChangeView, EventRow, StepView, TreeKind } from '../../../../src/protocol/timeline';
import type { FakeStream } from './streams';
import { treePage, valueAt, viewOf } from './values';

/** What a test may set about the host and the engine behind it, and see of what the page asked. */
export interface HostControls {
  stream: FakeStream;
  start: Partial<Omit<TimelineStart, 'info'>> & { info?: Partial<TimelineStart['info']> };
  kept: PageState[];
  /** Every request, in order: method and parameters. */
  asked: { method: string; params: unknown }[];
  /** How many requests were aborted by the page. */
  aborted: number;
  /** Waits before an answer is given; undefined answers at once. */
  delay?: (method: string, params: unknown) => Promise<void> | undefined;
  /** Tells how far the fold has come, once the page has started. */
  progress(folded: number): void;
  /** Set to make a method fail. */
  fail: Partial<Record<string, Problem>>;
}

/** Answers a timeline page as host and engine together would, from a made-up stream. */
export function timelineHost(controls: HostControls): Handlers<TimelineHostApi> {
  const answers: Handlers<TimelineHostApi> = {
    start: () => {
      setTimeout(() => controls.progress(controls.stream.length), 0);
      return startOf(controls);
    },
    rows: ({ start, count }) => {
      const length = Math.max(0, Math.min(count, controls.stream.length - start + 1));
      return Array.from({ length }, (_, i) => rowOf(controls.stream, start + i));
    },
    step: ({ step, changes }) => stepOf(controls.stream, step, changes),
    changes: ({ step, start, count }) => {
      const all = changesOf(controls.stream, step);
      return { total: all.length, start, changes: all.slice(start, start + count).map(changeView) };
    },
    tree: ({ step, of, expansion, start, count }) => {
      const page = treePage(rootOf(controls.stream, step, of), expansion, of === 'state' ? marksOf(controls.stream, step) : new Map(), start, count);
      const typed = page.rows.map((row) => (row.depth === 1 ? { ...row, type: row.value.kind === 'number' ? 'INTEGER' : 'TEXT' } : row));
      return of === 'record' ? { ...page, rows: typed } : page;
    },
    text: ({ step, of, path, limit }) => {
      const text = toJson(valueAt(rootOf(controls.stream, step, of), path), 2);
      return { text: text.slice(0, limit), cut: text.length > limit };
    },
    locate: (at) => ({ step: locate(controls.stream, at) }),
    keep: (state) => {
      controls.kept.push(state);
      return null;
    },
    run: () => null,
    openSource: () => null,
    copy: () => null,
  };
  return Object.fromEntries(
    Object.entries(answers).map(([method, answer]) => [
      method,
      async (params: never, signal: AbortSignal) => {
        controls.asked.push({ method, params });
        signal.addEventListener('abort', () => controls.aborted++);
        await controls.delay?.(method, params);
        const problem = controls.fail[method];
        if (problem) throw new LeftfoldError(problem);
        return (answer as (params: never, signal: AbortSignal) => unknown)(params, signal);
      },
    ]),
  ) as unknown as Handlers<TimelineHostApi>;
}

function startOf({ stream, start }: HostControls): TimelineStart {
  const { info, ...rest } = start;
  const ends = (step: number) => (stream.length === 0 ? null : stream.time(step));
  return {
    state: null,
    untrusted: false,
    strings: {},
    playIntervalMs: 1000,
    ...rest,
    info: {
      store: '/shop/shop.db',
      storeName: 'shop.db',
      dialect: 'emmett 0.42',
      stream: stream.name,
      category: stream.category,
      length: stream.length,
      firstVersion: stream.length === 0 ? '' : stream.version(1),
      lastVersion: stream.length === 0 ? '' : stream.version(stream.length),
      firstTime: ends(1),
      lastTime: ends(stream.length),
      reducer: { kind: 'module', label: 'cart.ts', module: '/shop/reducers/cart.ts', problem: null },
      types: stream.types,
      ...info,
    },
  };
}

export function rowOf(stream: FakeStream, step: number): EventRow {
  const summary = toJson(stream.data(step)).slice(1, -1).replaceAll('"', '').replaceAll(',', ', ').slice(0, 160);
  return { step, version: stream.version(step), type: stream.type(step), time: stream.time(step), summary, problem: stream.problem(step) };
}

function stepOf(stream: FakeStream, step: number, count: number): StepView {
  const all = step === 0 ? [] : changesOf(stream, step);
  const problem = step === 0 ? null : stream.problem(step);
  const failed = stream.name.startsWith('shopping_cart') && step > 200 ? 200 : null;
  return {
    step,
    row: step === 0 ? null : rowOf(stream, step),
    event: step === 0 ? null : { id: `9f1c-${step}`, position: String(step * 3), place: `/shop/shop.db, emt_messages, row ${step * 3}` },
    changes: { total: all.length, start: 0, changes: all.slice(0, count).map(changeView) },
    problem,
    afterErrorAt: failed,
  };
}

const known = new Map<string, Change[]>();

function changesOf(stream: FakeStream, step: number): Change[] {
  const key = `${stream.name} ${step}`;
  const changes = known.get(key) ?? diff(stream.state(step - 1), stream.state(step));
  if (known.size < 1000) known.set(key, changes);
  return changes;
}

function changeView({ op, path, old, new: after }: Change): ChangeView {
  return { op, path, old: op === 'add' ? null : viewOf(old), new: op === 'remove' ? null : viewOf(after) };
}

function marksOf(stream: FakeStream, step: number): Map<string, 'added' | 'replaced'> {
  if (step === 0) return new Map();
  return new Map(changesOf(stream, step).filter(({ op }) => op !== 'remove').map(({ op, path }) => [path, op === 'add' ? 'added' : 'replaced']));
}

function rootOf(stream: FakeStream, step: number, of: TreeKind): unknown {
  if (of === 'state') return stream.state(step);
  if (of === 'data') return stream.data(step);
  if (of === 'metadata') return { correlationId: 'c-17', user: { name: 'Ada', roles: ['clerk'] } };
  return { stream_id: stream.name, stream_position: step, message_data: toJson(stream.data(step)), is_archived: 0 };
}

function locate(stream: FakeStream, at: { version: string } | { time: string }): number {
  const value = 'version' in at ? at.version : at.time;
  for (let step = stream.length; step >= 1; step--) {
    if ('version' in at ? stream.version(step) === value : Date.parse(stream.time(step)!) <= Date.parse(value)) return step;
  }
  throw new LeftfoldError({
    code: 'not-there',
    message: 'version' in at ? `The stream has no version ${value}.` : `The stream has no event at or before ${value}.`,
    next: `Choose one from ${stream.version(1)} to ${stream.version(stream.length)}.`,
    where: {},
    exit: 1,
  });
}
