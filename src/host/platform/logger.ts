import { window, type LogOutputChannel } from 'vscode';
import { LeftfoldError, type Problem } from '../../model/problem';

/** The one output channel. Never given payloads or states: a log may be sent to others. */
export type Logger = LogOutputChannel;

export function createLogger(): Logger {
  return window.createOutputChannel('Leftfold', { log: true });
}

/** One log entry for a problem: code, text, place, and the details people are not shown at first. */
export function logProblem(log: Logger, problem: Problem): void {
  const { code, message, where, details } = problem;
  log.error(`${code}: ${message}`, ...(Object.keys(where).length > 0 ? [JSON.stringify(where)] : []), ...(details ?? []));
}

/** The text of whatever was thrown, for the log. */
export function errorText(error: unknown): string {
  if (error instanceof LeftfoldError) return `${error.problem.code}: ${error.problem.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
