import type { Problem } from '../../src/model/problem';
import type { StoreInfo } from '../../src/model/store-info';
import type { StreamHead } from '../../src/model/stream';
import type { Caller } from '../../src/protocol/channel';
import type { StoreHostApi } from '../../src/protocol/page';
import { Observable } from './observable';
import { asProblem, isCancelled } from './problems';

const PAGE = 200;

/** All the store page knows: what the store is, and as many of its streams as have been scrolled to. */
export class StorePage extends Observable {
  status: 'loading' | 'ready' | 'failed' = 'loading';
  info: StoreInfo | undefined;
  problem: Problem | undefined;
  progress: { done: number; total: number } | undefined;
  streams: StreamHead[] = [];
  /** Whether more streams follow those at hand. */
  more = true;
  filter = '';
  listProblem: Problem | undefined;
  active = 0;
  private after: string | undefined;
  private underWay: AbortController | undefined;

  /** @param started called with the page's texts before anything is shown */
  constructor(
    private readonly caller: Caller<StoreHostApi>,
    private readonly started: (strings: Record<string, string>) => void = () => undefined,
  ) {
    super();
    caller.on('progress', (progress) => {
      this.progress = progress;
      this.changed();
    });
  }

  async start(): Promise<void> {
    this.status = 'loading';
    this.changed();
    try {
      const start = await this.caller.request('start', null);
      if ('problem' in start) {
        this.problem = start.problem;
        this.status = 'failed';
      } else {
        this.started(start.strings);
        this.info = start.info;
        this.problem = undefined;
        this.status = 'ready';
        this.reload();
      }
    } catch (error) {
      this.problem = asProblem(error);
      this.status = 'failed';
    }
    this.progress = undefined;
    this.changed();
  }

  /** Shows the streams whose id contains the text, asked afresh from the store. */
  setFilter(text: string): void {
    if (text === this.filter) return;
    this.filter = text;
    this.reload();
  }

  /** The list shows rows up to `end` (exclusive): fetches on when those at hand run short. */
  want(end: number): void {
    if (this.more && !this.underWay && !this.listProblem && end > this.streams.length - PAGE / 2) void this.fetch();
  }

  retryList(): void {
    this.listProblem = undefined;
    void this.fetch();
  }

  moveTo(index: number): void {
    this.active = Math.min(Math.max(index, 0), Math.max(this.streams.length - 1, 0));
    this.changed();
  }

  open(index: number): void {
    const head = this.streams[index];
    if (head) void this.quietly(this.caller.request('openStream', { stream: head.stream }));
  }

  async run(action: 'mapColumns' | 'addToSidebar' | 'openAsText' | 'retry'): Promise<void> {
    await this.quietly(this.caller.request('run', { action }));
    if (action === 'retry') await this.start();
  }

  copy(text: string): void {
    void this.quietly(this.caller.request('copy', { text }));
  }

  private reload(): void {
    this.underWay?.abort();
    this.underWay = undefined;
    this.streams = [];
    this.after = undefined;
    this.more = true;
    this.active = 0;
    this.listProblem = undefined;
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    const controller = new AbortController();
    this.underWay = controller;
    this.changed();
    try {
      const match = this.filter === '' ? {} : { match: this.filter };
      const after = this.after === undefined ? {} : { after: this.after };
      const page = await this.caller.request('streams', { ...match, ...after, limit: PAGE }, { signal: controller.signal });
      if (this.underWay !== controller) return;
      this.streams = [...this.streams, ...page.streams];
      this.after = page.next;
      this.more = page.next !== undefined;
    } catch (error) {
      if (this.underWay !== controller || isCancelled(error)) return;
      this.listProblem = asProblem(error);
    }
    this.underWay = undefined;
    this.changed();
  }

  private async quietly(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.listProblem = asProblem(error);
      this.changed();
    }
  }
}
