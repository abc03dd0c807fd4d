/**
 * A JSON number whose stored digits a double would change: an integer beyond 2^53, a decimal with more digits than
 * a double holds, and (when stored digits matter, see parseJson) a form such as `12.50` or `1e3`.
 *
 * It keeps the digits when passed through, and behaves as the double that JSON.parse would have given in
 * arithmetic and comparison. Instances are shared per text, so `===` compares digits; they are frozen.
 */
export class ExactNumber {
  private static readonly shared = new Map<string, WeakRef<ExactNumber>>();
  private static readonly gone = new FinalizationRegistry<string>((source) => {
    if (!ExactNumber.shared.get(source)?.deref()) ExactNumber.shared.delete(source);
  });

  private constructor(readonly source: string) {
    Object.freeze(this);
  }

  /** @param source the number as JSON text, for example `9007199254740993` */
  static of(source: string): ExactNumber {
    const known = ExactNumber.shared.get(source)?.deref();
    if (known) return known;
    const made = new ExactNumber(source);
    ExactNumber.shared.set(source, new WeakRef(made));
    ExactNumber.gone.register(made, source);
    return made;
  }

  valueOf(): number {
    return Number(this.source);
  }

  toString(): string {
    return this.source;
  }

  toJSON(): unknown {
    return rawJson(this.source);
  }
}

/** JSON.rawJSON (ES2026, Node 22): a value that JSON.stringify prints as the given text. */
export const rawJson = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON;
