import { toJson } from '../../model/json';
import type { StreamQuery, StreamSummary } from '../../model/stream';
import { readLimit } from '../args';
import type { Command } from '../command';
import { openStoreFor, reportStoreProblems } from '../open';
import { Table } from '../table';

const PAGE = 500;

/** `streams`: one line for each stream, sorted by id. */
export const streams: Command = async (invocation, { output, style, report }) => {
  const limit = readLimit(invocation);
  const { category, match, after } = invocation.values;
  const { store } = await openStoreFor(invocation, report);
  const table = new Table(output, style, [
    { title: 'STREAM' },
    { title: 'CATEGORY' },
    { title: 'VERSION', align: 'right' },
    { title: 'EVENTS', align: 'right' },
    { title: 'FIRST' },
    { title: 'LAST' },
  ]);
  let left = limit;
  let found = 0;
  let next = after;
  do {
    const query: StreamQuery = {
      limit: Math.min(left, PAGE),
      ...(category === undefined ? {} : { category: category === '' ? null : category }),
      ...(match === undefined ? {} : { match }),
      ...(next === undefined ? {} : { after: next }),
    };
    const page = store.streams(query);
    for (const head of page.streams) {
      // A stream that went away since the page was read is not there to be listed.
      const summary = store.summary(head.stream);
      if (!summary) continue;
      await (invocation.json ? output.line(streamLine(summary)) : table.row(cells(summary)));
    }
    left -= page.streams.length;
    found += page.streams.length;
    next = page.next;
  } while (left > 0 && next !== undefined);
  await table.end();
  if (!invocation.json && found === 0) report.note('No stream matches.');
  reportStoreProblems(store, report);
};

function streamLine({ stream, category, version, events, firstTime, lastTime }: StreamSummary): string {
  return toJson({ stream, category, version, events, firstTime, lastTime });
}

function cells({ stream, category, version, events, firstTime, lastTime }: StreamSummary): string[] {
  return [stream, category ?? '', String(version), String(events), firstTime ?? '', lastTime ?? ''];
}
