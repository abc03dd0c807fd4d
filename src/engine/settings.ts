import type { EngineEnd } from '../model/problems/engine';

/** What a process is told on its command line. */
export interface EngineSettings {
  role: 'browse' | 'timeline';
  /** The file it records in what it is doing; null for browsing, where no user code runs. */
  blackBox: string | null;
  /** Record every event before it is folded, to find the one that ends the process. */
  careful: boolean;
  /** Events that ended an engine before: they are not folded again. */
  poisoned: PoisonedStep[];
  /** From this step on nothing is folded, for too many events ended an engine. */
  stopAt: number | null;
  /** Loading the reducer's module ended an engine. */
  poisonedModule: { how: EngineEnd; limit: string } | null;
}

export interface PoisonedStep {
  step: number;
  how: EngineEnd;
  /** What it ran against, for the message: "5 s", "512 MB". */
  limit: string;
}
