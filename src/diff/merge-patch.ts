import { equal } from './equal';
import { kindOf } from './kind';

/**
 * The RFC 7396 merge patch that turns `before` into `after`.
 *
 * A merge patch cannot set a member of an object to null (there null means "remove"), nor tell an undefined member
 * from a missing one: applied, such members are left out (`isExactMergePatch` tells). Arrays, Maps, Sets and class
 * instances are replaced whole.
 */
export function mergePatch(before: unknown, after: unknown): unknown {
  return compare(before, after);
}

/** Whether applying the patch to `before` gives exactly `after`: false where a null would have to be written. */
export function isExactMergePatch(before: unknown, after: unknown, patch: unknown): boolean {
  return equal(applyMergePatch(before, patch), after);
}

function compare(before: unknown, after: unknown): unknown {
  if (!isObject(after)) return after;
  // Merging into anything that is no object starts from an empty one.
  const base = isObject(before) ? before : {};
  const patch: Record<string, unknown> = {};
  for (const key of Object.keys(base)) {
    if (!Object.hasOwn(after, key) || (after[key] === undefined && base[key] !== undefined)) set(patch, key, null);
  }
  for (const key of Object.keys(after)) {
    const now = after[key];
    const old = Object.hasOwn(base, key) ? base[key] : undefined;
    if (now === undefined || equal(old, now)) continue;
    set(patch, key, compare(old, now));
  }
  return patch;
}

/**
 * RFC 7396 section 2, MergePatch(target, patch). The target is never altered: the result shares with it (and with the
 * patch) every part that stays, and is the target itself when nothing changes.
 */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const base = isObject(target) ? target : undefined;
  let result = base;
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    const has = base !== undefined && Object.hasOwn(base, key);
    if (value === null) {
      if (has) delete (result = result === base ? copy(base) : result!)[key];
      continue;
    }
    const old = has ? base[key] : undefined;
    const now = applyMergePatch(old, value);
    if (has && Object.is(now, old)) continue;
    if (result === base) result = copy(base);
    set(result!, key, now);
  }
  return result ?? {};
}

/** Only plain objects are merged: exact numbers, dates and the like are values. */
function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && kindOf(value) === 'plain';
}

function copy(base: Record<string, unknown> | undefined): Record<string, unknown> {
  return { ...base };
}

/** Sets an own member whatever its name. */
function set(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}
