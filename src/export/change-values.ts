import type { Change } from '../diff/diff';

/** A difference as JSON can say it; written with `toJson` or `jsonText`, so that digits stay. */
export type ChangeValue =
  | { op: 'add'; path: string; new: unknown }
  | { op: 'remove'; path: string; old: unknown }
  | { op: 'replace'; path: string; old: unknown; new: unknown };

/**
 * Changes as JSON sees them, in the same order, with the value before each where there was one. JSON has no undefined:
 * as an element of an array it is null, as a member it is not there, so that a change from or to it becomes an add, a
 * remove or nothing. Applied one after the other as RFC 6902 operations they turn one state's JSON into the other's.
 */
export function changeValues(changes: readonly Change[]): ChangeValue[] {
  const values: ChangeValue[] = [];
  for (const { op, path, old, new: now, element } of changes) {
    const keeps = path === '' || element === true;
    const had = op !== 'add' && (keeps || old !== undefined);
    const has = op !== 'remove' && (keeps || now !== undefined);
    const before = old === undefined ? null : old;
    const after = now === undefined ? null : now;
    if (has && had) values.push({ op: 'replace', path, old: before, new: after });
    else if (has) values.push({ op: 'add', path, new: after });
    else if (had) values.push({ op: 'remove', path, old: before });
  }
  return values;
}
