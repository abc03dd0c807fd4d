import { LeftfoldError } from '../model/problem';
import { notOpen, streamNotFound } from '../model/problems/engine';
import type { BrowseApi } from '../protocol/browse';
import type { Handlers } from '../protocol/channel';
import type { EventStore } from '../store/contract';
import { openStore } from '../store/registry';

export interface BrowseNotes {
  progress(done: number, total: number): void;
}

/** Answers what the tree and the store page ask of one store. */
export class BrowseService {
  private store: EventStore | undefined;

  constructor(private readonly notes: BrowseNotes) {}

  readonly handlers: Handlers<BrowseApi> = {
    open: async ({ path, mapping }, signal) => {
      const opened = await openStore(path, {
        ...(mapping ? { mapping } : {}),
        signal,
        onProgress: (done, total) => this.notes.progress(done, total),
      });
      this.store?.close();
      this.store = opened;
      return opened.info;
    },
    categories: () => this.opened.categories(),
    streams: (query) => this.opened.streams(query),
    summary: ({ stream }) => {
      const store = this.opened;
      const summary = store.summary(stream);
      if (!summary) throw new LeftfoldError(streamNotFound(stream, store.info.path));
      return { ...summary, types: store.types(stream) };
    },
    check: () => {
      this.opened.check();
      return null;
    },
  };

  private get opened(): EventStore {
    if (!this.store) throw new LeftfoldError(notOpen());
    return this.store;
  }
}
