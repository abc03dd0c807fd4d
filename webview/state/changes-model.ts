import type { Caller } from '../../src/protocol/channel';
import type { TimelineHostApi } from '../../src/protocol/page';
import type { ChangeView, StepView } from '../../src/protocol/timeline';
import { Observable } from './observable';
import { oldPath } from './old-path';

/** How many changes come with a step, and with each page after that. */
export const CHANGES_PER_PAGE = 200;

const TEXT_LIMIT = 20_000;

/** The whole of a long value, or a part of it when even that is too long to show. */
export interface WholeText {
  text: string;
  cut: boolean;
}

/** A change opened to read its values in full; a side that has no more to show is left out. */
export interface OpenChange {
  old?: WholeText;
  new?: WholeText;
  error?: unknown;
}

/** The differences of the shown step: its first page, the pages asked for since, and which of them are opened. */
export class ChangesModel extends Observable {
  private readonly opened = new Map<number, OpenChange>();
  private generation = 0;
  step = -1;
  total = 0;
  changes: ChangeView[] = [];
  loading = false;
  error: unknown;

  constructor(private readonly caller: Caller<TimelineHostApi>) {
    super();
  }

  show(view: StepView): void {
    this.generation++;
    this.step = view.step;
    this.total = view.changes.total;
    this.changes = view.changes.changes;
    this.opened.clear();
    this.loading = false;
    this.error = undefined;
    this.changed();
  }

  /** The texts of an opened change, undefined for a closed one. */
  open(index: number): OpenChange | undefined {
    return this.opened.get(index);
  }

  /** Fetches the next page. */
  async more(): Promise<void> {
    if (this.loading || this.changes.length >= this.total) return;
    this.loading = true;
    this.changed();
    await this.guarded(async (current) => {
      const page = await this.caller.request('changes', {
        step: this.step,
        start: this.changes.length,
        count: CHANGES_PER_PAGE,
      });
      if (current()) this.changes = [...this.changes, ...page.changes];
    });
  }

  /** Opens a change to show both values in full, or closes it. */
  async toggle(index: number): Promise<void> {
    if (this.opened.delete(index)) return this.changed();
    const change = this.changes[index];
    if (!change) return;
    const entry: OpenChange = {};
    this.opened.set(index, entry);
    this.changed();
    const { step } = this;
    const [before, after] = await Promise.all([
      change.old && hasMore(change.old) ? this.wholeOld(index, entry) : undefined,
      change.new && hasMore(change.new) ? this.whole(step, change.path, entry) : undefined,
    ]);
    if (before) entry.old = before;
    if (after) entry.new = after;
    this.changed();
  }

  private async wholeOld(index: number, entry: OpenChange): Promise<WholeText | undefined> {
    const { step, changes } = this;
    // The first character of its JSON tells an array, and arrays that elements were added to or taken from still exist.
    const isArray = async (path: string) =>
      (await this.caller.request('text', { step, of: 'state', path, limit: 1 })).text === '[';
    try {
      return await this.whole(step - 1, await oldPath(changes, index, isArray), entry);
    } catch (error) {
      entry.error = error;
      return undefined;
    }
  }

  private async whole(step: number, path: string, entry: OpenChange): Promise<WholeText | undefined> {
    try {
      return await this.caller.request('text', { step, of: 'state', path, limit: TEXT_LIMIT });
    } catch (error) {
      entry.error = error;
      return undefined;
    }
  }

  private async guarded(work: (current: () => boolean) => Promise<void>): Promise<void> {
    const mine = this.generation;
    const current = () => mine === this.generation;
    try {
      await work(current);
    } catch (error) {
      if (current()) this.error = error;
    }
    if (!current()) return;
    this.loading = false;
    this.changed();
  }
}

/** Whether a value shows less than it is, so that opening it tells more. */
export function hasMore(value: { cut: boolean; children: number }): boolean {
  return value.cut || value.children > 0;
}
