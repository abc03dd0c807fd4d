import { ExactNumber } from '../model/exact-number';

/** Thrown by `cloneState`. `what` names the part of which no copy can be made, in words. */
export class NotCopyable extends Error {
  constructor(readonly what: string) {
    super(`No copy can be made of ${what}.`);
  }
}

/**
 * A deep copy that nothing done to the original can reach: prototypes, Maps, Sets, dates, bytes, holes, getters,
 * frozenness, shared parts and cycles are kept. Functions and exact numbers are shared, as they do not change.
 * @returns the copy and an estimate of the memory it takes, in bytes
 * @throws NotCopyable for a promise, a weak collection, an object with private fields, values nested too deep
 */
export function cloneState(value: unknown): { value: unknown; bytes: number } {
  return copying((copier) => ({ value: copier.copy(value), bytes: copier.bytes }));
}

/** Copies two values at once: parts they share are shared by the copies too, so that they compare by identity. */
export function clonePair(first: unknown, second: unknown): { first: unknown; second: unknown; bytes: number } {
  return copying((copier) => ({ first: copier.copy(first), second: copier.copy(second), bytes: copier.bytes }));
}

function copying<T>(work: (copier: Copier) => T): T {
  try {
    return work(new Copier());
  } catch (error) {
    if (error instanceof RangeError) throw new NotCopyable('values nested deeper than the stack');
    throw error;
  }
}

const WORD = 8;
const OBJECT = 40;

class Copier {
  bytes = 0;
  private readonly copies = new Map<object, object>();

  copy(value: unknown): unknown {
    if (typeof value === 'string') {
      this.bytes += 16 + value.length;
      return value;
    }
    if (typeof value !== 'object' || value === null) return value;
    const known = this.copies.get(value);
    if (known !== undefined) return known;
    return this.copyObject(value);
  }

  private copyObject(value: object): object {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype) return this.finish(value, this.copyPlain(value as Record<string, unknown>));
    if (Array.isArray(value)) return this.finish(value, this.copyArray(value));
    if (value instanceof ExactNumber) return value;
    return this.finish(value, this.copyOther(value, prototype as object | null));
  }

  /** Frozen stays frozen: a reducer that would throw on the original must throw on the copy. */
  private finish(original: object, copy: object): object {
    if (Object.isExtensible(original)) return copy;
    if (Object.isFrozen(original)) return Object.freeze(copy);
    return Object.isSealed(original) ? Object.seal(copy) : Object.preventExtensions(copy);
  }

  private copyPlain(value: Record<string, unknown>): object {
    const copy: Record<string, unknown> = {};
    this.copies.set(value, copy);
    const keys = Object.keys(value);
    this.bytes += OBJECT + keys.length * WORD;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      const part = value[key];
      if (part === undefined ? setterOf.call(value, key) !== undefined : getterOf.call(value, key) !== undefined) {
        this.copyDescriptors(value, copy);
        return copy;
      }
      if (key === '__proto__') define(copy, key, this.copy(part));
      else copy[key] = typeof part === 'object' || typeof part === 'string' ? this.copy(part) : part;
    }
    if (isUnusual(value, keys.length)) this.copyDescriptors(value, copy);
    return copy;
  }

  private copyArray(value: unknown[]): object {
    const copy = Object.getPrototypeOf(value) === Array.prototype ? new Array<unknown>(value.length) : withPrototype(new Array<unknown>(value.length), value);
    this.copies.set(value, copy);
    const keys = Object.keys(value);
    this.bytes += OBJECT + keys.length * WORD;
    if (keys.length === value.length && value.length <= 50_000_000) {
      for (let i = 0; i < value.length; i++) if (i in value) copy[i] = this.copy(value[i]);
    }
    // Holes stay holes, and what hangs on an array beside its elements (a RegExp match's `index`) stays too.
    if (keys.length !== value.length || keys.at(-1) !== indexBefore(value.length)) {
      for (const key of keys) define(copy as unknown as Record<string, unknown>, key, this.copy((value as unknown as Record<string, unknown>)[key]));
    }
    return copy;
  }

  private copyOther(value: object, prototype: object | null): object {
    this.bytes += 2 * OBJECT;
    const made = this.made(value);
    if (made) {
      this.copies.set(value, made);
      if (Object.getPrototypeOf(made) !== prototype) Object.setPrototypeOf(made, prototype);
      if (made instanceof Map) this.fillMap(value as Map<unknown, unknown>, made);
      else if (made instanceof Set) this.fillSet(value as Set<unknown>, made);
      if (ArrayBuffer.isView(made)) return made;
    }
    const copy = made ?? (Object.create(prototype) as object);
    this.copies.set(value, copy);
    this.copyDescriptors(value, copy);
    return copy;
  }

  /** The copy of an object with inner slots, without its contents; undefined for one that is its properties alone. */
  private made(value: object): object | undefined {
    if (value instanceof Map) return new Map();
    if (value instanceof Set) return new Set();
    if (value instanceof Date) return new Date(value.getTime());
    if (value instanceof RegExp) return new RegExp(value.source, value.flags);
    if (value instanceof ArrayBuffer) return this.copyBytes(value);
    if (ArrayBuffer.isView(value)) return this.copyView(value);
    if (value instanceof Number || value instanceof String || value instanceof Boolean) return Object(value.valueOf()) as object;
    if (value instanceof Error) return new Error(value.message);
    const obstacle = obstacleTo(value);
    if (obstacle) throw new NotCopyable(obstacle);
    return undefined;
  }

  private copyBytes(value: ArrayBuffer): ArrayBuffer {
    const known = this.copies.get(value);
    if (known) return known as ArrayBuffer;
    this.bytes += value.byteLength;
    const copy = value.slice(0);
    this.copies.set(value, copy);
    return copy;
  }

  /** Views of one buffer stay views of one buffer. */
  private copyView(value: ArrayBufferView): ArrayBufferView {
    if (Buffer.isBuffer(value)) return Buffer.from(value);
    if (!(value.buffer instanceof ArrayBuffer)) throw new NotCopyable('memory shared between threads');
    const buffer = this.copyBytes(value.buffer);
    const View = value.constructor as new (buffer: ArrayBuffer, start: number, length: number) => ArrayBufferView;
    return new View(buffer, value.byteOffset, value instanceof DataView ? value.byteLength : (value as Uint8Array).length);
  }

  private fillMap(from: Map<unknown, unknown>, to: Map<unknown, unknown>): void {
    this.bytes += from.size * 4 * WORD;
    for (const [key, part] of from) to.set(this.copy(key), this.copy(part));
  }

  private fillSet(from: Set<unknown>, to: Set<unknown>): void {
    this.bytes += from.size * 3 * WORD;
    for (const part of from) to.add(this.copy(part));
  }

  private copyDescriptors(value: object, copy: object): void {
    for (const key of Reflect.ownKeys(value)) {
      const descriptor = Object.getOwnPropertyDescriptor(value, key)!;
      if ('value' in descriptor) descriptor.value = this.copy(descriptor.value);
      this.bytes += WORD;
      const present = Object.getOwnPropertyDescriptor(copy, key);
      if (!present || present.configurable) Object.defineProperty(copy, key, descriptor);
      else if (present.writable) Object.defineProperty(copy, key, { value: descriptor.value });
    }
  }
}

