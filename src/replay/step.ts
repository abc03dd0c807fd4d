import type { Problem } from '../model/problem';

export interface ReplayOptions {
  /** Memory that keyframes may take, by estimate; 64 MB when left out. */
  keyframeBudgetBytes?: number;
  /** False folds from the first event each time: slow, and the yardstick for everything else. */
  keyframes?: boolean;
  /** Folding before the next keyframe, ms; 8 when left out, 0 leaves one after every event. */
  keyframeMs?: number;
}

/** The state at a step. The state is the caller's to read, not to alter; no later fold alters it. */
export interface StepState {
  /** How many events were folded: 0 is the initial state, `length` the last. */
  step: number;
  state: unknown;
  /** Set when this step's very event could not be folded; the state is then the one before it. */
  problem: Problem | null;
  /** The step of the first event at or before this one that could not be folded. */
  firstFailure: number | null;
}

/** A step's states. Parts the event did not touch are the same objects on both sides where the reducer shared them. */
export interface StepPair {
  step: number;
  before: unknown;
  after: unknown;
  problem: Problem | null;
  firstFailure: number | null;
}

export interface FoldProgress {
  folded: number;
  total: number;
}
