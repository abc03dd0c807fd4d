import type { Problem } from '../../model/problem';
import type { EventRole, StoreInfo, StoreMapping } from '../../model/store-info';
import type { SessionState } from '../platform/stores';

/** A table with its columns, or the fields of a file's lines. */
export interface Found {
  name: string;
  columns: string[];
}

/** The roles in the order they are asked for, and which of them every event needs. */
export const ROLES: readonly { role: EventRole; needed: boolean }[] = [
  { role: 'stream', needed: true },
  { role: 'version', needed: false },
  { role: 'type', needed: true },
  { role: 'data', needed: true },
  { role: 'time', needed: false },
  { role: 'position', needed: false },
  { role: 'id', needed: false },
  { role: 'metadata', needed: false },
  { role: 'category', needed: false },
];

/** What there is to map: of an opened store what it says itself, of a failed one what its problem lists. */
export function foundIn(state: SessionState): Found[] {
  if (state.phase === 'ready') return state.info.found;
  return state.phase === 'failed' ? foundInProblem(state.problem) : [];
}

/** Reads the `table(column, column)` lines of a problem's details. */
export function foundInProblem(problem: Problem): Found[] {
  return (problem.details ?? []).flatMap((line) => {
    const [, name, columns] = /^(.*)\((.*)\)$/s.exec(line) ?? [];
    return name === undefined || !columns ? [] : [{ name, columns: columns.split(', ') }];
  });
}

/** A mapping as one line: `stream ← aggregate_id, version ← v`. */
export function previewMapping(mapping: StoreMapping): string {
  const parts = ROLES.flatMap(({ role }) => {
    const column = mapping[role];
    return typeof column === 'string' ? [`${role} ← ${column}`] : [];
  });
  return [...(mapping.table === undefined ? [] : [mapping.table]), parts.join(', ')].join(': ');
}

/** What a recognised store maps already, as a start for changing it. */
export function currentMapping(info: StoreInfo | undefined): Partial<Record<EventRole, string | null>> {
  return info?.mapping ?? {};
}
