// Measures what must be quick, each beside its floor or peer in the same run, and writes docs/benchmarks.md.
//
//   npm run bench              all of it (the store of 2,000,000 events is made once, in .cache/bench)
//   npm run bench -- diff      one part: stores, replay or diff; nothing is written
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchDiff } from './diff';
import { benchStore } from './make-store';
import { benchReplay } from './replay';
import { benchStores } from './stores';
import { met, toTable, type Row } from './table';

const root = join(__dirname, '..', '..');

const PARTS: Record<string, (store: () => string) => Row[] | Promise<Row[]>> = {
  stores: (store) => benchStores(store()),
  replay: (store) => benchReplay(store()),
  diff: () => benchDiff(),
};

async function main(only: string | undefined): Promise<void> {
  if (only !== undefined && !Object.hasOwn(PARTS, only)) throw new Error(`No part "${only}"; there are ${Object.keys(PARTS).join(', ')}.`);
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (only !== undefined && only !== name) continue;
    console.error(`Measuring ${name}…`);
    rows.push(...(await part(() => benchStore(root))));
  }
  process.stdout.write(`${toTable(rows)}\n`);
  if (only === undefined) write(rows);
  const missed = rows.filter((row) => !met(row)).length;
  process.stdout.write(`\n${rows.length - missed} of ${rows.length} within their target\n`);
  if (missed > 0) process.exitCode = 1;
}

function write(rows: Row[]): void {
  const folder = join(root, 'docs');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'benchmarks.md'),
    `# Benchmarks

Each figure stands beside its floor or peer, measured in the same run on the same machine, so that the ratio means
something on another machine too. \`npm run bench\` measures anew and writes this file.

${machine()}

${toTable(rows)}

The store is a SQLite file of 2,000,000 events (about 590 MB): 20,000 streams of 50 events and one of 1,000,000. The
reducer is a module that returns a new state for each event and takes about a microsecond. A step or a jump is
timed with both its states and the difference between them. Memory is the most the process ever had. "Beside" is the
best of jsondiffpatch, microdiff and fast-json-patch for differences; a ratio of up to 1.1 counts as equal there.
`,
  );
}

function machine(): string {
  const [cpu] = cpus();
  return `${cpu?.model.trim() ?? 'Unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform} ${process.arch}.`;
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
