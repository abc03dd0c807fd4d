import type { Problem } from '../model/problem';
import type { CategoryHead, StreamPage, StreamQuery, StreamSummary } from '../model/stream';
import type { StoreInfo } from '../model/store-info';
import type { StoreRef } from './shared';

/** What the browsing engine of a store answers. One process serves one store; no user code runs in it. */
export interface BrowseApi {
  calls: {
    /** Opens the store (once; asked again it reopens). */
    open: { params: StoreRef; result: StoreInfo };
    categories: { params: null; result: CategoryHead[] };
    streams: { params: StreamQuery; result: StreamPage };
    summary: { params: { stream: string }; result: StreamSummary & { types: { type: string; count: number }[] } };
    /** Throws store-changed or store-vanished when the file is no longer the one opened. */
    check: { params: null; result: null };
  };
  notes: {
    progress: { done: number; total: number };
    problem: Problem;
  };
}
