import type { Memento } from 'vscode';
import { storeKey } from '../platform/keys';

const KEY = 'leftfold.openedStores';

/** The paths a person opened in this workspace, in the order they were opened. Survives reloads. */
export class OpenedStores {
  constructor(private readonly memory: Memento) {}

  get paths(): string[] {
    const kept = this.memory.get<unknown>(KEY);
    return Array.isArray(kept) ? kept.filter((path) => typeof path === 'string') : [];
  }

  has(key: string): boolean {
    return this.paths.some((path) => storeKey(path) === key);
  }

  async add(path: string): Promise<void> {
    if (!this.has(storeKey(path))) await this.memory.update(KEY, [...this.paths, path]);
  }

  async remove(key: string): Promise<void> {
    await this.memory.update(KEY, this.paths.filter((path) => storeKey(path) !== key));
  }
}
