import { stat, writeFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Uri, commands, l10n, window, workspace, type Disposable } from 'vscode';
import { withReducer } from '../../config/edit';
import { LeftfoldError } from '../../model/problem';
import { configNotWritten, noFolder, notAFile } from '../../model/problems/host';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import { openSource, type Notices } from '../platform/notices';
import { pickStore } from '../platform/pick';
import type { Configs, KnownStore, Stores } from '../platform/stores';
import { asStoreTarget, asStreamTarget } from '../platform/targets';
import type { Timelines } from '../platform/timelines';
import { reducerFileName, reducerTemplate } from './template';

const EXTENSIONS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];

interface Parts {
  commands: Commands;
  notices: Notices;
  stores: Stores;
  configs: Configs;
  timelines: Timelines;
}

/** What a reducer is set for. */
interface Subject {
  store: KnownStore;
  category: string;
  stream: string | undefined;
}

/**
 * "Set reducer for category…" and "Edit reducer". The first's target may carry `module` (an absolute path), and no
 * file is asked for then.
 */
export function registerReducerCommands(parts: Parts): Disposable {
  const all = new Disposables();
  all.add(parts.commands.register('leftfold.setReducer', async (target: unknown) => {
    const subject = await subjectOf(parts, target);
    if (!subject) return;
    const file = parts.configs.fileFor(subject.store);
    if (file === undefined) throw new LeftfoldError(noFolder());
    const module = moduleIn(target) ?? (await askModule(parts, subject, dirname(file)));
    if (module === undefined) return;
    await parts.configs.edit(file, (text) => withReducer(text, file, subject.category, module, subject.store.path));
    if (!workspace.isTrusted) {
      void parts.notices.info(
        l10n.t('The reducer is set. It runs once this workspace is trusted.'),
        { title: l10n.t('Manage Trust'), run: () => commands.executeCommand('workbench.trust.manage') },
      );
    }
  }));
  all.add(parts.commands.register('leftfold.editReducer', async (target: unknown) => {
    const subject = await subjectOf(parts, target);
    if (!subject) return;
    const configured = parts.configs.reducerFor(subject.store, subject.category, subject.stream);
    if (configured) await openSource(configured.module, 1, 1);
    else await commands.executeCommand('leftfold.setReducer', target);
  }));
  return all;
}

async function subjectOf({ stores, timelines }: Parts, target: unknown): Promise<Subject | undefined> {
  const active = timelines.active;
  const ref = asStreamTarget(target, stores) ?? (target === undefined ? active : undefined);
  if (ref) {
    const category = ref.category ?? (await stores.session(ref.store).request('summary', { stream: ref.stream })).category;
    // A stream without a category has a reducer under its own name: leftfold.json knows categories alone.
    return { store: ref.store, category: category ?? ref.stream, stream: ref.stream };
  }
  const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
  if (!store) return undefined;
  const given = typeof target === 'object' && target !== null && 'category' in target ? target.category : undefined;
  const category = typeof given === 'string' ? given : await askCategory(store, stores);
  return category === undefined ? undefined : { store, category, stream: undefined };
}

async function askCategory(store: KnownStore, stores: Stores): Promise<string | undefined> {
  const categories = await stores.session(store).request('categories', null);
  const items = categories.flatMap(({ category, streams }) => (category === null ? [] : [{ label: category, description: streams?.toLocaleString() ?? '' }]));
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('Reducer for the streams of which category?') });
  return chosen?.label;
}

/** @returns an absolute path, undefined when the person gave up */
async function askModule(parts: Parts, subject: Subject, folder: string): Promise<string | undefined> {
  const chosen = await window.showQuickPick(
    [
      { label: `$(folder-opened) ${l10n.t('Choose a file…')}`, detail: l10n.t('JavaScript or TypeScript that exports evolve and initialState, or a default function'), make: undefined },
      { label: `$(new-file) ${l10n.t('Create a TypeScript reducer…')}`, detail: l10n.t('A commented example to start from'), make: true },
      { label: `$(new-file) ${l10n.t('Create a JavaScript reducer…')}`, detail: l10n.t('A commented example to start from'), make: false },
    ],
    { title: l10n.t('Reducer for {0}', subject.category) },
  );
  if (!chosen) return undefined;
  if (chosen.make !== undefined) return create(parts, subject, folder, chosen.make);
  const [uri] = (await window.showOpenDialog({
    title: l10n.t('Reducer for {0}', subject.category),
    defaultUri: Uri.file(folder),
    filters: { [l10n.t('Reducers')]: EXTENSIONS },
  })) ?? [];
  if (uri && uri.scheme !== 'file') throw new LeftfoldError(notAFile(uri.toString()));
  return uri?.fsPath;
}

async function create({ stores }: Parts, subject: Subject, folder: string, typescript: boolean): Promise<string | undefined> {
  const suggested = join(folder, 'reducers', reducerFileName(subject.category, typescript));
  const uri = await window.showSaveDialog({
    title: l10n.t('Create a reducer for {0}', subject.category),
    defaultUri: Uri.file(suggested),
    filters: { [l10n.t('Reducers')]: typescript ? ['ts', 'mts'] : ['mjs', 'js'] },
  });
  if (!uri) return undefined;
  if (uri.scheme !== 'file') throw new LeftfoldError(notAFile(uri.toString()));
  const file = uri.fsPath;
  const exists = await stat(file).then(({ size }) => size > 0, () => false);
  if (!exists) {
    const types = subject.stream === undefined ? [] : await typesOf(stores, subject.store, subject.stream);
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, reducerTemplate(subject.category, types, typescript));
    } catch (error) {
      throw new LeftfoldError(configNotWritten(file, error instanceof Error ? error.message : String(error)));
    }
  }
  await openSource(file, 1, 1);
  return file;
}

async function typesOf(stores: Stores, store: KnownStore, stream: string): Promise<string[]> {
  const { types } = await stores.session(store).request('summary', { stream });
  return types.map(({ type }) => type);
}

function moduleIn(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null || !('module' in target)) return undefined;
  return typeof target.module === 'string' ? target.module : undefined;
}
