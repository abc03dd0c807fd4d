import { jsonText } from '../../export/json-text';
import type { Command } from '../command';
import { openReplayFor } from '../open-replay';
import { reportStoreProblems } from '../open';
import { writeFile } from '../write-file';
import { stepAt } from '../stream-range';

/** `state`: the state at a version; with `--json` in an envelope that says which. */
export const state: Command = async (invocation, context) => {
  const { output, report } = context;
  const opened = await openReplayFor(invocation, context);
  const { store, reader, replay, label } = opened;
  const { at, out } = invocation.values;
  const step = at === undefined ? reader.length : stepAt(reader, at, 'at', 'state');
  const found = await replay.seek(step);
  const [head] = step > 0 ? reader.heads(step - 1, 1) : [];
  const version = head?.version ?? null;
  const time = head?.time ?? null;
  const value = invocation.json ? { stream: reader.stream, version, time, reducer: label, state: found.state } : found.state;
  if (out !== undefined) await writeFile(out, store.info.path, jsonText(value, 2));
  else {
    if (!invocation.json && output.isTerminal) {
      report.note(`${reader.stream} at ${version === null ? 'start' : `version ${version}`}${time === null ? '' : ` (${time})`}, reducer: ${label}`);
    }
    for (const piece of jsonText(value, 2)) await output.write(piece);
    await output.write('\n');
  }
  opened.reportFailures(report, step);
  reportStoreProblems(store, report, reader.stream);
};
