type Kind = Float64Array | Uint32Array;

/** A typed array that grows as numbers are added: 4 or 8 bytes each, where a plain array may take 16 and more. */
export class Numbers<T extends Kind> {
  private items: T;
  length = 0;

  constructor(private readonly make: new (size: number) => T) {
    this.items = new make(1024);
  }

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new this.make(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** The numbers added, without the room kept for more. */
  done(): T {
    const trimmed = this.items.slice(0, this.length) as T;
    this.items = new this.make(0);
    return trimmed;
  }
}
