// Runs in the page before dist/page.js and stands in for VS Code: gives acquireVsCodeApi, and answers what is posted.
import { Answerer, type Api, type Port } from '../../../../src/protocol/channel';
import type { PageState, StoreHostApi, TimelineHostApi } from '../../../../src/protocol/page';
import type { Problem } from '../../../../src/model/problem';
import { storeHost } from './store-host';
import { cart, empty, huge, million, type FakeStream } from './streams';
import { timelineHost, type HostControls } from './timeline-host';

export interface FakeWindow {
  fake: HostControls & {
    note(name: string, params: unknown): void;
    /** Lets requests of a method wait from now on; the returned function lets them all go. */
    hold(method: string): () => void;
    /** Adds ms to the answer of a method. */
    slow(method: string, ms: number): void;
    release?: () => void;
  };
}

const query = new URLSearchParams(location.search);
const streams: Record<string, () => FakeStream> = { cart, million, huge, empty };
const controls: HostControls = {
  stream: streams[query.get('stream') ?? 'cart']!(),
  start: JSON.parse(query.get('start') ?? '{}') as HostControls['start'],
  kept: [],
  asked: [],
  aborted: 0,
  progress: (folded) => fake.note('progress', { folded, total: controls.stream.length, done: folded === controls.stream.length }),
  fail: JSON.parse(query.get('fail') ?? '{}') as HostControls['fail'],
};

const listeners = new Set<(message: unknown) => void>();
const port: Port = {
  post: (message) => window.postMessage(structuredClone(message), '*'),
  listen: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
};
const asProblem = (error: unknown): Problem => ({ code: 'fake', message: String(error), next: 'Look at the test.', where: {}, exit: 2 });
const storeProblem = query.get('problem');
const answerer =
  document.documentElement.dataset['page'] === 'store'
    ? new Answerer<StoreHostApi>(port, storeHost(controls.asked, storeProblem === null ? undefined : (JSON.parse(storeProblem) as Problem)), asProblem)
    : new Answerer<TimelineHostApi>(port, timelineHost(controls), asProblem);

const waits: Record<string, () => Promise<void>> = {};
controls.delay = (method) => waits[method]?.();

const fake: FakeWindow['fake'] = Object.assign(controls, {
  note: (name: string, params: unknown) => (answerer as Answerer<Api>).note(name, params),
  hold: (method: string) => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    waits[method] = () => gate;
    return () => {
      delete waits[method];
      open();
    };
  },
  slow: (method: string, ms: number) => {
    waits[method] = () => new Promise((resolve) => setTimeout(resolve, ms));
  },
});

const STATE = 'state';
Object.assign(window, {
  fake,
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => {
      const copy: unknown = structuredClone(message);
      setTimeout(() => listeners.forEach((listener) => listener(copy)), 0);
    },
    getState: () => JSON.parse(sessionStorage.getItem(STATE) ?? 'null') as PageState | undefined ?? undefined,
    setState: (state: PageState) => sessionStorage.setItem(STATE, JSON.stringify(state)),
  }),
});

