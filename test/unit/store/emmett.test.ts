import assert from 'node:assert/strict';
import { readPayload } from '../../../src/model/payload';
import type { EventStore } from '../../../src/store/contract';
import { openStore } from '../../../src/store/registry';
import { copyFileSync } from 'node:fs';
import { sqlFile, tempFolder } from '../../support/stores';
import { traces } from '../../contract/traces';

const FILE = 'test/fixtures/stores/emmett.db';

/** What the application that wrote the fixture appended. */
const STREAMS = [
  { stream: 'account:9001', category: 'emt:unknown', events: 8 },
  { stream: 'order-2026-000417', category: 'order', events: 8 },
  { stream: 'shopping_cart-3f2b6c1e-8f0c-4c55-9f0e-0a3d3c0b2a11', category: 'shopping_cart', events: 8 },
  { stream: 'shopping_cart-7d9e2a40-5b6f-4a1d-8a57-6f2a1c9b3e22', category: 'shopping_cart', events: 3 },
];

describe("emmett's SQLite store, written by emmett", () => {
  let store: EventStore;
  before(async () => (store = await openStore(FILE)));
  after(() => store.close());

  it('is recognised by its tables', () => {
    assert.equal(store.info.dialect, 'emmett');
    assert.match(store.info.why, /emt_messages and emt_streams; commands .* and archived messages are left out/);
    assert.deepEqual(store.info.found.map(({ name }) => name).sort(), ['emt_messages', 'emt_processors', 'emt_projections', 'emt_streams']);
  });

  it('lists its streams with the category emmett gave them', () => {
    const { streams, next } = store.streams({ limit: 10 });
    assert.equal(next, undefined);
    assert.deepEqual(streams.map(({ stream, category, version }) => ({ stream, category, events: version })), STREAMS);
    assert.deepEqual(store.categories(), [{ category: 'emt:unknown', streams: 1 }, { category: 'order', streams: 1 }, { category: 'shopping_cart', streams: 2 }]);
    assert.deepEqual(store.streams({ limit: 1, category: 'shopping_cart' }), { streams: [streams[2]], next: STREAMS[2]?.stream });
    assert.deepEqual(store.streams({ limit: 9, match: 'CART-7' }).streams, [streams[3]]);
    assert.deepEqual(store.streams({ limit: 9, match: '-', after: 'order-2026-000417' }).streams.length, 2);
  });

  it('reads events as they were appended', () => {
    const reader = store.openStream('account:9001');
    assert.equal(reader?.length, 8);
    assert.deepEqual(reader.heads(0, 99).map(({ version, type }) => [version, type]), [
      [1, 'AccountOpened'], [2, 'MoneyDeposited'], [3, 'MoneyWithdrawn'], [4, 'MoneyDeposited'], [5, 'AccountFrozen'], [6, 'AccountUnfrozen'], [7, 'MoneyWithdrawn'], [8, 'AccountClosed'],
    ]);
    const [first] = reader.read(0, 1);
    assert.ok(first);
    assert.equal(first.position, 10);
    assert.equal(first.id, 'b676e805-99e0-4b9b-a2d1-f48e5f483b16');
    assert.equal(first.time, '2026-11-21T07:15:11Z');
    assert.deepEqual(readPayload(first.data, 'exact').value, { owner: 'Ada', currency: 'USD' });
    assert.deepEqual(readPayload(first.metadata, 'exact').value, { streamName: 'account:9001', messageId: 'b676e805-99e0-4b9b-a2d1-f48e5f483b16', streamPosition: '1' });
    for (const { stream, events } of STREAMS) assert.equal(store.summary(stream)?.events, events);
  });

  it('leaves commands and archived messages out', async () => {
    const folder = tempFolder();
    const copy = folder.file('emmett.db');
    copyFileSync(FILE, copy);
    const insert = (version: number, kind: string, archived: number): string =>
      `INSERT INTO emt_messages(stream_id, stream_position, partition, message_kind, message_data, message_metadata, message_schema_version, message_type, message_id, is_archived)
       VALUES ('account:9001', ${version}, 'emt:default', '${kind}', '{}', '{}', '1', 'Added', 'id-${version}-${archived}', ${archived})`;
    sqlFile(copy, insert(9, 'C', 0), insert(8, 'E', 1), insert(10, 'E', 0));
    const before = traces(folder.path);
    const changed = await openStore(copy);
    assert.deepEqual(changed.openStream('account:9001')?.heads(6, 99).map(({ version, type }) => [version, type]), [[7, 'MoneyWithdrawn'], [8, 'AccountClosed'], [10, 'Added']]);
    assert.equal(changed.summary('account:9001')?.events, 9);
    assert.equal(changed.streams({ limit: 1 }).streams[0]?.version, 10);
    changed.close();
    assert.deepEqual(traces(folder.path), before);
    folder.remove();
  });
});
