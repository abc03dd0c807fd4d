/** The part of a change that moves what comes after it. */
interface Move {
  op: 'add' | 'remove' | 'replace';
  path: string;
}

/**
 * Where the value a change replaced or removed lay in the state before. Changes apply one after the other, so one that
 * was added to or removed from an array has moved the elements behind it; this takes those moves back.
 *
 * @param changes all changes from the first, `index` included
 * @param isArray whether the value at a pointer is an array (an object may have keys that look like indexes)
 */
export async function oldPath(changes: Move[], index: number, isArray: (pointer: string) => Promise<boolean>): Promise<string> {
  let path = changes[index]!.path;
  for (let i = index - 1; i >= 0; i--) {
    const { op, path: moved } = changes[i]!;
    if (op === 'replace') continue;
    const slash = moved.lastIndexOf('/');
    const parent = moved.slice(0, slash);
    const at = moved.slice(slash + 1);
    const own = path.startsWith(`${parent}/`) ? path.slice(slash + 1).split('/')[0]! : '';
    if (!isIndex(at) || !isIndex(own)) continue;
    const shifted = op === 'add' ? Number(own) > Number(at) : Number(own) >= Number(at);
    if (!shifted || !(await isArray(parent))) continue;
    path = `${parent}/${Number(own) + (op === 'add' ? -1 : 1)}${path.slice(slash + 1 + own.length)}`;
  }
  return path;
}

function isIndex(segment: string): boolean {
  return /^(0|[1-9]\d*)$/.test(segment);
}
