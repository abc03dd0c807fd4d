import { bytesOf, hasTextKeys, kindOf } from '../diff/kind';

/** The parts of a value, by position: the same ones, in the same order, as `children` lists. */
export interface Parts {
  readonly count: number;
  keyAt(position: number): string;
  valueAt(position: number): unknown;
  /** The positions of the named parts, rising; names that are no part are left out. */
  positionsOf(names: ReadonlySet<string>): number[];
}

// Listing a million keys takes longer than drawing a screen of them, and a tree is asked for again while it is scrolled.
const known = new WeakMap<object, Parts>();

/** The parts of a value, undefined when it has none. Remembered: the value must not change any more. */
export function partsOf(value: unknown): Parts | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const found = known.get(value);
  if (found) return found;
  const made = listParts(value);
  if (made) known.set(value, made);
  return made;
}

function listParts(value: object): Parts | undefined {
  if (Array.isArray(value)) return new ListParts(value);
  if (value instanceof Set) return new ListParts([...value]);
  if (value instanceof Map) {
    return hasTextKeys(value)
      ? new NamedParts([...(value.keys() as Iterable<string>)], (key) => value.get(key))
      : new ListParts([...(value as Map<unknown, unknown>)]);
  }
  if (value instanceof ArrayBuffer || value instanceof DataView) return new ListParts(bytesOf(value));
  if (ArrayBuffer.isView(value)) return new ListParts(value as unknown as ArrayLike<unknown>);
  const kind = kindOf(value);
  if (kind !== 'plain' && kind !== 'instance') return undefined;
  return new NamedParts(Object.keys(value), (key) => (value as Record<string, unknown>)[key]);
}

class ListParts implements Parts {
  readonly count: number;

  constructor(private readonly list: ArrayLike<unknown>) {
    this.count = list.length;
  }

  keyAt(position: number): string {
    return String(position);
  }

  valueAt(position: number): unknown {
    return this.list[position];
  }

  positionsOf(names: ReadonlySet<string>): number[] {
    const positions: number[] = [];
    for (const name of names) {
      if (/^(?:0|[1-9]\d*)$/.test(name) && Number(name) < this.count) positions.push(Number(name));
    }
    return positions.sort((a, b) => a - b);
  }
}

class NamedParts implements Parts {
  readonly count: number;

  constructor(
    private readonly keys: string[],
    private readonly get: (key: string) => unknown,
  ) {
    this.count = keys.length;
  }

  keyAt(position: number): string {
    return this.keys[position]!;
  }

  valueAt(position: number): unknown {
    return this.get(this.keys[position]!);
  }

  positionsOf(names: ReadonlySet<string>): number[] {
    const positions: number[] = [];
    for (let i = 0; i < this.keys.length && positions.length < names.size; i++) {
      if (names.has(this.keys[i]!)) positions.push(i);
    }
    return positions;
  }
}
