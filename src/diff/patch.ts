import type { Change } from './diff';

/** One operation of a JSON Patch (RFC 6902), of the three kinds a difference needs. */
export type PatchOperation = { op: 'add' | 'replace'; path: string; value: unknown } | { op: 'remove'; path: string };

/**
 * Writes changes as a JSON Patch (RFC 6902) that turns the JSON of the state before into the JSON of the state after
 * (both as `toJson` writes them). Values are the changes' own; print them with `toJson` so that digits stay.
 *
 * JSON has no undefined: as a property it is left out, so a change from or to it becomes an add, a remove or nothing;
 * as an element of an array it is null.
 */
export function toPatch(changes: readonly Change[]): PatchOperation[] {
  const operations: PatchOperation[] = [];
  for (const change of changes) {
    const { path } = change;
    const keeps = path === '' || change.element === true;
    const had = change.op !== 'add' && (keeps || change.old !== undefined);
    const has = change.op !== 'remove' && (keeps || change.new !== undefined);
    const value = change.new === undefined ? null : change.new;
    if (change.op === 'add' ? has : has && !had) operations.push({ op: 'add', path, value });
    else if (has) operations.push({ op: 'replace', path, value });
    else if (had) operations.push({ op: 'remove', path });
  }
  return operations;
}
