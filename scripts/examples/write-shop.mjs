// node write-shop.mjs <story.json> <file>: lets emmett write the story into an SQLite file.
//
// Emmett draws its message ids from crypto.randomUUID and stamps every row with the current time. For a file that is
// the same each time, the ids are drawn from the story's seed and the column `created` is set to the story's times
// once everything is written, as an import of old events would. Everything else is as emmett writes it.
import crypto from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [storyFile, file] = process.argv.slice(2);
const { ids, appends } = JSON.parse(readFileSync(storyFile, 'utf8'));
crypto.randomUUID = () => ids.shift();
syncBuiltinESMExports();
const { getSQLiteEventStore, sqliteConnection } = await import('@event-driven-io/emmett-sqlite');

for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
const connection = sqliteConnection({ fileName: file });
const store = getSQLiteEventStore({ fileName: file, connectionOptions: { singleton: true, connection } });
const times = [];
for (const { time, stream, events } of appends) {
  await store.appendToStream(stream, events);
  for (let i = 0; i < events.length; i++) times.push(time.slice(0, 19).replace('T', ' '));
}
await connection.withTransaction(async () => {
  for (const [i, time] of times.entries()) {
    await connection.command('UPDATE emt_messages SET created = ? WHERE global_position = ?', [time, i + 1]);
  }
});
await connection.command('VACUUM');
await connection.query('PRAGMA wal_checkpoint(TRUNCATE)');
connection.close();
