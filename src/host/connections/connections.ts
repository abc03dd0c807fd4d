import { basename } from 'node:path';
import { EventEmitter, type Disposable, type Event } from 'vscode';
import { isDeepStrictEqual } from 'node:util';
import { Disposables } from '../platform/disposables';
import type { EngineStarter } from '../platform/engines';
import { storeKey } from '../platform/keys';
import type { Logger } from '../platform/logger';
import type { KnownStore, StoreSession, Stores } from '../platform/stores';
import type { ConfigFiles } from './config-files';
import type { OpenedStores } from './opened-stores';
import { Session } from './session';

/** The stores of this window: those of its leftfold.json files, then those a person opened. */
export class Connections implements Stores, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<void>());
  private readonly fileChanged = this.all.add(new EventEmitter<string>());
  readonly onDidChange: Event<void> = this.changed.event;
  readonly onDidChangeFile: Event<string> = this.fileChanged.event;

  private known: KnownStore[] = [];
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly opened: OpenedStores,
    private readonly configs: ConfigFiles,
    private readonly engines: EngineStarter,
    private readonly log: Logger,
  ) {
    this.collect();
    this.all.add(configs.onDidChange(() => this.refreshList()));
  }

  get list(): readonly KnownStore[] {
    return this.known;
  }

  at(path: string): KnownStore {
    const key = storeKey(path);
    return this.known.find((store) => store.key === key) ?? this.describe(path, 'path');
  }

  session(store: KnownStore): StoreSession {
    const running = this.sessions.get(store.key);
    if (running && isDeepStrictEqual(running.store.mapping, store.mapping)) return running;
    running?.dispose();
    const session = new Session(store, this.engines, this.log);
    session.onDidChangeFile(() => this.fileChanged.fire(store.key));
    this.sessions.set(store.key, session);
    return session;
  }

  async remember(path: string): Promise<KnownStore> {
    const store = this.at(path);
    if (store.origin !== 'path') return store;
    await this.opened.add(path);
    this.refreshList();
    return this.at(path);
  }

  async forget(key: string): Promise<void> {
    await this.opened.remove(key);
    this.refreshList();
  }

  dispose(): void {
    for (const session of this.sessions.values()) session.dispose();
    this.sessions.clear();
    this.all.dispose();
  }

  private refreshList(): void {
    this.collect();
    for (const [key, session] of this.sessions) {
      // Sessions of stores met by their path alone (an editor tab) are in no list and live on.
      const store = this.known.find((known) => known.key === key) ?? this.describe(session.store.path, 'path');
      const gone = store.origin === 'path' && session.store.origin !== 'path';
      if (!gone && isDeepStrictEqual(store.mapping, session.store.mapping)) continue;
      this.sessions.delete(key);
      session.dispose();
    }
    this.changed.fire();
  }

  private collect(): void {
    const found = new Map<string, KnownStore>();
    const add = (store: KnownStore) => found.has(store.key) || found.set(store.key, store);
    for (const { path } of this.configs.listedStores()) add(this.describe(path, 'config'));
    for (const path of this.opened.paths) add(this.describe(path, 'opened'));
    this.known = [...found.values()];
  }

  private describe(path: string, origin: KnownStore['origin']): KnownStore {
    const listed = this.configs.storeAt(path);
    return {
      key: storeKey(path),
      path,
      name: listed?.name ?? basename(path),
      mapping: listed?.mapping ?? this.configs.mappingKept(path),
      origin,
      configFile: listed?.configFile,
    };
  }
}
