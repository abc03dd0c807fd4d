import type { Invocation } from './args';
import type { Output } from './output';
import type { Report } from './report';
import type { Style } from './style';

/** What every command is given: where its answer goes, how it looks, and whom it tells what went wrong. */
export interface Context {
  output: Output;
  style: Style;
  report: Report;
}

/** Runs one command. @throws LeftfoldError, ClosedPipe */
export type Command = (invocation: Invocation, context: Context) => Promise<void>;
