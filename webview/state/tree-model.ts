import type { Caller } from '../../src/protocol/channel';
import type { TimelineHostApi } from '../../src/protocol/page';
import type { Expansion, TreePage, TreeRow } from '../../src/protocol/shared';
import type { TreeKind } from '../../src/protocol/timeline';
import { Newest } from './newest';
import { Observable } from './observable';
import { parentPointer } from './pointer';

interface Window {
  step: number;
  start: number;
  count: number;
  expansion: Expansion;
}

const WINDOW = 200;

/** The visible lines of one tree at the shown step. The engine flattens; here is only the window on screen. */
export class TreeModel extends Observable {
  private page: TreePage | undefined;
  private pageStep = -1;
  private step = -1;
  private wantedStart = 0;
  private wantedCount = WINDOW;
  private readonly open = new Set<string>();
  private readonly closed = new Set<string>();
  private readonly requests: Newest<Window, TreePage>;
  /** The line the keyboard is on; its path is null until that line has been fetched. */
  active: { index: number; path: string | null } = { index: 0, path: '' };
  error: unknown;
  /** Only the way down to what changed is open. */
  changedOnly = false;

  /** @param depth levels open from the start; @param kept called when what is open changed */
  constructor(
    private readonly caller: Caller<TimelineHostApi>,
    readonly of: TreeKind,
    private readonly depth: number,
    private readonly kept: () => void = () => undefined,
  ) {
    super();
    this.requests = new Newest(
      ({ step, expansion, start, count }, signal) =>
        this.caller.request('tree', { step, of: this.of, expansion, start, count }, { signal }),
      (key, page) => this.arrived(key.step, page),
      (_key, error) => {
        this.error = error;
        this.changed();
      },
    );
  }

  /** All visible lines; 0 while nothing has come yet. */
  get total(): number {
    return this.page?.total ?? 0;
  }

  /** Whether the lines at hand are those of the step wanted last. */
  get current(): boolean {
    return this.page !== undefined && this.pageStep === this.step;
  }

  get expansions(): { open: string[]; closed: string[] } {
    return { open: [...this.open], closed: [...this.closed] };
  }

  row(index: number): TreeRow | undefined {
    return this.page?.rows[index - this.page.start];
  }

  /** Shows the tree at a step; the lines shown before stay until the new ones are there. */
  show(step: number): void {
    if (step === this.step) return;
    this.step = step;
    this.ask();
  }

  /** Forgets what was fetched, after the stream or the reducer changed. */
  reset(): void {
    this.requests.cancel();
    this.page = undefined;
    this.step = -1;
    this.changed();
  }

  /** The list shows lines `start` (inclusive) to `end` (exclusive). */
  want(start: number, end: number): void {
    const page = this.page;
    if (page && start >= page.start && Math.min(end, page.total) <= page.start + page.rows.length) return;
    this.wantedCount = Math.max(WINDOW, (end - start) * 3);
    this.wantedStart = Math.max(0, Math.floor(start - (this.wantedCount - (end - start)) / 2));
    this.ask();
  }

  restore(open: string[], closed: string[], changedOnly: boolean): void {
    this.open.clear();
    this.closed.clear();
    for (const path of open) this.open.add(path);
    for (const path of closed) this.closed.add(path);
    this.changedOnly = changedOnly;
  }

  setChangedOnly(on: boolean): void {
    this.changedOnly = on;
    this.open.clear();
    this.closed.clear();
    this.refresh();
  }

  collapseAll(): void {
    this.open.clear();
    this.closed.clear();
    this.refresh();
  }

  toggle(row: TreeRow): void {
    this.setOpen(row, !row.expanded);
  }

  setOpen(row: TreeRow, open: boolean): void {
    if (row.value.children === 0 || row.expanded === open) return;
    (open ? this.closed : this.open).delete(row.path);
    (open ? this.open : this.closed).add(row.path);
    this.refresh();
  }

  /** Moves the keyboard's line; clamped to the tree. */
  moveTo(index: number): void {
    const to = Math.min(Math.max(index, 0), Math.max(this.total - 1, 0));
    this.active = { index: to, path: this.row(to)?.path ?? null };
    this.changed();
  }

  /** Moves to the parent of the keyboard's line, which may be many lines above the window. */
  async moveToParent(): Promise<void> {
    const { index, path } = this.active;
    const parent = path === null ? undefined : parentPointer(path);
    if (parent === undefined) return;
    for (let above = index - 1; this.row(above); above--) {
      if (this.row(above)?.path === parent) return this.moveTo(above);
    }
    // All lines between a node and its last descendant are its descendants: the first of them is found by halving.
    let [first, last] = [0, Math.min(index, this.page?.start ?? 0)];
    while (first < last) {
      const middle = Math.floor((first + last) / 2);
      const row = await this.fetchLine(middle);
      if (row === undefined || this.active.path !== path) return;
      if (row.path.startsWith(`${parent}/`)) last = middle;
      else first = middle + 1;
    }
    this.moveTo(first - 1);
  }

  /** The whole text of a line's value, for copying; what was removed is only known as it is shown. */
  async text(row: TreeRow): Promise<string> {
    if (row.mark === 'removed') return row.value.text;
    return (await this.caller.request('text', { step: this.step, of: this.of, path: row.path, limit: 20_000_000 })).text;
  }

  private async fetchLine(start: number): Promise<TreeRow | undefined> {
    try {
      const page = await this.caller.request('tree', { step: this.step, of: this.of, expansion: this.expansion(), start, count: 1 });
      return page.rows[0];
    } catch {
      return undefined;
    }
  }

  private expansion(): Expansion {
    const { open, closed } = this.expansions;
    return { depth: this.depth, open, closed, changed: this.of === 'state' };
  }

  private refresh(): void {
    this.kept();
    this.ask();
  }

  private ask(): void {
    if (this.step < 0) return;
    this.requests.want({ step: this.step, start: this.wantedStart, count: this.wantedCount, expansion: this.expansion() });
  }

  private arrived(step: number, page: TreePage): void {
    this.page = page;
    this.pageStep = step;
    this.error = undefined;
    // A removed line may have the path of one that took its place.
    const at = page.rows.findIndex((row) => row.path === this.active.path && row.mark !== 'removed');
    const index = at >= 0 ? page.start + at : Math.min(this.active.index, Math.max(0, page.total - 1));
    this.active = { index, path: this.row(index)?.path ?? this.active.path };
    // Fewer lines than before: the window asked for may lie beyond the end.
    if (page.rows.length === 0 && page.total > 0 && page.start >= page.total) {
      this.wantedStart = Math.max(0, page.total - this.wantedCount);
      this.ask();
    }
    this.changed();
  }
}
