// npm run examples: writes examples/shop.db and examples/ledger.ndjson anew, the same bytes each time.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError, main, run } from './lib/command';
import { root } from './lib/paths';
import { ledgerLines } from './examples/ledger';
import { Random } from './examples/random';
import { shopStory } from './examples/shop';

const folder = join(root, 'scripts', 'examples');

main(async () => {
  const ledger = join(root, 'examples', 'ledger.ndjson');
  const lines = ledgerLines();
  writeFileSync(ledger, `${lines.join('\n')}\n`);
  tell(ledger, lines.length);
  const shop = join(root, 'examples', 'shop.db');
  tell(shop, await writeShop(shop));
  return 0;
});

/** @returns the number of events */
async function writeShop(file: string): Promise<number> {
  if (!existsSync(join(folder, 'node_modules'))) {
    console.log('Installing emmett, which writes the shop (once)');
    const code = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, shell: process.platform === 'win32' });
    if (code !== 0) throw new SetupError('npm ci failed in scripts/examples. See above for what it said.');
  }
  const appends = shopStory();
  const events = appends.reduce((sum, append) => sum + append.events.length, 0);
  const random = new Random(42);
  const temp = mkdtempSync(join(tmpdir(), 'leftfold-examples-'));
  try {
    const story = join(temp, 'story.json');
    writeFileSync(story, JSON.stringify({ ids: Array.from({ length: events + 100 }, () => random.uuid()), appends }));
    if ((await run(process.execPath, [join(folder, 'write-shop.mjs'), story, file])) !== 0) throw new SetupError('The shop was not written.');
    return events;
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function tell(file: string, events: number): void {
  console.log(`${file}: ${events} events, ${(statSync(file).size / 1e6).toFixed(2)} MB`);
}
