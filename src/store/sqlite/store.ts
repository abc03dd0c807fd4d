import { LeftfoldError } from '../../model/problem';
import { rowsWithoutStream } from '../../model/problems/store';
import type { StoreInfo } from '../../model/store-info';
import type { CategoryHead, StreamPage, StreamQuery, StreamSummary } from '../../model/stream';
import { toIsoTime } from '../../model/time';
import type { EventStore, OpenOptions, StreamReader } from '../contract';
import { fileState } from '../file-watch';
import { streamSql, type Layout } from './layout';
import { chooseLayout } from './choose-layout';
import { asStoreError, sqliteCode } from './errors';
import { readTables, type Table } from './introspect';
import { openDatabase, type OpenedDatabase } from './open';
import { countAll } from './queries/count-all';
import { countEvents } from './queries/count-events';
import { countTypes } from './queries/count-types';
import { countWithoutStream, findStream, readEnd } from './queries/find-stream';
import { SqliteReader } from './reader';
import { StreamList } from './stream-list';
import { textOf, versionOf, type SqlValue } from './values';

/** Opens a SQLite event store. Rejects with LeftfoldError. */
export async function openSqliteStore(path: string, options: OpenOptions = {}): Promise<EventStore> {
  const opened = await openDatabase(path, options.busyTimeoutMs ?? 2000);
  try {
    const tables = readTables(opened.db);
    const layout = chooseLayout(opened.db, path, tables, options.mapping);
    return new SqliteStore(path, opened, layout, tables);
  } catch (error) {
    opened.close();
    throw asStoreError(error, opened.facts);
  }
}

class SqliteStore implements EventStore {
  readonly info: StoreInfo;
  private readonly list: StreamList;
  private readonly columns: string[];

  constructor(
    private readonly path: string,
    private readonly opened: OpenedDatabase,
    private readonly layout: Layout,
    tables: Table[],
  ) {
    this.list = new StreamList(opened.db, layout);
    this.columns = tables.find((table) => table.name === layout.table)?.columns.map((column) => column.name) ?? [];
    this.info = this.describe(tables);
  }

  counts(): { events: number; streams: number } {
    return this.guard(() => this.opened.db.prepare(countAll(this.layout)).get() as { events: number; streams: number });
  }

  categories(): CategoryHead[] {
    return this.guard(() => (this.layout.columns.stream === null ? [{ category: null }] : this.list.categories()));
  }

  streams(query: StreamQuery): StreamPage {
    if (this.layout.columns.stream !== null) return this.guard(() => this.list.page(query));
    const summary = this.summary(this.layout.table);
    const wanted = query.category == null && (query.after === undefined || query.after < this.layout.table) &&
      this.layout.table.toLowerCase().includes((query.match ?? '').toLowerCase());
    return { streams: summary && wanted ? [summary] : [] };
  }

  summary(stream: string): StreamSummary | undefined {
    return this.guard(() => {
      const { db } = this.opened;
      const stored = this.find(stream);
      if (stored === undefined) return undefined;
      const { events } = db.prepare(countEvents(this.layout)).get({ stream: stored }) as { events: number };
      const [first, last] = (['first', 'last'] as const).map(
        (end) => db.prepare(readEnd(this.layout, end)).safeIntegers().get({ stream: stored }) as { version: SqlValue; time: SqlValue; category: SqlValue },
      );
      return {
        stream,
        category: this.category(stream, last?.category ?? null),
        version: this.layout.columns.version === null ? events : (versionOf(last?.version ?? null) ?? -1),
        lastTime: toIsoTime(last?.time ?? null),
        events,
        firstTime: toIsoTime(first?.time ?? null),
      };
    });
  }

  types(stream: string): { type: string; count: number }[] {
    return this.guard(() => {
      const stored = this.find(stream);
      if (stored === undefined) return [];
      const rows = this.opened.db.prepare(countTypes(this.layout)).all({ stream: stored }) as { type: SqlValue; count: number }[];
      return rows.map(({ type, count }) => ({ type: textOf(type) ?? 'unknown', count }));
    });
  }

  openStream(stream: string): StreamReader | undefined {
    return this.guard(() => {
      const stored = this.find(stream);
      if (stored === undefined) return undefined;
      const row = this.opened.db.prepare(readEnd(this.layout, 'last')).get({ stream: stored }) as { category: SqlValue } | undefined;
      const facts = { db: this.opened.db, layout: this.layout, path: this.path, stream: stored };
      return new SqliteReader(stream, this.category(stream, row?.category ?? null), facts, (read) => this.guard(read), this.columns);
    });
  }

  check(): void {
    this.opened.check();
  }

  close(): void {
    this.opened.close();
  }

  /** The stored id of a stream (null where all events are one stream), undefined when there is none. */
  private find(stream: string): SqlValue | undefined {
    if (this.layout.columns.stream !== null) return this.list.stored(stream);
    const some = stream === this.layout.table && this.opened.db.prepare(findStream(this.layout)).get() !== undefined;
    return some ? null : undefined;
  }

  private category(stream: string, stored: SqlValue): string | null {
    return this.layout.columns.stream === null ? null : this.list.category(stream, stored);
  }

  /**
   * Every read goes through here. What was read while the file changed is not handed out: an immutable connection
   * would give a mixture of old and new pages.
   */
  private guard<T>(read: () => T): T {
    this.opened.check();
    try {
      return read();
    } catch (error) {
      if (sqliteCode(error) !== undefined) this.opened.check();
      throw error instanceof LeftfoldError ? error : asStoreError(error, this.opened.facts);
    } finally {
      if (this.opened.access === 'immutable') this.opened.check();
    }
  }

  private describe(tables: Table[]): StoreInfo {
    const { layout, path } = this;
    const { columns } = layout;
    const problems = [];
    const stream = streamSql(layout);
    // Counted only where the index answers it at once.
    if (stream !== null && columns.stream !== null && layout.indexed !== null) {
      const { rows } = this.opened.db.prepare(countWithoutStream(layout, stream)).get() as { rows: number };
      if (rows > 0) problems.push(rowsWithoutStream({ file: path, table: layout.table }, rows, columns.stream));
    }
    const bytes = ['', '-wal'].map((end) => fileState(path + end)?.size ?? 0n);
    return {
      path,
      kind: 'sqlite',
      dialect: layout.dialect,
      why: layout.why,
      mapping: columns,
      found: tables.map((table) => ({ name: table.name, columns: table.columns.map((column) => column.name) })),
      events: null,
      streams: null,
      size: Number(bytes.reduce((sum, size) => sum + size, 0n)),
      problems,
      problemCount: problems.length,
    };
  }
}
