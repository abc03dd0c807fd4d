import { Uri, commands, env, l10n, window } from 'vscode';
import type { Problem } from '../../model/problem';
import type { Logger } from './logger';

/** A button of a notice. */
export interface NextStep {
  title: string;
  run(): unknown;
}

/** Tells people things. Every notice says what to do next and offers at least one button that does it. */
export class Notices {
  constructor(private readonly log: Logger) {}

  /** An error with the buttons given, then what fits its place, then the log. Resolves when it is closed. */
  async problem(problem: Problem, ...steps: NextStep[]): Promise<void> {
    await this.show('error', `${problem.message} ${problem.next}`, [...steps, ...this.stepsFor(problem)].slice(0, 3));
  }

  /** Something to know that stops nothing. */
  async warn(problem: Problem, ...steps: NextStep[]): Promise<void> {
    await this.show('warning', `${problem.message} ${problem.next}`, [...steps, ...this.stepsFor(problem)].slice(0, 3));
  }

  async info(message: string, ...steps: NextStep[]): Promise<void> {
    await this.show('info', message, steps);
  }

  private async show(level: 'error' | 'warning' | 'info', message: string, steps: NextStep[]): Promise<void> {
    const show = { error: window.showErrorMessage, warning: window.showWarningMessage, info: window.showInformationMessage };
    const chosen = await show[level](message, ...steps.map((step) => step.title));
    await steps.find((step) => step.title === chosen)?.run();
  }

  private stepsFor(problem: Problem): NextStep[] {
    const { file, line = 1, column = 1 } = problem.where;
    const steps: NextStep[] = [];
    if (file !== undefined && /\.([cm]?[jt]sx?|json[cl]?|ndjson)$/i.test(file) && problem.where.line !== undefined) {
      steps.push({ title: l10n.t('Open File'), run: () => openSource(file, line, column) });
    }
    if (problem.details?.length) {
      steps.push({ title: l10n.t('Copy Details'), run: () => env.clipboard.writeText(problemText(problem)) });
    }
    steps.push({ title: l10n.t('Show Log'), run: () => this.log.show() });
    return steps;
  }
}

/** The whole of a problem as text, details included. */
export function problemText(problem: Problem): string {
  return [problem.message, problem.next, ...(problem.details ?? [])].join('\n');
}

/** Opens a source location in a text editor. Line and column count from 1. */
export async function openSource(file: string, line: number, column: number): Promise<void> {
  const at = { line: Math.max(0, line - 1), character: Math.max(0, column - 1) };
  await commands.executeCommand('vscode.open', Uri.file(file), { selection: { start: at, end: at } });
}
