import { LeftfoldError } from '../../model/problem';
import { mappingWithoutField, storeUnknownFields } from '../../model/problems/store';
import { EVENT_ROLES, type EventRole, type StoreMapping } from '../../model/store-info';
import { toIsoTime } from '../../model/time';
import { nameRank, plainName } from '../names';

/** Where a part of an event lies in a line: the keys from the outside in; none for the whole line. */
export type FieldPath = readonly string[];

export interface Fields {
  paths: Record<EventRole, FieldPath | null>;
  why: string;
  /** Mapped fields that no line of the sample has. They may come later, or be misspelt. */
  missing: EventRole[];
}

/** Parts without which nothing can be listed: a mapping to a field that is not there cannot be meant. */
const NEEDED: readonly EventRole[] = ['stream', 'version', 'type', 'data'];

/** Objects that carry parts of an event beside its payload. */
const ENVELOPES = ['metadata', 'meta', 'headers', 'header', 'envelope', 'context', 'event', 'message', 'stream', 'aggregate'];

/** The roles in the order they choose, as for columns. */
const ORDER: readonly EventRole[] = ['data', 'stream', 'version', 'metadata', 'category', 'type', 'time', 'position', 'id'];

/** The value at a path, undefined when there is none. */
export function valueAt(line: object, path: FieldPath): unknown {
  let value: unknown = line;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** A path as people write it in a mapping: a name, or a JSON Pointer (RFC 6901) when it is deeper or begins with "/". */
export function fieldName(path: FieldPath): string {
  const [first = ''] = path;
  return path.length === 1 && !first.startsWith('/') ? first : path.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The path a mapping means. The empty text is the whole line. */
export function fieldPath(name: string): FieldPath {
  if (name === '') return [];
  return name.startsWith('/') ? name.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~')) : [name];
}

interface Seen {
  path: FieldPath;
  count: number;
  values: unknown[];
}

/**
 * Recognises which fields of the lines are which parts of an event, by name and content, in the lines themselves and
 * one level down in an envelope (`metadata.timestamp`).
 * @param sample some parsed lines
 * @throws LeftfoldError store-unknown-schema, store-mapping-field
 */
export function recogniseFields(file: string, sample: readonly object[], mapping: StoreMapping = {}): Fields {
  const seen = fieldsOf(sample);
  const paths = Object.fromEntries(EVENT_ROLES.map((role) => [role, null])) as Record<EventRole, FieldPath | null>;
  const why: string[] = [];
  const missing: EventRole[] = [];
  for (const role of EVENT_ROLES) {
    const name = mapping[role];
    if (typeof name !== 'string') continue;
    paths[role] = fieldPath(name);
    if (!sample.some((line) => valueAt(line, fieldPath(name)) !== undefined)) {
      if (NEEDED.includes(role)) throw new LeftfoldError(mappingWithoutField(file, role, name, topFields(seen)));
      missing.push(role);
    }
    why.push(`${role} from "${name}" (mapped by hand)`);
  }
  for (const role of ORDER) {
    if (mapping[role] !== undefined) continue;
    const best = bestField(role, seen, paths);
    if (!best) continue;
    paths[role] = best.path;
    why.push(`${role} from "${fieldName(best.path)}"`);
  }
  const byHand = EVENT_ROLES.some((role) => mapping[role] !== undefined);
  const told = (['stream', 'version', 'type', 'time'] as const).filter((role) => paths[role] !== null);
  if (!byHand && (told.length < 2 || (paths.type === null && paths.version === null))) {
    throw new LeftfoldError(storeUnknownFields(file, [`line(${topFields(seen).join(', ')})`]));
  }
  if (paths.data === null && mapping.data === undefined) {
    paths.data = [];
    why.push('no field holds the payload, so it is the whole line');
  }
  if (paths.stream === null) why.push('no field says the stream, so all events are one stream named after the file');
  if (paths.version === null) why.push('no field holds a version, so the events of each stream are numbered from 1 in the order of the file');
  if (paths.type === null) why.push('nothing says the type, so it is shown as "unknown"');
  return { paths, why: `Lines of JSON: ${why.join('; ')}.`, missing };
}

/** The names of the fields of the lines themselves, in the order they appear. */
export function topFields(seen: readonly Seen[]): string[] {
  return seen.filter(({ path }) => path.length === 1).map(({ path }) => path[0] ?? '');
}

/** Every field of the sample lines, those of envelopes included. */
export function fieldsOf(sample: readonly object[]): Seen[] {
  const found = new Map<string, Seen>();
  const add = (path: FieldPath, value: unknown): void => {
    const key = fieldName(path);
    const known = found.get(key) ?? { path, count: 0, values: [] };
    found.set(key, known);
    known.count++;
    if (value !== null) known.values.push(value);
  };
  for (const line of sample) {
    for (const [key, value] of Object.entries(line)) {
      add([key], value);
      if (isObject(value) && ENVELOPES.includes(key.toLowerCase())) {
        for (const [inner, deeper] of Object.entries(value)) add([key, inner], deeper);
      }
    }
  }
  return [...found.values()];
}

function bestField(role: EventRole, seen: readonly Seen[], paths: Record<EventRole, FieldPath | null>): Seen | undefined {
  const taken = new Set(Object.values(paths).filter((path) => path !== null).map(fieldName));
  let best: Seen | undefined;
  let bestRank = Infinity;
  for (const field of seen) {
    const rank = rankOf(role, field, paths);
    if (rank === undefined || taken.has(fieldName(field.path)) || !suits(role, field)) continue;
    // `event: {type, data}` is an envelope, `event: {…}` beside a `type` the payload.
    const depth = field.path.length > 1 ? 100 : role === 'data' && ENVELOPES.includes(plainName(field.path[0] ?? '')) ? 200 : 0;
    if (rank + depth < bestRank) {
      best = field;
      bestRank = rank + depth;
    }
  }
  return best;
}

/** By the innermost name; `stream.id` and `aggregate.type` say with their outer name what they are. */
function rankOf(role: EventRole, { path }: Seen, paths: Record<EventRole, FieldPath | null>): number | undefined {
  const [outer = '', inner] = path;
  if (inner === undefined) return nameRank(role, outer);
  if (/^(stream|aggregate)$/i.test(outer)) return nameRank(role, outer + inner);
  // What lies inside the payload is the application's own; inside the metadata only times and ids are looked for.
  if (paths.data?.length === 1 && paths.data[0] === outer) return undefined;
  if (/^(event|message)$/i.test(outer)) return nameRank(role, inner) ?? nameRank(role, outer + inner);
  return role === 'data' || role === 'metadata' || role === 'position' ? undefined : nameRank(role, inner);
}

function suits(role: EventRole, { path, values }: Seen): boolean {
  if (values.length === 0) return true;
  const share = (test: (value: unknown) => boolean): boolean => values.filter(test).length * 2 > values.length;
  switch (role) {
    case 'data':
      return share((value) => isObject(value) || Array.isArray(value));
    case 'metadata':
      return share(isObject);
    case 'version':
      return share((value) => Number.isInteger(value) || (typeof value === 'string' && /^-?\d+$/.test(value)));
    case 'time':
      return share((value) => toIsoTime(value) !== null);
    case 'type':
    case 'category':
      return share((value) => typeof value === 'string');
    case 'position':
      return share((value) => (typeof value === 'string' && nameRank('id', fieldName(path)) === undefined) || typeof value === 'number');
    case 'stream':
    case 'id':
      return share((value) => typeof value === 'string' || typeof value === 'number');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
