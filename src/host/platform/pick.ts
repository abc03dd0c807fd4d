import { l10n, window, type QuickPickItem } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { noStores } from '../../model/problems/host';
import type { StreamHead } from '../../model/stream';
import { Debouncer } from './debounce';
import { Disposables } from './disposables';
import { oneLine } from './keys';
import { timeAgo } from './time-ago';
import type { KnownStore, Stores } from './stores';
import type { StreamRef } from './timelines';

const SHOWN = 200;

/** Asks for one of the known stores; the only one is not asked for. @throws LeftfoldError no-stores */
export async function pickStore(stores: Stores): Promise<KnownStore | undefined> {
  const [first, ...others] = stores.list;
  if (!first) throw new LeftfoldError(noStores());
  if (others.length === 0) return first;
  const items = stores.list.map((store) => ({ label: store.name, description: store.path, store }));
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('Which event store?'), matchOnDescription: true });
  return chosen?.store;
}

/** Asks for a stream, of the one store given or of one asked for first. Typing queries the whole store. */
export async function pickStream(stores: Stores, of?: KnownStore): Promise<StreamRef | undefined> {
  const store = of ?? (await pickStore(stores));
  if (!store) return undefined;
  const head = await pickHead(store, stores);
  return head && { store, stream: head.stream, category: head.category };
}

function pickHead(store: KnownStore, stores: Stores): Promise<StreamHead | undefined> {
  const all = new Disposables();
  const pick = all.add(window.createQuickPick<QuickPickItem & { head?: StreamHead }>());
  pick.placeholder = l10n.t('Stream of {0} (type to search all of them)', store.name);
  let latest = new AbortController();
  const query = async () => {
    latest.abort();
    const mine = (latest = new AbortController());
    pick.busy = true;
    try {
      const match = pick.value.trim();
      const page = await stores.session(store).request('streams', { limit: SHOWN, ...(match ? { match } : {}) }, mine.signal);
      if (mine.signal.aborted) return;
      // alwaysShow: the store has matched already, by its own rules.
      pick.items = page.streams.map((head) => ({
        label: oneLine(head.stream),
        description: [`v${head.version}`, timeAgo(head.lastTime, Date.now(), l10n)].filter(Boolean).join(' · '),
        alwaysShow: true,
        head,
      }));
      pick.busy = false;
    } catch (error) {
      if (mine.signal.aborted) return;
      pick.hide();
      throw error;
    }
  };
  return new Promise<StreamHead | undefined>((resolve, reject) => {
    const run = () => void query().catch(reject);
    const debouncer = all.add(new Debouncer(150, 600, run));
    all.add(pick.onDidChangeValue(() => debouncer.trigger()));
    all.add(pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen?.head) return;
      resolve(chosen.head);
      pick.hide();
    }));
    all.add(pick.onDidHide(() => resolve(undefined)));
    run();
    pick.show();
  }).finally(() => {
    latest.abort();
    all.dispose();
  });
}
