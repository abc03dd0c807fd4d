import type { Database, Statement } from 'better-sqlite3';
import type { CategoryHead, StreamHead, StreamPage, StreamQuery } from '../../model/stream';
import { toIsoTime } from '../../model/time';
import { areCategories, categoryFromName, categoryRange, MOST_CATEGORIES } from '../category-names';
import { streamSql, type Layout } from './layout';
import { findStream } from './queries/find-stream';
import { groupStreams } from './queries/group-streams';
import { listCategories } from './queries/list-categories';
import { listGrouped } from './queries/list-grouped';
import { walkStreams, type StreamWalk } from './queries/walk-streams';
import { streamCandidates, streamText, textOf, versionOf, type SqlValue } from './values';

interface Row {
  id: SqlValue;
  version: SqlValue;
  time: SqlValue;
  category: SqlValue;
}

/** Lists the streams of a database that has a stream column: pages by keyset, filters, categories. */
export class StreamList {
  private readonly statements = new Map<string, Statement>();
  private grouped = false;
  private fromNames: boolean | undefined;
  private known: CategoryHead[] | undefined;

  constructor(
    private readonly db: Database,
    private readonly layout: Layout,
  ) {
    // SQLite's lower() knows ASCII alone.
    db.function('leftfold_contains', { deterministic: true, safeIntegers: true }, (id, text) => (streamText(id as SqlValue).toLowerCase().includes(String(text)) ? 1 : 0));
    db.function('leftfold_category', { deterministic: true, safeIntegers: true }, (id) => categoryFromName(streamText(id as SqlValue)));
  }

  /** Whether categories are the beginnings of the names, where the database has none of its own. */
  get categoriesFromNames(): boolean {
    const { streams, columns } = this.layout;
    return (this.fromNames ??= streams === null && columns.category === null && this.looksCategorised());
  }

  page(query: StreamQuery): StreamPage {
    if (query.category !== undefined && !this.hasCategory(query.category)) return { streams: [] };
    if (query.category === null && this.categoriesFromNames) return this.pageWithoutCategory(query);
    const parameters: Record<string, SqlValue> = { limit: Math.max(1, query.limit) + 1 };
    const walk: StreamWalk = { after: false, upTo: false };
    if (query.after !== undefined) {
      walk.after = true;
      parameters['after'] = this.stored(query.after) ?? query.after;
    }
    this.filter(query, walk, parameters);
    const rows = this.rows(this.statement(this.sql(walk)), parameters);
    const streams = rows.slice(0, query.limit).map((row) => this.head(row));
    const last = streams.at(-1);
    return rows.length > query.limit && last ? { streams, next: last.stream } : { streams };
  }

  /** As bigint only where a double may have rounded: twice as quick. */
  private rows(statement: Statement, parameters: Record<string, SqlValue>): Row[] {
    const rows = statement.safeIntegers(false).all(parameters) as Row[];
    const rounded = (value: SqlValue): boolean => typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    return rows.some(({ id, version, time }) => rounded(version) || rounded(time) || rounded(id)) ? (statement.safeIntegers(true).all(parameters) as Row[]) : rows;
  }

  categories(): CategoryHead[] {
    return (this.known ??= this.listCategories());
  }

  /** The category of a stream by its name or by what a row holds. */
  category(stream: string, stored: SqlValue): string | null {
    return this.categoriesFromNames ? categoryFromName(stream) : textOf(stored);
  }

  /** The value stored for a stream id, undefined when the store has no such stream. */
  stored(stream: string): SqlValue | undefined {
    const find = this.statement(findStream(this.layout));
    return streamCandidates(stream).find((candidate) => find.get({ stream: candidate }) !== undefined && this.isExactly(candidate, stream));
  }

  /** Column affinity may match `1` for `01`, and a collation `A` for `a`. */
  private isExactly(candidate: SqlValue, stream: string): boolean {
    const row = this.db.prepare(findStream(this.layout).replace('SELECT 1', `SELECT ${streamSql(this.layout)} AS id`)).safeIntegers().get({ stream: candidate }) as { id: SqlValue };
    return streamText(row.id) === stream;
  }

  private filter(query: StreamQuery, walk: StreamWalk, parameters: Record<string, SqlValue>): void {
    const conditions: string[] = [];
    if (query.match !== undefined && query.match !== '') {
      parameters['match'] = query.match.toLowerCase();
      conditions.push(isAscii(query.match) && this.textIds() ? 'instr(lower(ids.id), :match) > 0' : 'leftfold_contains(ids.id, :match)');
      walk.fromStreamsTable = true;
    }
    if (typeof query.category === 'string' && this.categoriesFromNames) {
      parameters['category'] = query.category;
      conditions.push('leftfold_category(ids.id) IS :category');
      const range = categoryRange(query.category);
      if (query.after === undefined || query.after < range.from) {
        parameters['after'] = range.from;
        walk.inclusive = true;
      }
      parameters['upTo'] = range.to;
      walk.after = true;
      walk.upTo = true;
    } else if (query.category !== undefined) {
      parameters['category'] = query.category;
      walk.categoryCondition = 'category IS :category';
      walk.fromStreamsTable = query.category !== null;
    }
    if (conditions.length > 0) walk.idCondition = conditions.join(' AND ');
  }

