import { l10n, window, type QuickPickItem } from 'vscode';
import { withMapping } from '../../config/edit';
import { LeftfoldError } from '../../model/problem';
import { nothingToMap } from '../../model/problems/host';
import type { EventRole, StoreMapping } from '../../model/store-info';
import type { Commands } from '../platform/commands';
import { openSource, type Notices } from '../platform/notices';
import { pickStore } from '../platform/pick';
import type { Configs, KnownStore, Stores } from '../platform/stores';
import { asStoreTarget } from '../platform/targets';
import { ROLES, currentMapping, foundIn, previewMapping, type Found } from './parts';
import type { Disposable } from 'vscode';

interface Parts {
  commands: Commands;
  notices: Notices;
  stores: Stores;
  configs: Configs;
}

/**
 * "Map columns by hand": asks for the table and the column of each role, and writes the answer to leftfold.json (kept
 * for this machine where no folder is open). The target may carry `mapping`, and nothing is asked then.
 */
export function registerMappingCommand(parts: Parts): Disposable {
  const { stores, configs, notices } = parts;
  return parts.commands.register('leftfold.mapColumns', async (target: unknown) => {
    const store = asStoreTarget(target, stores) ?? (await pickStore(stores));
    if (!store) return;
    const mapping = mappingIn(target) ?? (await ask(store, stores));
    if (!mapping) return;
    const file = configs.fileFor(store);
    if (file === undefined) await configs.keepMapping(store.path, mapping);
    else await configs.edit(file, (text) => withMapping(text, file, store.path, mapping));
    await stores.session(stores.at(store.path)).reopen();
    void notices.info(
      l10n.t('{0} is read as {1}.', store.name, previewMapping(mapping)),
      ...(file === undefined ? [] : [{ title: l10n.t('Open leftfold.json'), run: () => openSource(file, 1, 1) }]),
    );
  });
}

async function ask(store: KnownStore, stores: Stores): Promise<StoreMapping | undefined> {
  let session = stores.session(store);
  if (session.state.phase === 'closed') await session.open().catch(() => undefined);
  if (session.state.phase === 'failed' && store.mapping) {
    // The mapping is what is wrong: what there is to map shows without it.
    session = stores.session({ ...store, mapping: undefined });
    await session.open().catch(() => undefined);
  }
  const { state } = session;
  const found = foundIn(state);
  if (found.length === 0) throw new LeftfoldError(state.phase === 'failed' ? state.problem : nothingToMap(store.path));
  const isDatabase = state.phase === 'ready' ? state.info.kind === 'sqlite' : !/\.(nd)?jsonl?$|\.json$/i.test(store.path);
  const table = await askTable(found);
  if (!table) return undefined;
  const known = currentMapping(state.phase === 'ready' ? state.info : undefined);
  const mapping: StoreMapping = isDatabase ? { table: table.name } : {};
  for (const [index, { role, needed }] of ROLES.entries()) {
    const answer = await askColumn(role, needed, table, mapping, known[role] ?? undefined, `${index + 1}/${ROLES.length}`);
    if (answer === undefined) return undefined;
    mapping[role] = answer;
  }
  return mapping;
}

async function askTable(found: Found[]): Promise<Found | undefined> {
  if (found.length === 1) return found[0];
  const items = found.map((table) => ({ label: table.name, detail: table.columns.join(', '), table }));
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Map columns: the table'),
    placeHolder: l10n.t('Which table holds one event a row?'),
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return chosen?.table;
}

/** @returns the column, null for none, undefined when the person gave up */
async function askColumn(
  role: EventRole,
  needed: boolean,
  table: Found,
  soFar: StoreMapping,
  current: string | undefined,
  count: string,
): Promise<string | null | undefined> {
  const taken = new Map(Object.entries(soFar).filter(([key]) => key !== 'table').map(([key, column]) => [column, key]));
  const items: (QuickPickItem & { column: string | null })[] = table.columns.map((column) => ({
    label: column,
    description: column === current ? l10n.t('recognised') : taken.has(column) ? l10n.t('already {0}', String(taken.get(column))) : '',
    column,
  }));
  if (!needed) items.push({ label: `$(circle-slash) ${l10n.t('The store has none')}`, column: null });
  // Enter takes the first: what is recognised, then what is free, then none, and last what has another role already.
  const rank = ({ column }: (typeof items)[number]) => {
    if (column === null) return 2;
    if (column === current) return 0;
    return taken.has(column) ? 3 : 1;
  };
  items.sort((a, b) => rank(a) - rank(b));
  const chosen = await window.showQuickPick(items, {
    title: [l10n.t('Map columns ({0})', count), previewMapping(soFar)].filter(Boolean).join(' · '),
    placeHolder: question(role),
    ignoreFocusOut: true,
  });
  return chosen?.column;
}

function question(role: EventRole): string {
  switch (role) {
    case 'stream': return l10n.t('Which column says the stream an event belongs to?');
    case 'version': return l10n.t("Which column holds the stream's own counter (version)?");
    case 'type': return l10n.t('Which column holds the event type?');
    case 'data': return l10n.t('Which column holds the payload?');
    case 'time': return l10n.t('Which column says when the event was recorded?');
    case 'position': return l10n.t("Which column holds the store's counter (position)?");
    case 'id': return l10n.t("Which column holds the event's id?");
    case 'metadata': return l10n.t('Which column holds the metadata?');
    case 'category': return l10n.t('Which column holds the category of the stream?');
  }
}

function mappingIn(target: unknown): StoreMapping | undefined {
  if (typeof target !== 'object' || target === null || !('mapping' in target) || 'key' in target) return undefined;
  return typeof target.mapping === 'object' && target.mapping !== null ? target.mapping : undefined;
}
