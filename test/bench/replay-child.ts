// One timeline as its engine runs it: folds the long stream, then steps and jumps. Prints the figures as JSON.
import { join } from 'node:path';
import { diff } from '../../src/diff/diff';
import { loadReducer } from '../../src/replay/load';
import { Replay } from '../../src/replay/replay';
import { openStore } from '../../src/store/registry';
import { LONG_STREAM } from './make-store';
import { spread } from './measure';

/** 95th percentiles, ms: of several walks the middle one, so that a busy moment of the machine does not decide. */
export interface ReplayFigures {
  forward: number;
  back: number;
  jump: number;
  /** The most memory the process ever had, MB (10^6 bytes). */
  maxMb: number;
}

async function main(path: string): Promise<void> {
  const store = await openStore(path);
  const replay = new Replay(store.openStream(LONG_STREAM)!, await loadReducer(join(__dirname, 'ledger.mjs')));
  await replay.foldAll();
  let seed = 1;
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  // A step as a person sees it: both states and the difference between them.
  const look = async (step: number, times: number[]) => {
    const begun = performance.now();
    const { before, after } = await replay.seekPair(step);
    diff(before, after);
    times.push(performance.now() - begun);
  };
  const p95s = { forward: [] as number[], back: [] as number[], jump: [] as number[] };
  for (let walk = 0; walk < 7; walk++) {
    const times = { forward: [] as number[], back: [] as number[], jump: [] as number[] };
    let at = 1000 + random(replay.length - 2000);
    for (let i = 0; i < 200; i++) await look(++at, times.forward);
    for (let i = 0; i < 400; i++) await look(--at, times.back);
    for (let i = 0; i < 100; i++) await look(1 + random(replay.length), times.jump);
    for (const kind of ['forward', 'back', 'jump'] as const) p95s[kind].push(spread(times[kind]).p95);
  }
  store.close();
  const figures: ReplayFigures = {
    forward: spread(p95s.forward).median,
    back: spread(p95s.back).median,
    jump: spread(p95s.jump).median,
    maxMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
  process.stdout.write(JSON.stringify(figures));
}

// Only when run as a process: replay.ts imports the type alone.
void main(process.argv[2]!);
