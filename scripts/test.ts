// npm test [kind]…: runs every kind of test, or the ones named, and adds up what passed and failed.
// A kind that fails stops none of the others.
import { main } from './lib/command';
import { kinds } from './lib/test-kinds';
import type { Counts, Kind } from './lib/test-kinds';

main(async () => {
  const [names, grep] = splitArguments(process.argv.slice(2));
  const unknown = names.filter((name) => !kinds.some((kind) => kind.name === name));
  if (unknown.length > 0) {
    console.error(`No kind of test is called ${unknown.join(', ')}: there are ${kinds.map((kind) => kind.name).join(', ')}.`);
    return 2;
  }
  const wanted = names.length > 0 ? kinds.filter((kind) => names.includes(kind.name)) : kinds;
  // What takes minutes to install on a fresh machine is fetched while the first kinds run.
  for (const kind of wanted) kind.prepare?.().catch(() => undefined);
  const results: { kind: Kind; counts: Counts; seconds: number }[] = [];
  for (const kind of wanted) {
    console.log(`\n== ${kind.name}: ${kind.title}`);
    const start = performance.now();
    const counts = await runKind(kind, grep);
    const seconds = (performance.now() - start) / 1000;
    results.push({ kind, counts, seconds });
    console.log(`== ${kind.name}: ${describe(counts)} in ${seconds.toFixed(1)} s`);
  }
  if (results.length > 1) {
    console.log('');
    for (const { kind, counts, seconds } of results) {
      console.log(`${counts.failed > 0 ? '✘' : '✔'} ${kind.name.padEnd(9)} ${describe(counts).padEnd(36)} ${seconds.toFixed(1).padStart(6)} s`);
    }
  }
  const sum = (key: keyof Counts) => results.reduce((total, { counts }) => total + counts[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
  return sum('failed') > 0 ? 1 : 0;
});

/** A kind that cannot run at all counts as one failure. */
async function runKind(kind: Kind, grep: string[]): Promise<Counts> {
  try {
    await kind.prepare?.();
    return await kind.run(grep);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Names of kinds, and what follows them for mocha (`--grep text`). */
function splitArguments(args: string[]): [string[], string[]] {
  const first = args.findIndex((arg) => arg.startsWith('-'));
  return first < 0 ? [args, []] : [args.slice(0, first), args.slice(first)];
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
