import { summarise } from '../../engine/summary';
import { eventLine } from '../../export/event-line';
import type { StoredEvent } from '../../model/event';
import type { Problem } from '../../model/problem';
import { EventWindow } from '../../replay/event-window';
import type { StreamReader } from '../../store/contract';
import { readLimit, readRange } from '../args';
import type { Command } from '../command';
import { openStreamFor, reportStoreProblems } from '../open';
import { indexRange } from '../stream-range';
import { Table } from '../table';

/** Heads looked at together when only some types are wanted. */
const PAGE = 1000;

/** `events`: one line for each event, digits as stored. */
export const events: Command = async (invocation, { output, style, report }) => {
  const limit = readLimit(invocation);
  const { from, to } = readRange(invocation);
  const { store, reader } = await openStreamFor(invocation, report);
  const { start, end } = indexRange(reader, from, to);
  const table = new Table(output, style, [
    { title: 'VERSION', align: 'right' },
    { title: 'TIME' },
    { title: 'TYPE' },
    { title: 'DATA', rest: true },
  ]);
  const window = new EventWindow(reader);
  let left = limit;
  for (const index of indexesOf(reader, start, end, invocation.types)) {
    if (left-- <= 0) break;
    const event = window.at(index);
    if (!event) continue;
    const { line, problem } = eventLine(event);
    if (problem) report.event(withPlace(problem, event));
    await (invocation.json ? output.line(line) : table.row(cells(event)));
  }
  await table.end();
  reportStoreProblems(store, report, reader.stream);
};

/** The indexes of the events of these types, all of them where none is named. */
function* indexesOf(reader: StreamReader, start: number, end: number, types: readonly string[]): Generator<number> {
  if (types.length === 0) {
    for (let index = start; index < end; index++) yield index;
    return;
  }
  const wanted = new Set(types);
  for (let at = start; at < end; at += PAGE) {
    for (const { index, type } of reader.heads(at, Math.min(PAGE, end - at))) if (wanted.has(type)) yield index;
  }
}

function cells(event: StoredEvent): string[] {
  return [String(event.version), event.time ?? '', event.type, summarise(event.data)];
}

/** Standard error names the event, by its line where it has one. */
function withPlace(problem: Problem, event: StoredEvent): Problem {
  const where = { ...event.place, ...problem.where, stream: event.stream, version: String(event.version) };
  const named = problem.message.includes(`version ${where.version}`) || where.line !== undefined;
  return { ...problem, where, message: named ? problem.message : `Version ${where.version} of "${event.stream}": ${problem.message}` };
}
