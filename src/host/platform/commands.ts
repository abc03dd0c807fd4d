import { commands, type Disposable } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { unexpected } from '../../model/problems/general';
import { logProblem, type Logger } from './logger';
import type { Notices } from './notices';

/** Registers commands so that none fails in silence or with a stack trace. */
export class Commands {
  constructor(
    private readonly log: Logger,
    private readonly notices: Notices,
  ) {}

  /**
   * @param id the whole command id
   * @param handler its result is handed to `executeCommand`; what it throws is logged and shown with a next step, and
   *   the command then gives undefined. A cancelled request is nobody's problem and shown to nobody.
   */
  register(id: string, handler: (...args: unknown[]) => unknown): Disposable {
    return commands.registerCommand(id, async (...args: unknown[]) => {
      this.log.debug(`command ${id}`);
      try {
        return await handler(...args);
      } catch (error) {
        const problem = error instanceof LeftfoldError ? error.problem : unexpected(error, id);
        if (problem.code === 'cancelled') return undefined;
        logProblem(this.log, problem);
        void this.notices.problem(problem);
        return undefined;
      }
    });
  }
}
