import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ledgerLines } from '../../../scripts/examples/ledger';
import { shopStory } from '../../../scripts/examples/shop';
import { root } from '../../../scripts/lib/paths';

const examples = join(root, 'examples');

describe('the examples', () => {
  it('hold the ledger that the script writes', () => {
    assert.equal(readFileSync(join(examples, 'ledger.ndjson'), 'utf8'), `${ledgerLines().join('\n')}\n`);
  });

  it('hold the shop that the script tells emmett to write', () => {
    const folder = mkdtempSync(join(tmpdir(), 'leftfold-examples-'));
    try {
      // A copy, because reading a database of this kind leaves files beside it.
      const file = join(folder, 'shop.db');
      copyFileSync(join(examples, 'shop.db'), file);
      const database = new Database(file);
      const rows = database
        .prepare('SELECT stream_id, message_type, message_data, created FROM emt_messages ORDER BY global_position')
        .raw()
        .all() as string[][];
      database.close();
      const told = shopStory().flatMap(({ stream, time, events }) =>
        events.map(({ type, data }) => [stream, type, JSON.stringify(data), time.slice(0, 19).replace('T', ' ')]),
      );
      assert.deepEqual(rows, told);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
