import type { Change } from '../diff/diff';
import { parsePointer } from '../diff/pointer';

/** A part that is gone, shown where it was. */
export interface RemovedPart {
  path: string;
  key: string;
  value: unknown;
}

/** What a step did to a state, by path: for the marks of its tree. */
export class Marks {
  static readonly none = new Marks([]);

  private readonly changed = new Map<string, 'added' | 'replaced'>();
  private readonly above = new Set<string>();
  private readonly gone = new Map<string, RemovedPart[]>();

  constructor(changes: readonly Change[]) {
    for (const { op, path, old } of changes) {
      if (op === 'remove') {
        const parent = parentOf(path);
        const removed = { path, key: parsePointer(path).at(-1) ?? '', value: old };
        const list = this.gone.get(parent);
        if (list) list.push(removed);
        else this.gone.set(parent, [removed]);
      } else {
        this.changed.set(path, op === 'add' ? 'added' : 'replaced');
      }
      this.addAncestors(path);
    }
  }

  at(path: string): 'added' | 'replaced' | 'within' | null {
    return this.changed.get(path) ?? (this.above.has(path) ? 'within' : null);
  }

  /** Every path below which something changed. */
  get ancestors(): ReadonlySet<string> {
    return this.above;
  }

  /**
   * What was removed from the value at a path. Differences of an array run from left to right, so a removal's index is
   * that of the element which now follows it.
   */
  removedFrom(path: string): readonly RemovedPart[] {
    return this.gone.get(path) ?? [];
  }

  private addAncestors(path: string): void {
    for (let at = path; at !== ''; ) {
      at = parentOf(at);
      if (this.above.has(at)) return;
      this.above.add(at);
    }
  }
}

/** The pointer without its last token; '' for the root. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
