import type { PageState } from '../../protocol/page';

/** The part of vscode.Memento used here. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = 'leftfold.pages';

/** What timeline pages keep, by stream, across hiding and reloading. Bounded: the least recently used go first. */
export class PageMemory {
  private readonly pages: Map<string, PageState>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param writeMs how long writing may lag behind: a page keeps its state with every step of a replay */
  constructor(
    private readonly memory: Memory,
    private readonly limit = 200,
    private readonly writeMs = 150,
  ) {
    const kept = memory.get(KEY);
    this.pages = new Map(Array.isArray(kept) ? (kept as [string, PageState][]) : []);
  }

  get(key: string): PageState | undefined {
    return this.pages.get(key);
  }

  set(key: string, state: PageState): void {
    this.pages.delete(key);
    this.pages.set(key, state);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= this.limit) break;
      this.pages.delete(oldest);
    }
    this.timer ??= setTimeout(() => void this.flush(), this.writeMs);
  }

  async flush(): Promise<void> {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.memory.update(KEY, [...this.pages]);
  }
}
