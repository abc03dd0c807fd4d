import { basename, dirname, join } from 'node:path';
import { ProgressLocation, Uri, commands, env, l10n, languages, window, workspace, type Disposable } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { notAFile, tooBigForEditor } from '../../model/problems/host';
import { abortSignalOf } from '../platform/abort';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import { fileNamePart, oneLine } from '../platform/keys';
import type { Notices } from '../platform/notices';
import { pickStep, versionOfStep } from '../platform/pick-step';
import { readExport } from '../platform/read-export';
import type { Stores } from '../platform/stores';
import type { ShownStep, TimelineLease, Timelines } from '../platform/timelines';
import { refuseStores, writeWhole } from './write-file';

/** What a text editor can still be given, characters. */
const MOST_IN_EDITOR = 48 * 1024 * 1024;

type What = 'state' | 'events';
type Place = 'editor' | { file: string };

interface Parts {
  commands: Commands;
  notices: Notices;
  stores: Stores;
  timelines: Timelines;
}

/**
 * "Export state at version…" and "Export events up to version…": from a timeline (its step), the tree and the palette
 * (asked for). The target may carry `to`: "editor" or an absolute file path, and nothing is asked then.
 */
export function registerExportCommands(parts: Parts): Disposable {
  const all = new Disposables();
  for (const [id, what] of [['leftfold.exportState', 'state'], ['leftfold.exportEvents', 'events']] as const) {
    all.add(parts.commands.register(id, (target: unknown) => runExport(parts, what, target)));
  }
  return all;
}

async function runExport(parts: Parts, what: What, target: unknown): Promise<void> {
  const shown = await pickStep(target, parts.stores, parts.timelines);
  if (!shown) return;
  const lease = await parts.timelines.borrow(shown);
  try {
    const place = placeIn(target) ?? (await askPlace(what, shown, lease));
    if (!place) return;
    if (place === 'editor') await toEditor(what, shown, lease);
    else await toFile(parts, what, shown, lease, place.file);
  } finally {
    lease.release();
  }
}

async function toEditor(what: What, shown: ShownStep, lease: TimelineLease): Promise<void> {
  const content = await withProgress(shown, async (signal) => {
    const pieces: string[] = [];
    let length = 0;
    for await (const piece of readExport(lease, what, shown.step, signal)) {
      length += piece.length;
      if (length > MOST_IN_EDITOR) throw new LeftfoldError(tooBigForEditor(shown.stream, await versionOfStep(lease, shown.step)));
      pieces.push(piece);
    }
    return pieces.join('');
  });
  const language = what === 'state' ? 'json' : 'jsonl';
  const known = await languages.getLanguages();
  const document = await workspace.openTextDocument({ content, language: known.includes(language) ? language : 'json' });
  await window.showTextDocument(document, { preview: false });
}

async function toFile({ notices, stores }: Parts, what: What, shown: ShownStep, lease: TimelineLease, file: string): Promise<void> {
  await refuseStores(file, [shown.store.path, ...stores.list.map((store) => store.path)]);
  await withProgress(shown, (signal, report) => writeWhole(file, readExport(lease, what, shown.step, signal), report));
  void notices.info(
    l10n.t('Exported to {0}.', basename(file)),
    { title: l10n.t('Open File'), run: () => commands.executeCommand('vscode.open', Uri.file(file)) },
    { title: l10n.t('Copy Path'), run: () => env.clipboard.writeText(file) },
  );
}

function withProgress<T>(shown: ShownStep, work: (signal: AbortSignal, report: (characters: number) => void) => Promise<T>): Promise<T> {
  const options = { location: ProgressLocation.Notification, cancellable: true, title: l10n.t('Exporting {0}', oneLine(shown.stream, 60)) };
  return Promise.resolve(window.withProgress(options, async (progress, token) => {
    const abort = abortSignalOf(token);
    try {
      return await work(abort.signal, (characters) => progress.report({ message: l10n.t('{0} MB', (characters / 1_000_000).toFixed(1)) }));
    } finally {
      abort.dispose();
    }
  }));
}

function placeIn(target: unknown): Place | undefined {
  if (typeof target !== 'object' || target === null || !('to' in target) || typeof target.to !== 'string') return undefined;
  return target.to === 'editor' ? 'editor' : { file: target.to };
}

async function askPlace(what: What, shown: ShownStep, lease: TimelineLease): Promise<Place | undefined> {
  const version = await versionOfStep(lease, shown.step);
  const chosen = await window.showQuickPick(
    [
      { label: `$(save) ${l10n.t('Save to a file…')}`, place: 'file' as const },
      { label: `$(new-file) ${l10n.t('Open in an untitled editor')}`, place: 'editor' as const },
    ],
    { title: what === 'state' ? l10n.t('Export the state at version {0}', version) : l10n.t('Export the events up to version {0}', version) },
  );
  if (!chosen) return undefined;
  if (chosen.place === 'editor') return 'editor';
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? dirname(shown.store.path);
  const uri = await window.showSaveDialog({
    defaultUri: Uri.file(join(folder, fileName(what, shown.stream, version))),
    filters: what === 'state' ? { JSON: ['json'] } : { NDJSON: ['ndjson', 'jsonl'] },
  });
  if (!uri) return undefined;
  if (uri.scheme !== 'file') throw new LeftfoldError(notAFile(uri.toString()));
  return { file: uri.fsPath };
}

function fileName(what: What, stream: string, version: string): string {
  const at = version === 'start' ? 'start' : `v${version}`;
  return `${fileNamePart(stream)}@${at}.${what === 'state' ? 'json' : 'events.ndjson'}`;
}
