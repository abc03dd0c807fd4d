import { dirname, join } from 'node:path';
import { EventEmitter, Uri, WorkspaceEdit, Range, workspace, type Disposable, type Event, type Memento } from 'vscode';
import { CONFIG_NAME, type Config } from '../../config/config';
import { emptyConfig } from '../../config/edit';
import { reducerFor } from '../../config/find';
import { readConfig } from '../../config/read';
import { LeftfoldError, type Problem } from '../../model/problem';
import { configNotWritten } from '../../model/problems/host';
import type { StoreMapping } from '../../model/store-info';
import { Disposables } from '../platform/disposables';
import { isWithin, storeKey } from '../platform/keys';
import { logProblem, type Logger } from '../platform/logger';
import type { Configs, ConfiguredReducer, KnownStore } from '../platform/stores';
import { watchPattern } from '../platform/watch';

const MAPPINGS = 'leftfold.mappings';

/** A store as a leftfold.json lists it, with an absolute path. */
export interface ListedStore {
  path: string;
  name: string | undefined;
  mapping: StoreMapping | undefined;
  configFile: string;
}

/**
 * The leftfold.json files of the workspace: those at the roots of its folders list stores and reducers, those deeper
 * down (found upwards from a store) say what concerns the stores below them. Nothing outside the workspace's folders
 * is read: trusting a workspace is no reason to run code from elsewhere.
 */
export class ConfigFiles implements Configs, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<void>());
  readonly onDidChange: Event<void> = this.changed.event;

  private byFile = new Map<string, Config>();
  private watchers = new Disposables();
  /** Files below the roots. */
  private deeper: Uri[] = [];
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly machine: Memento,
    private readonly log: Logger,
  ) {
    this.all.add(workspace.onDidChangeWorkspaceFolders(() => this.start()));
  }

  /** Reads the files and watches them. To be awaited before the stores are listed. */
  start(): Promise<void> {
    this.watchers.dispose();
    this.watchers = new Disposables();
    for (const folder of this.folders) this.watchers.add(watchPattern(folder, `**/${CONFIG_NAME}`, () => void this.search(), 150, 1000));
    this.deeper = [];
    // Searching a large workspace takes seconds; the files at the roots need no search.
    void this.search();
    return this.readAll();
  }

  get problems(): readonly Problem[] {
    return this.roots.flatMap((config) => config.problems);
  }

  get rootFile(): string | undefined {
    const [folder] = this.folders;
    return folder === undefined ? undefined : join(folder, CONFIG_NAME);
  }

  /** The stores of the files at the roots: those are the team's list, a deeper file may be a test's. */
  listedStores(): ListedStore[] {
    return this.roots.flatMap((config) => storesIn(config));
  }

  /** What any of the files says about a store. */
  storeAt(path: string): ListedStore | undefined {
    const key = storeKey(path);
    const all = [...this.roots, ...this.byFile.values()].flatMap((config) => storesIn(config));
    return all.find((store) => storeKey(store.path) === key);
  }

  /** A mapping made by hand for a store that no leftfold.json could hold. */
  mappingKept(path: string): StoreMapping | undefined {
    return this.machine.get<Record<string, StoreMapping>>(MAPPINGS, {})[storeKey(path)];
  }

  async keepMapping(path: string, mapping: StoreMapping): Promise<void> {
    const kept = this.machine.get<Record<string, StoreMapping>>(MAPPINGS, {});
    await this.machine.update(MAPPINGS, { ...kept, [storeKey(path)]: mapping });
    this.changed.fire();
  }

  reducerFor(store: KnownStore, category: string | null, stream?: string): ConfiguredReducer | undefined {
    for (const config of this.configsFor(store)) {
      const found = reducerFor(config, store.path, category, stream);
      if (found) return { module: found.module, numbers: found.numbers, configFile: config.file };
    }
    return undefined;
  }

  fileFor(store: KnownStore): string | undefined {
    return this.configsFor(store)[0]?.file ?? this.folderFile(store.path) ?? this.rootFile;
  }

  async edit(file: string, change: (text: string) => string): Promise<void> {
    const uri = Uri.file(file);
    try {
      const open = workspace.textDocuments.find((document) => storeKey(document.uri.fsPath) === storeKey(file));
      if (open) {
        // Through the editor, so that what is unsaved there is neither lost nor overwritten later.
        const edit = new WorkspaceEdit();
        edit.replace(uri, new Range(0, 0, open.lineCount, 0), change(open.getText() || emptyConfig()));
        if (!(await workspace.applyEdit(edit)) || !(await open.save())) throw new Error('the open editor refused the change');
      } else {
        const before = await workspace.fs.readFile(uri).then((bytes) => new TextDecoder().decode(bytes), () => undefined);
        const text = change(before === undefined || before.trim() === '' ? emptyConfig() : before);
        await workspace.fs.createDirectory(Uri.file(dirname(file)));
        await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      }
    } catch (error) {
      if (error instanceof LeftfoldError) throw error;
      throw new LeftfoldError(configNotWritten(file, error instanceof Error ? error.message : String(error)));
    }
    await this.readAll();
  }

  dispose(): void {
    this.watchers.dispose();
    this.all.dispose();
  }

  /** The files that speak of a store: the one that lists it, the nearest above it, then those of the roots. */
  private configsFor(store: KnownStore): Config[] {
    const listing = store.configFile === undefined ? undefined : this.byFile.get(storeKey(store.configFile));
    const above = [...this.byFile.values()]
      .filter((config) => isWithin(store.path, dirname(config.file)))
      .sort((a, b) => b.file.length - a.file.length)
      .slice(0, 1);
    return [...new Set([listing, ...above, ...(above.length > 0 ? [] : this.roots)])].filter((config) => config !== undefined);
  }

  private folderFile(path: string): string | undefined {
    const folder = this.folders.find((one) => isWithin(path, one));
    return folder === undefined ? undefined : join(folder, CONFIG_NAME);
  }

  private get roots(): Config[] {
    return this.folders.map((folder) => this.byFile.get(storeKey(join(folder, CONFIG_NAME)))).filter((config) => config !== undefined);
  }

  private get folders(): string[] {
    return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
  }

  private async search(): Promise<void> {
    if (this.folders.length === 0) return;
    this.deeper = await workspace.findFiles(`**/${CONFIG_NAME}`, '**/node_modules/**', 100);
    await this.readAll();
  }

  /** One reading after the other, so that an older one cannot overtake a newer. */
  private readAll(): Promise<void> {
    this.reading = this.reading.then(() => this.readNow());
    return this.reading;
  }

  private async readNow(): Promise<void> {
    if (this.all.disposed) return;
    const roots = this.folders.map((folder) => Uri.file(join(folder, CONFIG_NAME)));
    const next = new Map<string, Config>();
    for (const uri of [...roots, ...this.deeper]) {
      const key = storeKey(uri.fsPath);
      if (uri.scheme !== 'file' || next.has(key)) continue;
      const text = await workspace.fs.readFile(uri).then((bytes) => new TextDecoder().decode(bytes), () => undefined);
      if (text === undefined) continue;
      const config = readConfig(text, uri.fsPath);
      for (const problem of config.problems) logProblem(this.log, problem);
      next.set(key, config);
    }
    this.byFile = next;
    this.changed.fire();
  }
}

function storesIn(config: Config): ListedStore[] {
  return config.stores.map((store) => ({ ...store, configFile: config.file }));
}
