import { diff as compare, type Change } from '../../diff/diff';
import { isExactMergePatch, mergePatch } from '../../diff/merge-patch';
import { toPatch } from '../../diff/patch';
import { parsePointer } from '../../diff/pointer';
import { viewOf } from '../../engine/view';
import { changeValues } from '../../export/change-values';
import { jsonText } from '../../export/json-text';
import { LeftfoldError } from '../../model/problem';
import { mergePatchInexact, usage } from '../../model/problems/cli';
import type { Invocation } from '../args';
import { changeText } from '../change-text';
import type { Command, Context } from '../command';
import { openReplayFor } from '../open-replay';
import { reportStoreProblems } from '../open';
import { printable } from '../style';
import { stepAt } from '../stream-range';

const FORMATS = ['tree', 'patch', 'merge-patch'] as const;
type Format = (typeof FORMATS)[number];

/** `diff`: what changed between two versions, whichever comes first. */
export const diff: Command = async (invocation, context) => {
  const { report } = context;
  const { format, ...asked } = readDiff(invocation);
  const opened = await openReplayFor(invocation, context);
  const { store, reader, replay, label } = opened;
  const from = stepAt(reader, asked.from, 'from', 'diff');
  const to = stepAt(reader, asked.to, 'to', 'diff');
  const { state: before } = await replay.seek(from);
  const { state: after } = await replay.seek(to);
  if (format === 'merge-patch') {
    const patch = mergePatch(before, after);
    if (!isExactMergePatch(before, after, patch)) report.tell(mergePatchInexact());
    await printJson(patch, context);
  } else {
    const changes = compare(before, after);
    const version = (step: number) => (step === 0 ? null : (reader.heads(step - 1, 1)[0]?.version ?? null));
    if (format === 'patch') await printJson(toPatch(changes), context);
    else if (invocation.json) {
      await printJson({ stream: reader.stream, from: version(from), to: version(to), reducer: label, changes: changeValues(changes) }, context);
    } else await printTree(changes, context);
  }
  opened.reportFailures(report, Math.max(from, to));
  reportStoreProblems(store, report, reader.stream);
};

/** What `diff` was asked for. @throws LeftfoldError usage */
export function readDiff(invocation: Invocation): { format: Format; from: string; to: string } {
  return { format: readFormat(invocation), from: required(invocation, 'from'), to: required(invocation, 'to') };
}

function readFormat({ values }: Invocation): Format {
  const format = values.format ?? 'tree';
  if ((FORMATS as readonly string[]).includes(format)) return format as Format;
  throw new LeftfoldError(usage(`--format must be ${FORMATS.slice(0, -1).join(', ')} or ${FORMATS.at(-1)}, not "${format}".`, 'diff'));
}

function required({ values }: Invocation, name: 'from' | 'to'): string {
  const text = values[name];
  if (text === undefined) throw new LeftfoldError(usage(`"diff" needs --${name}.`, 'diff'));
  return text;
}

async function printJson(value: unknown, { output }: Context): Promise<void> {
  for (const piece of jsonText(value, 2)) await output.write(piece);
  await output.write('\n');
}

/** Changes under the keys they share, each level indented by two. */
async function printTree(changes: readonly Change[], { output, style }: Context): Promise<void> {
  let above: string[] = [];
  const values = changeValues(changes);
  if (values.length === 0) await output.line('no difference');
  for (const change of values) {
    const path = parsePointer(change.path);
    const name = path.pop() ?? '(the state)';
    const same = sharedLength(above, path);
    for (let depth = same; depth < path.length; depth++) await output.line(`${'  '.repeat(depth)}  ${printable(path[depth]!)}`);
    above = path;
    await output.line(`${'  '.repeat(path.length === 0 ? 0 : path.length + 1)}${changeText(change, name, style, (value) => viewOf(value).text)}`);
  }
}

function sharedLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
