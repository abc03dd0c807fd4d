/** What the first 100 bytes of a database file say (https://sqlite.org/fileformat2.html#the_database_header). */
export interface DatabaseHeader {
  wal: boolean;
  /** Bytes. */
  pageSize: number;
  /** Bytes the file must have, undefined where the header's count is not kept up to date. */
  expectedSize: number | undefined;
}

export const SQLITE_MAGIC = 'SQLite format 3\0';

/** Whether a file that begins with these bytes calls itself a SQLite database. */
export function hasSqliteMagic(start: Buffer): boolean {
  return start.length >= 16 && start.toString('latin1', 0, 16) === SQLITE_MAGIC;
}

/** @param start at least the first 100 bytes; fewer give undefined */
export function readHeader(start: Buffer): DatabaseHeader | undefined {
  if (start.length < 100 || !hasSqliteMagic(start)) return undefined;
  const size = start.readUInt16BE(16);
  const pageSize = size === 1 ? 65536 : size;
  const pages = start.readUInt32BE(28);
  const counted = pages > 0 && start.readUInt32BE(24) === start.readUInt32BE(92);
  return { wal: start[18] === 2 && start[19] === 2, pageSize, expectedSize: counted ? pages * pageSize : undefined };
}
