import { EVENT_ROLES, type EventRole, type StoreMapping } from '../../model/store-info';
import { nameRank } from '../names';
import type { Table } from './introspect';
import type { ColumnSample, TableSample } from './sample';

/** Which column of a table plays which role, how sure that is, and why. */
export interface Recognition {
  columns: Record<EventRole, string | null>;
  score: number;
  /** One phrase for each role that was found. */
  reasons: string[];
}

const WEIGHT: Record<EventRole, number> = { data: 4, stream: 3, version: 3, type: 3, time: 1, position: 1, id: 1, metadata: 1, category: 1 };

/** The roles in the order they choose: a column that two could use goes to the one that needs it more. */
const ORDER: readonly EventRole[] = ['data', 'stream', 'version', 'metadata', 'category', 'type', 'time', 'position', 'id'];

/**
 * Recognises the roles of a table's columns by their names (any case, with or without underscores), what they hold
 * in a sample of rows, and the indexes over stream and version.
 * @param fixed roles said by hand: a column, or null for none
 * @returns undefined when the table does not look like one of events
 */
export function recogniseTable(table: Table, sample: TableSample, fixed: StoreMapping = {}): Recognition | undefined {
  const columns = Object.fromEntries(EVENT_ROLES.map((role) => [role, fixed[role] ?? null])) as Record<EventRole, string | null>;
  const taken = new Set(Object.values(columns).filter((name) => name !== null));
  const reasons: string[] = [];
  let score = 0;
  for (const role of ORDER) {
    if (fixed[role] !== undefined) {
      if (fixed[role] !== null) reasons.push(`${role} from "${fixed[role]}" (mapped by hand)`);
      continue;
    }
    const best = candidates(role, table, sample, columns, taken)[0];
    if (!best) continue;
    columns[role] = best.name;
    taken.add(best.name);
    score += WEIGHT[role] + best.evidence;
    reasons.push(`${role} from "${best.name}"${best.note}`);
  }
  const byHand = EVENT_ROLES.some((role) => fixed[role] !== undefined);
  if (!byHand && !enough(columns)) return undefined;
  return { columns, score, reasons };
}

/** Events have a payload, and at least two of stream, version, type and time to tell them by. */
function enough(columns: Record<EventRole, string | null>): boolean {
  const told = (['stream', 'version', 'type', 'time'] as const).filter((role) => columns[role] !== null);
  return columns.data !== null && told.length >= 2 && (columns.type !== null || columns.version !== null);
}

interface Candidate {
  name: string;
  rank: number;
  evidence: number;
  note: string;
}

function candidates(role: EventRole, table: Table, sample: TableSample, columns: Record<EventRole, string | null>, taken: Set<string>): Candidate[] {
  const found: Candidate[] = [];
  for (const { name } of table.columns) {
    const rank = nameRank(role, name);
    const seen = sample.get(name);
    if (rank === undefined || taken.has(name) || !seen) continue;
    const fit = fits(role, name, table, seen, columns);
    if (fit) found.push({ name, rank, evidence: fit.evidence, note: fit.note });
  }
  return found.sort((a, b) => b.evidence - a.evidence || a.rank - b.rank);
}

interface Fit {
  evidence: number;
  note: string;
}

/** Whether what a column holds suits a role its name suggests. An empty table is judged by names alone. */
function fits(role: EventRole, name: string, table: Table, seen: ColumnSample, columns: Record<EventRole, string | null>): Fit | undefined {
  const most = seen.values / 2;
  const plain: Fit = { evidence: 0, note: '' };
  switch (role) {
    case 'data':
      if (seen.values === 0) return plain;
      if (seen.json > most) return { evidence: 2, note: ' (JSON)' };
      // A payload in another encoding is shown as stored; only the surest names are believed without JSON in them.
      return (nameRank('data', name) ?? 99) <= 5 && seen.integers <= most ? plain : undefined;
    case 'metadata':
      return seen.values === 0 || seen.json > most ? plain : seen.texts + seen.blobs > most ? plain : undefined;
    case 'stream':
      if (name === table.rowidAlias || seen.json > most) return undefined;
      // By name alone: an index may begin with the category.
      return plain;
    case 'version': {
      if (name === table.rowidAlias || !wholeNumbers(seen)) return undefined;
      if (isAloneUnique(table, name)) return undefined;
      if (columns.stream !== null && uniqueWith(table, columns.stream, name)) return { evidence: 2, note: ` (unique within "${columns.stream}")` };
      // A schema version of the event is the same in every row; a counter is not.
      return seen.values > 3 && seen.distinct.size === 1 ? undefined : plain;
    }
    case 'type':
      return seen.json > most || seen.integers > most || seen.blobs > most ? undefined : plain;
    case 'category':
      return seen.json > most || seen.integers > most ? undefined : plain;
    case 'time':
      return seen.values === 0 ? plain : seen.times > most ? { evidence: 1, note: '' } : undefined;
    case 'position':
      if (name === table.rowidAlias) return { evidence: 2, note: ' (primary key)' };
      return seen.integers > most || (seen.values === 0 && nameRank('id', name) === undefined) ? plain : undefined;
    case 'id':
      return plain;
  }
}

/** For the most part, that is: one broken row makes no other column of it. */
function wholeNumbers(seen: ColumnSample): boolean {
  return seen.values === 0 || seen.wholes * 2 > seen.values;
}

function same(a: string | null | undefined, b: string): boolean {
  return a !== null && a !== undefined && a.toLowerCase() === b.toLowerCase();
}

function keyColumns(table: Table): string[] {
  return table.columns.filter((column) => column.key > 0).sort((a, b) => a.key - b.key).map((column) => column.name);
}

function isAloneUnique(table: Table, name: string): boolean {
  return table.indexes.some((index) => index.unique && !index.partial && index.columns.length === 1 && same(index.columns[0], name));
}

/** Whether a unique index holds both columns (and perhaps a partition, a tenant or a flag besides). */
export function uniqueWith(table: Table, stream: string, version: string): boolean {
  const sets = [...table.indexes.filter((index) => index.unique).map((index) => index.columns), keyColumns(table)];
  return sets.some((columns) => columns.some((one) => same(one, stream)) && columns.some((one) => same(one, version)));
}
