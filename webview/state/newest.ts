/**
 * Asks for one thing at a time and only ever for the newest that is wanted: what was wanted in between is skipped,
 * so holding a key or dragging a slider never builds a queue.
 */
export class Newest<Key, Value> {
  private underWay: { key: Key; controller: AbortController } | undefined;
  private next: { key: Key } | undefined;

  /**
   * @param ask    the request; its signal is aborted when the answer is no longer wanted
   * @param answer called with each answer that is still wanted, in the order asked
   * @param fail   called when a request failed for another reason than being aborted
   */
  constructor(
    private readonly ask: (key: Key, signal: AbortSignal) => Promise<Value>,
    private readonly answer: (key: Key, value: Value) => void,
    private readonly fail: (key: Key, error: unknown) => void,
  ) {}

  /** Whether a request is under way. */
  get busy(): boolean {
    return this.underWay !== undefined;
  }

  /**
   * Wants `key` now. A request under way is let finish (its answer is shown on the way to the newest one) unless
   * `drop` is set: then it is aborted and its answer ignored.
   */
  want(key: Key, drop = false): void {
    this.next = { key };
    if (this.underWay && drop) this.abort();
    if (!this.underWay) this.send();
  }

  /** Wants nothing any more. */
  cancel(): void {
    this.next = undefined;
    this.abort();
  }

  private abort(): void {
    this.underWay?.controller.abort();
    this.underWay = undefined;
  }

  private send(): void {
    const wanted = this.next;
    if (!wanted) return;
    this.next = undefined;
    const mine = { key: wanted.key, controller: new AbortController() };
    this.underWay = mine;
    this.ask(mine.key, mine.controller.signal).then(
      (value) => this.settle(mine, () => this.answer(mine.key, value)),
      (error: unknown) => this.settle(mine, () => this.fail(mine.key, error)),
    );
  }

  private settle(mine: { controller: AbortController }, tell: () => void): void {
    if (this.underWay !== mine) return;
    this.underWay = undefined;
    tell();
    if (!this.underWay) this.send();
  }
}
