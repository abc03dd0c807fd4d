import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Uri, commands, env, l10n, window, workspace, type Disposable } from 'vscode';
import { withStore } from '../../config/edit';
import { LeftfoldError, type Problem } from '../../model/problem';
import { noFolder, notAFile } from '../../model/problems/host';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import { problemText, openSource, type Notices } from '../platform/notices';
import { pickStore } from '../platform/pick';
import type { Configs, KnownStore, Stores } from '../platform/stores';
import { asStoreTarget } from '../platform/targets';

export interface StoreCommandParts {
  commands: Commands;
  notices: Notices;
  stores: Stores;
  configs: Configs;
  /** Shows a store in the tree. */
  reveal(store: KnownStore): Promise<void>;
}

/** Opening and closing stores, and what concerns a store as a file. */
export function registerStoreCommands(parts: StoreCommandParts): Disposable {
  const { stores, configs, notices } = parts;
  const all = new Disposables();
  const on = (id: string, run: (target: unknown, ...more: unknown[]) => unknown) => all.add(parts.commands.register(id, run));

  on('leftfold.openStore', (target, selected) => openStores(parts, target, selected));
  on('leftfold.closeStore', async (target) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (!store) return;
    if (store.origin === 'config') return configListsIt(parts, store);
    await stores.forget(store.key);
  });
  on('leftfold.addToConfig', async (target) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (!store) return;
    const file = configs.fileFor(store);
    if (file === undefined) throw new LeftfoldError(noFolder());
    await configs.edit(file, (text) => withStore(text, file, store.path));
    void notices.info(l10n.t('{0} is listed in leftfold.json now.', store.name), { title: l10n.t('Open leftfold.json'), run: () => openSource(file, 1, 1) });
  });
  on('leftfold.openConfig', (target) => openConfig(parts, target));
  on('leftfold.openAsText', async (target) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (store) await commands.executeCommand('vscode.openWith', Uri.file(store.path), 'default');
  });
  on('leftfold.copyStorePath', async (target) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (store) await env.clipboard.writeText(store.path);
  });
  on('leftfold.showStoreProblems', async (target) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (store) await showProblems(parts, store, problemIn(target));
  });
  return all;
}

async function openStores(parts: StoreCommandParts, target: unknown, selected: unknown): Promise<void> {
  const paths = pathsOf(target, selected) ?? (await askPaths());
  let last: KnownStore | undefined;
  for (const path of paths) last = await parts.stores.remember(path);
  if (!last) return;
  await commands.executeCommand('leftfold.stores.focus');
  await parts.reveal(last);
}

/** A path, a file of the explorer, or all files selected there; undefined when nothing was given. */
function pathsOf(target: unknown, selected: unknown): string[] | undefined {
  const uris = Array.isArray(selected) && selected.every((one) => one instanceof Uri) && selected.length > 0 ? selected : [target];
  const paths: string[] = [];
  for (const one of uris) {
    if (typeof one === 'string') paths.push(one);
    else if (one instanceof Uri) {
      if (one.scheme !== 'file') throw new LeftfoldError(notAFile(one.toString()));
      paths.push(one.fsPath);
    }
  }
  return paths.length > 0 ? paths : undefined;
}

async function askPaths(): Promise<string[]> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const chosen = await window.showOpenDialog({
    title: l10n.t('Open Event Store'),
    canSelectMany: true,
    ...(folder ? { defaultUri: folder } : {}),
    filters: {
      [l10n.t('Event stores')]: ['db', 'sqlite', 'sqlite3', 'ndjson', 'jsonl', 'json'],
      [l10n.t('All files')]: ['*'],
    },
  });
  return pathsOf(undefined, chosen) ?? [];
}

function configListsIt({ notices }: StoreCommandParts, store: KnownStore): void {
  const { configFile } = store;
  if (configFile === undefined) return;
  void notices.info(
    l10n.t('{0} is listed in leftfold.json; take it out there to close it.', store.name),
    { title: l10n.t('Open leftfold.json'), run: () => openSource(configFile, 1, 1) },
  );
}

async function openConfig({ stores, configs }: StoreCommandParts, target: unknown): Promise<void> {
  if (typeof target === 'object' && target !== null && 'file' in target && typeof target.file === 'string') {
    const { file, line, column } = target as { file: string; line?: number; column?: number };
    return openSource(file, line ?? 1, column ?? 1);
  }
  const store = asStoreTarget(target, stores) ?? stores.list[0];
  const file = store ? (store.configFile ?? configs.fileFor(store)) : configs.rootFile;
  if (file === undefined) throw new LeftfoldError(noFolder());
  const there = await stat(file).then(() => true, () => false);
  if (!there) await configs.edit(file, (text) => text);
  await openSource(file, 1, 1);
}

/** What hinders a store altogether is told in a notice; what could not be read in it is a list to choose a place from. */
async function showProblems({ stores, notices }: StoreCommandParts, store: KnownStore, given: Problem | undefined): Promise<void> {
  const { state } = stores.session(store);
  const failure = given ?? (state.phase === 'failed' ? state.problem : undefined);
  if (failure) {
    void notices.problem(failure);
    return;
  }
  const problems = state.phase === 'ready' ? state.info.problems : [];
  if (problems.length === 0) {
    void notices.info(l10n.t('Everything in {0} could be read.', store.name));
    return;
  }
  const items = problems.map((problem) => ({
    label: problem.message.replaceAll(store.path, basename(store.path)),
    detail: problem.next,
    description: problem.where.line === undefined ? '' : l10n.t('line {0}', problem.where.line),
    problem,
  }));
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('What could not be read in {0}', store.name), matchOnDetail: true });
  if (!chosen) return;
  const { file, line, column } = chosen.problem.where;
  if (file !== undefined && line !== undefined) await openSource(file, line, column ?? 1);
  else await env.clipboard.writeText(problemText(chosen.problem));
}

function problemIn(target: unknown): Problem | undefined {
  return typeof target === 'object' && target !== null && 'problem' in target ? (target.problem as Problem) : undefined;
}
