// A process that keeps a WAL database open and appends an event to order-0001 at the start and on each "more".
const Sqlite = require('better-sqlite3');

const db = new Sqlite(process.argv[2]);
const append = db.prepare(
  `INSERT INTO events(stream_id, version, event_type, data) SELECT stream_id, max(version) + 1, 'More', '{}' FROM events WHERE stream_id = 'order-0001'`,
);

function more() {
  append.run();
  process.send('ready');
}

process.on('message', (word) => {
  if (word === 'more') more();
  else {
    db.close();
    process.exit(0);
  }
});
more();