  /** Streams whose names have no category: those of each category are jumped over, not gone through. */
  private pageWithoutCategory({ after, limit, match }: StreamQuery): StreamPage {
    const text = match?.toLowerCase() ?? '';
    const streams: StreamHead[] = [];
    let from: SqlValue | undefined = after === undefined ? undefined : (this.stored(after) ?? after);
    let inclusive = false;
    for (;;) {
      const walk = { after: from !== undefined, upTo: false, inclusive };
      const rows = this.rows(this.statement(this.sql(walk)), { limit: 100, ...(from === undefined ? {} : { after: from }) });
      if (rows.length === 0) return { streams };
      for (const row of rows) {
        const head = this.head(row);
        from = row.id;
        inclusive = false;
        if (head.category !== null) {
          // A UUID may lie among the streams of a category that looks like its first digits.
          if (/^[0-9a-f]{8}$/i.test(head.category)) continue;
          from = categoryRange(head.category).to;
          inclusive = true;
          break;
        }
        if (!head.stream.toLowerCase().includes(text)) continue;
        const last = streams.at(-1);
        if (streams.length >= Math.max(1, limit) && last) return { streams, next: last.stream };
        streams.push(head);
      }
    }
  }

  private hasCategory(category: string | null): boolean {
    if (category === null || this.layout.streams !== null || this.layout.columns.category !== null) return true;
    return this.categoriesFromNames;
  }

  private sql(walk: StreamWalk): string {
    if (this.layout.indexed !== null) return walkStreams(this.layout, walk);
    this.group();
    return listGrouped(walk);
  }

  private group(): void {
    if (this.grouped) return;
    for (const sql of groupStreams(this.layout)) this.db.prepare(sql).run();
    this.grouped = true;
  }

  private head({ id, version, time, category }: Row): StreamHead {
    const stream = streamText(id);
    return { stream, category: this.category(stream, category), version: versionOf(version) ?? -1, lastTime: toIsoTime(time) };
  }

  private listCategories(): CategoryHead[] {
    if (this.categoriesFromNames) return sorted(this.prefixes().map((category) => ({ category })));
    if (this.layout.streams === null && this.layout.columns.category === null) return [{ category: null }];
    if (this.layout.indexed === null) this.group();
    const rows = this.db.prepare(listCategories(this.layout, this.layout.indexed === null)).all() as { category: SqlValue; streams: number }[];
    return sorted(rows.map(({ category, streams }) => ({ category: textOf(category), streams })));
  }

  /** Looks at the beginnings of the names, skipping from one to the next. */
  private looksCategorised(): boolean {
    let shared = 0;
    const prefixes = this.prefixes((first, second) => {
      if (second !== undefined && categoryFromName(first) === categoryFromName(second)) shared++;
    });
    const named = prefixes.filter((prefix) => prefix !== null);
    return areCategories(named.length, shared);
  }

  /** Each beginning once, and null when some name has none. At most MOST_CATEGORIES + 1 of either. */
  private prefixes(visit?: (first: string, second: string | undefined) => void): (string | null)[] {
    const found = new Set<string | null>();
    let plain = 0;
    let next = this.namesFrom(null, 2);
    while (found.size <= MOST_CATEGORIES && plain <= MOST_CATEGORIES) {
      const [first, second] = next;
      if (first === undefined) break;
      const category = categoryFromName(first);
      found.add(category);
      if (category === null) {
        plain++;
        next = this.namesFrom(first, 2);
      } else {
        visit?.(first, second);
        next = this.namesFrom(categoryRange(category).to, 2, true);
      }
    }
    return [...found];
  }

  private namesFrom(after: string | null, limit: number, inclusive = false): string[] {
    const sql = this.sql({ after: after !== null, upTo: false, inclusive });
    const rows = this.rows(this.statement(sql), after === null ? { limit } : { limit, after });
    return rows.map((row) => streamText(row.id));
  }

  private text: boolean | undefined;

  /** Ids of other storage classes are shown in another form than SQLite's lower() sees. */
  private textIds(): boolean {
    this.text ??= this.rows(this.statement(this.sql({ after: false, upTo: false })), { limit: 20 }).every((row) => typeof row.id === 'string');
    return this.text;
  }

  private statement(sql: string): Statement {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }
}

function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

/** By name, the one without a name last. */
function sorted(heads: CategoryHead[]): CategoryHead[] {
  if (heads.length === 0) return [{ category: null }];
  return heads.sort((a, b) => (a.category === null ? 1 : b.category === null ? -1 : a.category < b.category ? -1 : 1));
}
