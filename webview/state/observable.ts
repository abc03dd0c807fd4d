/** Something views watch: they are told that it changed, and read what they need. */
export class Observable {
  private readonly listeners = new Set<() => void>();

  /** Calls the listener after each change until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  protected changed(): void {
    for (const listener of [...this.listeners]) listener();
  }
}
