import type { StreamHead, StreamPage, StreamQuery } from '../../model/stream';

/**
 * The streams of one level of the tree, loaded page by page. What was asked for before a reset is dropped when it
 * arrives late. Knows nothing of VS Code.
 */
export class StreamList {
  private loaded: StreamHead[] = [];
  private next: string | undefined;
  private started: Promise<void> | undefined;
  private loadingMore: Promise<void> | undefined;
  private generation = 0;

  constructor(
    private readonly fetch: (query: StreamQuery) => Promise<StreamPage>,
    private readonly filter: Pick<StreamQuery, 'category' | 'match'>,
    private readonly pageSize: () => number,
  ) {}

  get streams(): readonly StreamHead[] {
    return this.loaded;
  }

  /** Whether there are streams after the loaded ones. */
  get hasMore(): boolean {
    return this.next !== undefined;
  }

  /** Loads the first page unless it is there. After a failure the next call tries again. */
  first(): Promise<void> {
    return (this.started ??= this.load(undefined).catch((error: unknown) => {
      this.started = undefined;
      throw error;
    }));
  }

  /** Loads the page after the loaded streams; two calls at once load one page. */
  more(): Promise<void> {
    if (this.next === undefined) return Promise.resolve();
    return (this.loadingMore ??= this.load(this.next).finally(() => {
      this.loadingMore = undefined;
    }));
  }

  /** Loads again as many streams as are shown now, so that a refresh keeps what a person has scrolled to. */
  async reload(): Promise<void> {
    const wanted = Math.max(this.loaded.length, this.pageSize());
    this.generation++;
    this.loadingMore = undefined;
    this.started = this.load(undefined, wanted);
    await this.started;
  }

  private async load(after: string | undefined, limit = this.pageSize()): Promise<void> {
    const mine = this.generation;
    const page = await this.fetch({ ...this.filter, limit, ...(after === undefined ? {} : { after }) });
    if (mine !== this.generation) return;
    this.loaded = after === undefined ? page.streams : [...this.loaded, ...page.streams];
    this.next = page.next;
  }
}
