import { diff } from '../../diff/diff';
import { viewOf } from '../../engine/view';
import { changeValues, type ChangeValue } from '../../export/change-values';
import { toJson } from '../../model/json';
import type { Problem } from '../../model/problem';
import type { EventHead } from '../../store/contract';
import { readRange } from '../args';
import type { Command } from '../command';
import { openReplayFor } from '../open-replay';
import { reportStoreProblems } from '../open';
import { changeText } from '../change-text';
import { printable } from '../style';
import { indexRange } from '../stream-range';

const PAGE = 500;

/** `replay`: what each event changed, one line for each. */
export const replay: Command = async (invocation, context) => {
  const { output, style, report } = context;
  const { from, to } = readRange(invocation);
  const opened = await openReplayFor(invocation, context);
  const { store, reader, replay: fold } = opened;
  const { start, end } = indexRange(reader, from, to);
  for (let at = start; at < end; at += PAGE) {
    for (const head of reader.heads(at, Math.min(PAGE, end - at))) {
      const { before, after, problem } = fold.pair(head.index + 1);
      const changes = problem ? [] : changeValues(diff(before, after));
      opened.reportFailures(report, head.index + 1);
      if (invocation.json) {
        await output.line(replayLine(head, changes, problem));
        continue;
      }
      const title = `${style.paint('bold', String(head.version))}  ${printable(head.type)}${head.time === null ? '' : style.paint('dim', `  ${head.time}`)}`;
      await output.line(title);
      if (problem) await output.line(`  ${style.paint('red', `✗ ${printable(problem.message)}`)}`);
      else if (changes.length === 0) await output.line(`  ${style.paint('dim', 'no change')}`);
      for (const change of changes) await output.line(`  ${changeText(change, change.path === '' ? '(the state)' : change.path, style, (value) => viewOf(value).text)}`);
    }
  }
  reportStoreProblems(store, report, reader.stream);
};

function replayLine({ version, type, time }: EventHead, changes: ChangeValue[], problem: Problem | null): string {
  const error = problem ? { error: { message: problem.message, file: problem.where.file ?? null, line: problem.where.line ?? null } } : {};
  return toJson({ version, type, time, changes, ...error });
}
