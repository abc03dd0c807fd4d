import type { Disposable } from 'vscode';

/** Owns disposables. Adding after dispose disposes at once, so a late answer leaks nothing. */
export class Disposables implements Disposable {
  private items: { dispose(): unknown }[] = [];
  private done = false;

  add<T extends { dispose(): unknown }>(item: T): T {
    if (this.done) item.dispose();
    else this.items.push(item);
    return item;
  }

  /** Adds a plain function to be called on dispose. */
  defer(run: () => void): void {
    this.add({ dispose: run });
  }

  get disposed(): boolean {
    return this.done;
  }

  /** Disposes everything, last added first. */
  dispose(): void {
    this.done = true;
    for (const item of this.items.splice(0).reverse()) item.dispose();
  }
}
