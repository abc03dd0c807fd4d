import type { Database, Statement } from 'better-sqlite3';
import { LeftfoldError } from '../../model/problem';
import { storeChanged } from '../../model/problems/store';
import { canonicalInteger, type Version } from '../../model/version';
import type { Layout } from './layout';
import { findRepeatedVersion, measureVersions } from './queries/count-events';
import { listRows, readByOffset, readByRowid, readByVersion, type Selection } from './queries/read-events';
import { versionOf, type SqlValue } from './values';

/** How the events of one stream are reached by index. */
export interface Addresses {
  readonly length: number;
  /** Rows `start` (inclusive) to `end` (exclusive), all within the length. */
  rows(selection: Selection, start: number, end: number): SqlValue[][];
  /** The version at an index as stored; undefined where it is no integer. Only for layouts with a version. */
  versionAt(index: number): Version | undefined;
  /** The same for searching: never falls; an unreadable version counts as the one before it. */
  keyAt(index: number): Version;
}

export interface StreamFacts {
  db: Database;
  layout: Layout;
  path: string;
  /** The stored value of the stream's id. */
  stream: SqlValue;
}

/**
 * The cheapest way that is exact: arithmetic on versions where they run without gap or repeat (no memory), else a
 * typed array of rowids, else counting rows from the start.
 */
export function addressStream(facts: StreamFacts): Addresses {
  return byVersion(facts) ?? (facts.layout.rowKey.by === 'rowid' ? byRowid(facts) : byOffset(facts));
}

/** Statements prepared when first needed, one for each selection. */
function prepared(facts: StreamFacts, sql: (layout: Layout, selection: Selection) => string): (selection: Selection) => Reading {
  const known = new Map<Selection, Reading>();
  return (selection) => {
    let reading = known.get(selection);
    if (!reading) {
      const statement = facts.db.prepare(sql(facts.layout, selection)).raw();
      reading = new Reading(statement, 'stored' in selection);
      known.set(selection, reading);
    }
    return reading;
  };
}

/**
 * Runs a statement so that 64-bit integers keep their digits: numbers are read as doubles, which is twice as quick,
 * until one comes that a double may have rounded; from then on all are read as bigint.
 */
class Reading {
  constructor(
    private readonly statement: Statement,
    private exact: boolean,
  ) {
    statement.safeIntegers(exact);
  }

  all(parameters: unknown): SqlValue[][] {
    const rows = this.statement.all(parameters) as SqlValue[][];
    return this.exact || rows.every(isExact) ? rows : this.again(() => this.statement.all(parameters) as SqlValue[][]);
  }

  get(parameter: unknown): SqlValue[] | undefined {
    const row = this.statement.get(parameter) as SqlValue[] | undefined;
    return this.exact || row === undefined || isExact(row) ? row : this.again(() => this.statement.get(parameter) as SqlValue[]);
  }

  private again<T>(read: () => T): T {
    this.exact = true;
    this.statement.safeIntegers(true);
    return read();
  }
}

function isExact(row: SqlValue[]): boolean {
  for (const value of row) if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return false;
  return true;
}

interface Measure {
  events: bigint;
  integers: number;
  first: bigint | null;
  last: bigint | null;
}

function byVersion(facts: StreamFacts): Addresses | undefined {
  const { db, layout, path, stream } = facts;
  if (layout.columns.version === null || !layout.integerVersions || layout.indexed !== 'stream-version') return undefined;
  const measure = db.prepare(measureVersions(layout)).safeIntegers().get({ stream }) as Measure;
  const { events, first, last } = measure;
  if (events === 0n) return { length: 0, rows: () => [], versionAt: () => undefined, keyAt: () => 0 };
  if (typeof first !== 'bigint' || typeof last !== 'bigint' || measure.integers !== Number(events)) return undefined;
  if (last - first + 1n !== events) return undefined;
  if (!layout.uniqueVersions && db.prepare(findRepeatedVersion(layout)).get({ stream }) !== undefined) return undefined;
  const reading = prepared(facts, readByVersion);
  const safe = first >= BigInt(Number.MIN_SAFE_INTEGER) && last <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(first) : undefined;
  const versionAt = (index: number): Version => (safe === undefined ? canonicalInteger(first + BigInt(index)) : safe + index);
  return {
    length: Number(events),
    rows: (selection, start, end) => {
      const rows = reading(selection).all({ stream, from: versionAt(start), to: versionAt(end - 1) });
      if (rows.length !== end - start) throw new LeftfoldError(storeChanged(path));
      return rows;
    },
    versionAt,
    keyAt: versionAt,
  };
}

function byRowid(facts: StreamFacts): Addresses {
  const { db, layout, path, stream } = facts;
  const list = db.prepare(listRows(layout)).raw().safeIntegers().iterate({ stream }) as IterableIterator<[bigint, SqlValue]>;
  const found: bigint[] = [];
  const versions: (Version | undefined)[] = [];
  for (const [row, version] of list) {
    found.push(row);
    if (layout.columns.version !== null) versions.push(versionOf(version));
  }
  const rows = BigInt64Array.from(found);
  const reading = prepared(facts, readByRowid);
  return {
    length: rows.length,
    rows: (selection, start, end) => {
      const one = reading(selection);
      const result: SqlValue[][] = [];
      for (let i = start; i < end; i++) {
        const row = one.get(rows[i]);
        if (!row) throw new LeftfoldError(storeChanged(path));
        result.push(row);
      }
      return result;
    },
    ...searchable(versions),
  };
}

function searchable(versions: (Version | undefined)[]): Pick<Addresses, 'versionAt' | 'keyAt'> {
  let keys: Version[] | undefined;
  if (versions.includes(undefined)) {
    let last: Version = -Infinity;
    keys = versions.map((version) => (last = version !== undefined && version > last ? version : last));
  }
  return { versionAt: (index) => versions[index], keyAt: (index) => (keys ?? versions)[index] ?? -Infinity };
}

function byOffset(facts: StreamFacts): Addresses {
  const { db, layout, path, stream } = facts;
  const list = db.prepare(listRows(layout)).raw().safeIntegers().all({ stream }) as [null, SqlValue][];
  const versions = list.map(([, version]) => versionOf(version));
  const reading = prepared(facts, readByOffset);
  return {
    length: versions.length,
    rows: (selection, start, end) => {
      const rows = reading(selection).all({ stream, start, count: end - start });
      if (rows.length !== end - start) throw new LeftfoldError(storeChanged(path));
      return rows;
    },
    ...searchable(versions),
  };
}
