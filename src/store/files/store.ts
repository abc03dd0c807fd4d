import { LeftfoldError } from '../../model/problem';
import { storeUnreadable, storeVanished } from '../../model/problems/store';
import { EVENT_ROLES, type EventRole, type StoreInfo } from '../../model/store-info';
import type { CategoryHead, StreamHead, StreamPage, StreamQuery, StreamSummary } from '../../model/stream';
import { areCategories, categoryFromName } from '../category-names';
import type { EventStore, OpenOptions, StreamReader } from '../contract';
import { checkFile, fileState, type FileState } from '../file-watch';
import { compareUtf8 } from './event-index';
import { fieldName, fieldsOf, topFields } from './fields';
import { LineFile } from './lines';
import { LineReader } from './reader';
import { scanEvents, type Scanned } from './scan';

/** Opens an NDJSON file: one event a line. Rejects with LeftfoldError. */
export async function openNdjsonStore(path: string, options: OpenOptions = {}): Promise<EventStore> {
  const state = fileState(path);
  if (!state) throw new LeftfoldError(storeVanished(path));
  const file = openLines(path);
  try {
    return new NdjsonStore(path, file, state, await scanEvents(path, file, options));
  } catch (error) {
    file.close();
    throw error;
  }
}

function openLines(path: string): LineFile {
  try {
    return new LineFile(path);
  } catch (error) {
    throw new LeftfoldError(storeUnreadable(path, error instanceof Error ? error.message : String(error)));
  }
}

class NdjsonStore implements EventStore {
  readonly info: StoreInfo;
  private readonly categoryOf: (string | null)[];
  private readonly lowered: (string | undefined)[] = [];

  constructor(
    private readonly path: string,
    private readonly file: LineFile,
    private readonly state: FileState,
    private readonly scanned: Scanned,
  ) {
    const { index, fields } = scanned;
    this.categoryOf = fields.paths.category === null ? categoriesOf(index.streams) : index.categories;
    const mapping = Object.fromEntries(EVENT_ROLES.map((role) => [role, fields.paths[role] && fieldName(fields.paths[role])])) as Record<EventRole, string | null>;
    this.info = {
      path,
      kind: 'ndjson',
      dialect: 'NDJSON',
      why: fields.why,
      mapping,
      found: [{ name: 'line', columns: topFields(fieldsOf(scanned.sample)) }],
      events: index.offsets.length,
      streams: index.streams.length,
      size: file.size,
      problems: scanned.problems,
      problemCount: scanned.problemCount,
    };
  }

  counts(): { events: number; streams: number } {
    const { index } = this.scanned;
    return { events: index.offsets.length, streams: index.streams.length };
  }

  categories(): CategoryHead[] {
    this.check();
    const counts = new Map<string | null, number>();
    for (const category of this.categoryOf) counts.set(category, (counts.get(category) ?? 0) + 1);
    const named = [...counts.keys()].filter((category) => category !== null).sort(compareUtf8);
    const heads = [...named, ...(counts.has(null) || named.length === 0 ? [null] : [])];
    return heads.map((category) => ({ category, streams: counts.get(category) ?? 0 }));
  }

  streams(query: StreamQuery): StreamPage {
    this.check();
    const { streams } = this.scanned.index;
    const match = query.match?.toLowerCase();
    const limit = Math.max(1, query.limit);
    const page: StreamHead[] = [];
    for (let n = this.firstAfter(query.after); n < streams.length; n++) {
      if (query.category !== undefined && this.categoryOf[n] !== query.category) continue;
      if (match && !this.low(n).includes(match)) continue;
      const last = page.at(-1);
      if (page.length === limit && last) return { streams: page, next: last.stream };
      page.push(this.head(n));
    }
    return { streams: page };
  }

  summary(stream: string): StreamSummary | undefined {
    this.check();
    const number = this.scanned.index.streamNumbers.get(stream);
    const reader = this.openStream(stream);
    if (number === undefined || !reader) return undefined;
    return { ...this.head(number), events: reader.length, firstTime: reader.heads(0, 1)[0]?.time ?? null };
  }

  types(stream: string): { type: string; count: number }[] {
    this.check();
    const { index } = this.scanned;
    const number = index.streamNumbers.get(stream);
    if (number === undefined) return [];
    const counts = new Map<string, number>();
    for (const event of index.order.subarray(index.starts[number], index.starts[number + 1])) {
      const type = index.types[index.typeOf[event] ?? 0] ?? 'unknown';
      counts.set(type, (counts.get(type) ?? 0) + 1);
    }
    return [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count || compareUtf8(a.type, b.type));
  }

  openStream(stream: string): StreamReader | undefined {
    this.check();
    const number = this.scanned.index.streamNumbers.get(stream);
    if (number === undefined) return undefined;
    const { index, fields } = this.scanned;
    return new LineReader({ path: this.path, file: this.file, index, fields, check: () => this.check() }, number, this.categoryOf[number] ?? null);
  }

  check(): void {
    checkFile(this.path, this.state, true);
  }

  close(): void {
    this.file.close();
  }

  private head(number: number): StreamHead {
    const stream = this.scanned.index.streams[number] ?? '';
    const reader = this.openStream(stream);
    const [last] = reader?.heads(reader.length - 1, 1) ?? [];
    return { stream, category: this.categoryOf[number] ?? null, version: last?.version ?? -1, lastTime: last?.time ?? null };
  }

  private low(number: number): string {
    return (this.lowered[number] ??= (this.scanned.index.streams[number] ?? '').toLowerCase());
  }

  private firstAfter(after: string | undefined): number {
    if (after === undefined) return 0;
    const { streams } = this.scanned.index;
    let low = 0;
    let high = streams.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUtf8(streams[middle] ?? '', after) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where no field holds the category: the beginnings of the names, if they are categories at all. */
function categoriesOf(streams: readonly string[]): (string | null)[] {
  const found = streams.map(categoryFromName);
  const counts = new Map<string, number>();
  for (const category of found) if (category !== null) counts.set(category, (counts.get(category) ?? 0) + 1);
  const shared = [...counts.values()].filter((count) => count > 1).length;
  return areCategories(counts.size, shared) ? found : found.map(() => null);
}
