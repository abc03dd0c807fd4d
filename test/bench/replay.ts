import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { bareFold } from './bare';
import { LONG_LENGTH, LONG_STREAM } from './make-store';
import { spread, timed } from './measure';
import type { ReplayFigures } from './replay-child';
import type { Row } from './table';
import { loadReducer } from '../../src/replay/load';
import { Replay } from '../../src/replay/replay';
import { openStore } from '../../src/store/registry';

/** The replay of a million events: the whole fold beside a bare loop, then steps, jumps and memory in a process of its own. */
export async function benchReplay(path: string): Promise<Row[]> {
  const fold = await benchFold(path);
  const figures = inChild(path);
  return [
    fold,
    { what: 'Step forward, 95th percentile', value: figures.forward, unit: 'ms', target: { most: 16 } },
    { what: 'Step back, 95th percentile', value: figures.back, unit: 'ms', target: { most: 16 } },
    { what: 'Jump to a random version, 95th percentile', value: figures.jump, unit: 'ms', target: { most: 50 } },
    { what: 'Memory of the process after all of this', value: figures.maxMb, unit: 'MB', target: { most: 400 } },
  ];
}

async function benchFold(path: string): Promise<Row> {
  const reducer = await loadReducer(join(__dirname, 'ledger.mjs'));
  const store = await openStore(path);
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < 5; round++) {
    bare.push(timed(() => bareFold(path, LONG_STREAM, reducer.initial(), (state, event) => reducer.evolve(state, event))).ms);
    const begun = performance.now();
    const replay = new Replay(store.openStream(LONG_STREAM)!, reducer);
    await replay.foldAll();
    ours.push(performance.now() - begun);
    if (replay.folded !== LONG_LENGTH || replay.failureCount > 0) throw new Error('The fold did not come to its end.');
  }
  store.close();
  return { what: 'Whole fold of 1,000,000 events', value: spread(ours).median, unit: 'ms', beside: 'bare read, JSON.parse, reduce', floor: spread(bare).median, target: { ratio: 1.5 } };
}

/** Runs the steps and jumps in a fresh process, so that its memory is that of one timeline alone. */
function inChild(path: string): ReplayFigures {
  const child = join(__dirname, 'replay-child.ts');
  return JSON.parse(execFileSync(process.execPath, ['--import', 'tsx', child, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })) as ReplayFigures;
}
