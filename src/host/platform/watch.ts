import { basename, dirname } from 'node:path';
import { RelativePattern, Uri, workspace, type Disposable } from 'vscode';
import { Debouncer } from './debounce';
import { Disposables } from './disposables';

/**
 * Calls back, debounced, when files that match a pattern below a folder are made, changed or deleted.
 * The folder need not belong to the workspace.
 */
export function watchPattern(folder: string, pattern: string, onChange: () => void, quietMs = 300, mostMs = 3000): Disposable {
  const all = new Disposables();
  const debouncer = all.add(new Debouncer(quietMs, mostMs, onChange));
  const watcher = all.add(workspace.createFileSystemWatcher(new RelativePattern(Uri.file(folder), pattern)));
  const trigger = () => debouncer.trigger();
  all.add(watcher.onDidChange(trigger));
  all.add(watcher.onDidCreate(trigger));
  all.add(watcher.onDidDelete(trigger));
  return all;
}

/** Watches one file. @param beside further endings of its name that count too (a database's "-wal") */
export function watchFile(file: string, onChange: () => void, beside: string[] = []): Disposable {
  const all = new Disposables();
  const debouncer = all.add(new Debouncer(400, 4000, onChange));
  for (const ending of ['', ...beside]) {
    all.add(watchPattern(dirname(file), globEscape(basename(file) + ending), () => debouncer.trigger(), 0, 0));
  }
  return all;
}

/** A name in which nothing is a glob any more. */
function globEscape(name: string): string {
  return name.replace(/[[\]{}*?]/g, (char) => (char === '{' || char === '}' ? '?' : `[${char}]`));
}
