import { closeSync, openSync, readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { LeftfoldError } from '../../model/problem';
import { sqliteUnavailable, storeChanged, storeTruncated, storeVanished } from '../../model/problems/store';
import { checkFile, fileState, type FileState } from '../file-watch';
import { copyDatabase } from './copy';
import { asStoreError, sqliteCode, type ErrorFacts } from './errors';
import { readHeader, type DatabaseHeader } from './header';

/** A database opened so that nothing is written to it or beside it. */
export interface OpenedDatabase {
  db: Database;
  /**
   * `immutable`: SQLite takes no locks and sees no later write. `live`: it takes part in the locking and sees what
   * others write. `copy`: a copy in a temporary folder, deleted on closing.
   */
  access: 'immutable' | 'live' | 'copy';
  /** What errors of SQLite mean for this file. */
  facts: ErrorFacts;
  /** Throws store-changed or store-vanished when what was opened is not what lies there now. */
  check(): void;
  close(): void;
}

/**
 * Opens a database without leaving traces. A plain read-only connection would leave `-wal` and `-shm` files beside a
 * database in WAL mode, and refuses one whose journal has to be rolled back, so:
 *
 * - WAL mode at rest (no `-wal`, or an empty one): immutable.
 * - WAL mode in use (`-wal` and `-shm` there): the shared memory is used, read-only.
 * - `-wal` without `-shm`, or a hot rollback journal: from a copy.
 * - Otherwise: read-only; a rollback-journal database never gets a file beside it from a reader.
 *
 * While a live connection to a WAL database is open, its writer cannot remove its own `-wal` and `-shm` on closing.
 * @throws LeftfoldError
 */
export async function openDatabase(path: string, busyTimeoutMs: number): Promise<OpenedDatabase> {
  const create = await loadSqlite(path);
  const before = fileState(path);
  if (!before) throw new LeftfoldError(storeVanished(path));
  const header = readHeader(readStart(path));
  const facts: ErrorFacts = { path, busyTimeoutMs, expectedSize: header?.expectedSize };
  try {
    if (!header) throw new LeftfoldError(storeTruncated(path, Number(before.size), 512));
    return open(create, before, header, facts);
  } catch (error) {
    throw asStoreError(error, facts);
  }
}

type Create = (uri: string, timeout: number) => Database;

function open(create: Create, before: FileState, header: DatabaseHeader, facts: ErrorFacts): OpenedDatabase {
  const { path } = facts;
  const walBytes = fileState(`${path}-wal`)?.size ?? 0n;
  if (header.wal && walBytes === 0n) {
    const db = firstRead(create(uriOf(path, 'immutable=1&mode=ro'), facts.busyTimeoutMs));
    return {
      db,
      access: 'immutable',
      facts,
      check: () => {
        checkFile(path, before, true);
        // A writer's first bytes go to the -wal file; the database itself changes later.
        const wal = fileState(`${path}-wal`);
        if (wal && wal.size > 0n) throw new LeftfoldError(storeChanged(path));
      },
      close: () => db.close(),
    };
  }
  try {
    const db = firstRead(create(uriOf(path, 'mode=ro&readonly_shm=1'), facts.busyTimeoutMs));
    return { db, access: 'live', facts, check: () => checkFile(path, before, false), close: () => db.close() };
  } catch (error) {
    const code = sqliteCode(error) ?? '';
    if (!code.startsWith('SQLITE_CANTOPEN') && !code.startsWith('SQLITE_READONLY')) throw error;
    return openCopy(create, header, facts);
  }
}

/** Reads from a copy, where SQLite may replay the `-wal` or roll the journal back. */
function openCopy(create: Create, header: DatabaseHeader, facts: ErrorFacts): OpenedDatabase {
  const copy = copyDatabase(facts.path, header.wal ? '-wal' : '-journal');
  try {
    const db = firstRead(create(uriOf(copy.path, 'mode=rw'), facts.busyTimeoutMs));
    return {
      db,
      access: 'copy',
      facts,
      check: () => copy.check(),
      close: () => {
        db.close();
        copy.remove();
      },
    };
  } catch (error) {
    copy.remove();
    throw error;
  }
}

/** Opening alone touches no page; a first read finds out whether the file can be read at all. */
function firstRead(db: Database): Database {
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    // Temporary tables (see group-streams) belong in memory, not in files.
    db.pragma('temp_store = memory');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(100);
    return start.subarray(0, readSync(file, start, 0, 100, 0));
  } finally {
    closeSync(file);
  }
}

/** A path as an SQLite URI (https://sqlite.org/uri.html): forward slashes, everything special percent-encoded. */
export function uriOf(path: string, query: string): string {
  const slashes = process.platform === 'win32' ? path.replaceAll('\\', '/').replace(/^(?=[A-Za-z]:)/, '/') : path;
  return `file:${slashes.split('/').map(encodeURIComponent).join('/').replace(/^\/([A-Za-z])%3A\//, '/$1:/')}?${query}`;
}

/** SQLite reads the variable when the addon is first loaded, so the addon is loaded no earlier than here. */
async function loadSqlite(path: string): Promise<Create> {
  process.env['SQLITE_USE_URI'] = '1';
  try {
    const { default: Sqlite } = await import('better-sqlite3');
    new Sqlite(':memory:').close();
    return (uri, timeout) => new Sqlite(uri, { readonly: !uri.endsWith('mode=rw'), fileMustExist: true, timeout });
  } catch (error) {
    throw new LeftfoldError(sqliteUnavailable(path, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)));
  }
}
