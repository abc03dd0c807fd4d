import { openStore } from '../../src/store/registry';
import { barePage, bareStreams } from './bare';
import { LONG_LENGTH, LONG_STREAM } from './make-store';
import { race, spread, timed } from './measure';
import type { Row } from './table';

const PAGE = 200;

/** What a person waits for before anything is folded: the tree's first streams, and a stream's first page. */
export async function benchStores(path: string): Promise<Row[]> {
  const store = await openStore(path);
  const streams = race({ leftfold: () => store.streams({ limit: PAGE }), floor: bareStreams(path, PAGE) });
  const reader = store.openStream(LONG_STREAM);
  if (!reader) throw new Error(`The store has no stream ${LONG_STREAM}.`);
  const page = race({ leftfold: () => reader.read(0, PAGE), floor: barePage(path, LONG_STREAM, PAGE) });
  const whole = timed(() => {
    let rows = 0;
    for (let at = 0; at < reader.length; at += 1000) rows += reader.read(at, 1000).length;
    if (rows !== LONG_LENGTH) throw new Error(`Read ${rows} of ${LONG_LENGTH} events.`);
  });
  store.close();
  const openings: number[] = [];
  for (let i = 0; i < 5; i++) {
    const begun = performance.now();
    const fresh = await openStore(path);
    fresh.openStream(LONG_STREAM)?.read(0, PAGE);
    openings.push(performance.now() - begun);
    fresh.close();
  }
  return [
    { what: `First ${PAGE} streams of the tree`, value: streams['leftfold']!, unit: 'ms', beside: 'bare skipping query', floor: streams['floor']!, target: { ratio: 3 } },
    { what: `First page (${PAGE}) of the stream of 1,000,000`, value: page['leftfold']!, unit: 'ms', beside: 'bare SQL', floor: page['floor']!, target: { ratio: 3 } },
    { what: 'Open the store, the stream and its first page', value: spread(openings).median, unit: 'ms', beside: 'reading the stream whole', floor: whole.ms, target: { ratio: 0.1 } },
  ];
}
