import { jsonText } from '../../export/json-text';
import { EVENT_ROLES, type StoreInfo } from '../../model/store-info';
import type { Command } from '../command';
import { openStoreFor, reportStoreProblems } from '../open';
import { problemLine } from '../report';
import { printable } from '../style';

/** `inspect`: what the store is. With `--json` the StoreInfo, its counts filled in. */
export const inspect: Command = async (invocation, { output, style, report }) => {
  const { store } = await openStoreFor(invocation, report);
  const info = { ...store.info, ...store.counts() };
  if (invocation.json) {
    for (const piece of jsonText(info, 2)) await output.write(piece);
    await output.write('\n');
    reportStoreProblems(store, report);
    return;
  }
  for (const [name, value] of facts(info)) await output.line(`${style.paint('bold', name.padEnd(10))}${printable(value)}`);
  await output.line('');
  await output.line(style.paint('bold', 'Read from'));
  for (const role of EVENT_ROLES) {
    const from = info.mapping[role];
    await output.line(`  ${role.padEnd(10)}${from === null ? style.paint('dim', 'not in this store') : printable(from)}`);
  }
  await output.line('');
  await output.line(style.paint('bold', 'Found'));
  for (const { name, columns } of info.found) await output.line(`  ${printable(name)}: ${printable(columns.join(', '))}`);
  if (info.problemCount > 0) {
    await output.line('');
    await output.line(style.paint('bold', `Could not be read (${info.problemCount})`));
    for (const problem of info.problems) await output.line(`  ${problemLine(problem).replace(/^leftfold: /, '')}`);
  }
  reportStoreProblems(store, report);
};

function facts({ path, kind, dialect, why, events, streams, size }: StoreInfo): [string, string][] {
  return [
    ['Store', path],
    ['Kind', kind === 'sqlite' ? 'SQLite' : 'NDJSON'],
    ['Dialect', dialect],
    ['Because', why],
    ['Streams', String(streams)],
    ['Events', String(events)],
    ['Size', `${size} bytes`],
  ];
}
