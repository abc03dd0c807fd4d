import type { Event } from 'vscode';
import type { Caller } from '../../protocol/channel';
import type { TimelineApi, TimelineInfo } from '../../protocol/timeline';
import type { KnownStore } from './stores';

/** A stream of a store. */
export interface StreamRef {
  store: KnownStore;
  stream: string;
  /** Known where the stream was met in a list; found out otherwise. */
  category?: string | null;
}

/** A stream at a step: what a timeline shows. */
export interface ShownStep extends StreamRef {
  step: number;
}

/** An open timeline engine lent for reading. Release it as soon as the reading is done. */
export interface TimelineLease {
  readonly caller: Caller<TimelineApi>;
  readonly info: TimelineInfo;
  release(): void;
}

/** The open timelines, as other features see them. */
export interface Timelines {
  /** The timeline in the active editor tab. */
  readonly active: ShownStep | undefined;
  /** A timeline's reducer, config or store changed: states computed before may differ now. */
  readonly onDidGoStale: Event<StreamRef>;
  /** Opens or reveals a timeline, at a version or time when one is given. */
  open(stream: StreamRef, at?: { version: string } | { time: string }): Promise<void>;
  /** Lends the engine of an open timeline, else starts one that ends soon after its last release. */
  borrow(stream: StreamRef, signal?: AbortSignal): Promise<TimelineLease>;
}
