/** Rows fetched in pages as a list scrolls, of which only the most recently used pages are kept. */
export class PagedRows<Row> {
  private readonly pages = new Map<number, Row[]>();
  private readonly underWay = new Map<number, AbortController>();
  private wanted = { start: 0, end: 0 };

  /**
   * @param fetch    gives `count` rows from index `start`
   * @param arrived  called when rows have come in
   * @param failed   called when a page could not be fetched; it is asked for again when next wanted
   * @param pageSize rows per page
   * @param keep     pages kept
   */
  constructor(
    private readonly fetch: (start: number, count: number, signal: AbortSignal) => Promise<Row[]>,
    private readonly arrived: () => void,
    private readonly failed: (error: unknown) => void,
    readonly pageSize = 200,
    private readonly keep = 50,
  ) {}

  /** The row at an index, undefined while it has not been fetched. */
  get(index: number): Row | undefined {
    return this.pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize];
  }

  /** Fetches what is missing of `start` (inclusive) to `end` (exclusive); pages outside that range are no longer waited for. */
  want(start: number, end: number, total: number): void {
    this.wanted = { start, end };
    const last = Math.min(end, total) - 1;
    if (last < start) return;
    const from = Math.floor(Math.max(0, start) / this.pageSize);
    const to = Math.floor(last / this.pageSize);
    for (const [page, controller] of this.underWay) {
      if (page >= from && page <= to) continue;
      this.underWay.delete(page);
      controller.abort();
    }
    for (let page = from; page <= to; page++) this.load(page, total);
  }

  /** Forgets everything, answers under way included, and fetches afresh what was wanted last; there are `total` rows now. */
  reload(total: number): void {
    for (const controller of this.underWay.values()) controller.abort();
    this.underWay.clear();
    this.pages.clear();
    this.want(this.wanted.start, this.wanted.end, total);
  }

  private load(page: number, total: number): void {
    const known = this.pages.get(page);
    if (known) {
      this.pages.delete(page);
      this.pages.set(page, known);
      return;
    }
    if (this.underWay.has(page)) return;
    const controller = new AbortController();
    this.underWay.set(page, controller);
    const start = page * this.pageSize;
    this.fetch(start, Math.min(this.pageSize, total - start), controller.signal).then(
      (rows) => {
        if (this.underWay.get(page) !== controller) return;
        this.underWay.delete(page);
        this.pages.set(page, rows);
        for (const oldest of this.pages.keys()) {
          if (this.pages.size <= this.keep) break;
          this.pages.delete(oldest);
        }
        this.arrived();
      },
      (error: unknown) => {
        if (this.underWay.get(page) !== controller) return;
        this.underWay.delete(page);
        this.failed(error);
      },
    );
  }
}
