import type { Problem } from '../model/problem';
import type { StreamPage, StreamQuery } from '../model/stream';
import type { StoreInfo } from '../model/store-info';
import type { Api } from './channel';
import type { TimelineApi, TimelineInfo } from './timeline';

/** What the host answers to a timeline page: the engine's calls (all but open and export), and the editor's own. */
export interface TimelineHostApi extends Api {
  calls: Pick<TimelineApi['calls'], 'rows' | 'step' | 'changes' | 'tree' | 'text' | 'locate'> & {
    /** Opens the timeline's engine and gives what the page starts from. Asked again it starts afresh (Retry). */
    start: { params: null; result: TimelineStart };
    /** Keeps what must survive hiding and reloading. */
    keep: { params: PageState; result: null };
    /** Runs an editor feature for the shown step. */
    run: { params: { action: PageAction; step: number; path?: string }; result: null };
    /** Opens a source location (a reducer's failing line). Line and column count from 1. */
    openSource: { params: { file: string; line: number; column: number }; result: null };
    copy: { params: { text: string }; result: null };
  };
  notes: TimelineApi['notes'] & {
    /** The host asks the page to move (a command, a link, a tree action). */
    go: { step: number };
    /** A key bound in VS Code or a command: the page does what its own button does. */
    press: { button: PageButton };
    /** The engine ended (crash, out of memory, runaway reducer); Retry calls `start`. */
    ended: Problem;
    /** The reducer or the store changed: the page calls `start` again and keeps its place. */
    stale: { why: 'reducer' | 'store' | 'config' };
  };
}

export type PageAction =
  | 'comparePrevious' | 'exportState' | 'exportEvents' | 'openStateEditor' | 'setReducer' | 'editReducer' | 'trustWorkspace';

export type PageButton = 'first' | 'back' | 'play' | 'forward' | 'last' | 'jump' | 'help';

export interface TimelineStart {
  info: TimelineInfo;
  state: PageState | null;
  /** True when a reducer is configured but the workspace is not trusted, so the merge is shown. */
  untrusted: boolean;
  /** Texts of the page in the editor's language, by key. */
  strings: Record<string, string>;
  /** Interval of play at 1x, ms. */
  playIntervalMs: number;
}

/** What a timeline page keeps. `version` survives where steps may shift. */
export interface PageState {
  step: number;
  version: string;
  tab: string;
  speed: number | 'original';
  split: number;
  open: string[];
  closed: string[];
  changedOnly: boolean;
}

/** What the host answers to the store page (the read-only custom editor). */
export interface StoreHostApi extends Api {
  calls: {
    start: { params: null; result: { info: StoreInfo; strings: Record<string, string> } | { problem: Problem } };
    streams: { params: StreamQuery; result: StreamPage };
    openStream: { params: { stream: string }; result: null };
    run: { params: { action: 'mapColumns' | 'addToSidebar' | 'openAsText' | 'retry' }; result: null };
    copy: { params: { text: string }; result: null };
  };
  notes: { progress: { done: number; total: number } };
}
