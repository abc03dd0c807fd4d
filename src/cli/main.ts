import { version } from '../../package.json';
import { reducerExited } from '../model/problems/cli';
import { reducerFailedOutside } from '../model/problems/engine';
import { readArguments, type Invocation } from './args';
import type { Command } from './command';
import { diff } from './commands/diff';
import { events } from './commands/events';
import { inspect } from './commands/inspect';
import { replay } from './commands/replay';
import { state } from './commands/state';
import { streams } from './commands/streams';
import { helpText, type CommandName } from './help';
import { ClosedPipe, Output } from './output';
import { Report } from './report';
import { Style } from './style';

const COMMANDS: Record<CommandName, Command> = { inspect, streams, events, replay, state, diff };

/** Runs the command line and ends the process with its exit code. */
async function main(args: readonly string[]): Promise<void> {
  const output = new Output();
  const report = new Report();
  let finished = false;
  // A reducer that ends the process would otherwise make half an answer look like a whole one.
  process.on('exit', () => {
    if (finished) return;
    report.event(reducerExited());
    process.exitCode = report.exit;
  });
  process.on('uncaughtException', (error) => outside(report, error));
  process.on('unhandledRejection', (reason) => outside(report, reason));
  const context = { output, style: new Style(output.isTerminal), report };
  try {
    const asked = readArguments(args);
    if ('version' in asked) await output.line(version);
    else if ('help' in asked) await output.write(helpText(asked.help));
    else await run(asked, context);
    await output.flush();
  } catch (error) {
    if (error instanceof ClosedPipe) report.exit = 0;
    else {
      await output.flush().catch(() => undefined);
      report.fail(error);
    }
  }
  finished = true;
  process.exit(report.exit);
}

async function run(invocation: Invocation, context: Parameters<Command>[1]): Promise<void> {
  await COMMANDS[invocation.command](invocation, context);
  context.report.end();
}

/** What a reducer left running must not end the command with a stack trace. */
function outside(report: Report, error: unknown): void {
  report.event(reducerFailedOutside('The reducer', error instanceof Error ? error.message : String(error)));
}

void main(process.argv.slice(2));