function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

function withPrototype<T extends object>(target: T, like: object): T {
  return Object.setPrototypeOf(target, Object.getPrototypeOf(like) as object | null) as T;
}

/** The last key of an array without holes or further properties. */
function indexBefore(length: number): string | undefined {
  return length === 0 ? undefined : String(length - 1);
}

const names = Object.getOwnPropertyNames;
const symbols = Object.getOwnPropertySymbols;

// The cheapest way to learn that a property is computed: descriptors cost five times as much.
const { __lookupGetter__: getterOf, __lookupSetter__: setterOf } = Object.prototype as unknown as Record<
  '__lookupGetter__' | '__lookupSetter__',
  (this: object, key: string) => unknown
>;

/** Whether an object has what copying values by key would lose: hidden or symbol properties. */
function isUnusual(value: object, enumerable: number): boolean {
  return names(value).length !== enumerable || symbols(value).length > 0;
}

const obstacles = new WeakMap<object, string | null>();

/** Why an object cannot be copied by its properties, null when it can. Looked up once for each class. */
function obstacleTo(value: object): string | null {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (prototype === null) return null;
  const known = obstacles.get(prototype);
  if (known !== undefined) return known;
  const found = findObstacle(value, prototype);
  obstacles.set(prototype, found);
  return found;
}

function findObstacle(value: object, prototype: object): string | null {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (value instanceof Promise) return 'a promise';
  if (value instanceof WeakMap || value instanceof WeakSet || value instanceof WeakRef) return `a ${tag}`;
  if (/Generator|Iterator/.test(tag)) return `a ${tag}`;
  for (let above: object | null = prototype; above && above !== Object.prototype; above = Object.getPrototypeOf(above) as object | null) {
    const { constructor } = above;
    // Only a class's text tells that it has private fields; they cannot be seen from outside.
    if (typeof constructor === 'function' && /#[\p{ID_Start}_$]/u.test(Function.prototype.toString.call(constructor))) {
      return `an object with private fields (class ${constructor.name || 'without a name'})`;
    }
  }
  return null;
}
