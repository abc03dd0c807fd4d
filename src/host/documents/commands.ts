import { commands, window, type Disposable } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { nothingBefore } from '../../model/problems/host';
import type { Commands } from '../platform/commands';
import { Disposables } from '../platform/disposables';
import { oneLine } from '../platform/keys';
import { pickStep, versionOfStep } from '../platform/pick-step';
import type { Stores } from '../platform/stores';
import type { ShownStep, Timelines } from '../platform/timelines';
import { stateUri } from './provider';
import { versionLabel, type StateAddress } from './state-uri';

/** Opening states as documents, and comparing two of them in VS Code's own diff editor. */
export function registerDocumentCommands(cmds: Commands, stores: Stores, timelines: Timelines): Disposable {
  const all = new Disposables();
  all.add(cmds.register('leftfold.openState', async (target: unknown) => {
    const shown = await pickStep(target, stores, timelines);
    if (!shown) return;
    const address = await addressOf(shown, timelines);
    await window.showTextDocument(stateUri(address), { preview: true });
  }));
  all.add(cmds.register('leftfold.comparePrevious', async (target: unknown) => {
    const shown = await pickStep(target, stores, timelines);
    if (!shown) return;
    if (shown.step === 0) throw new LeftfoldError(nothingBefore(shown.stream));
    const before = await addressOf({ ...shown, step: shown.step - 1 }, timelines);
    const after = await addressOf(shown, timelines);
    const title = `${versionLabel(before.version)} ↔ ${versionLabel(after.version)} · ${oneLine(shown.stream, 60)}`;
    await commands.executeCommand('vscode.diff', stateUri(before), stateUri(after), title, { preview: true });
  }));
  return all;
}

async function addressOf({ store, stream, category, step }: ShownStep, timelines: Timelines): Promise<StateAddress> {
  const lease = await timelines.borrow({ store, stream, ...(category !== undefined ? { category } : {}) });
  try {
    return { store: store.path, stream, step, version: await versionOfStep(lease, step) };
  } finally {
    lease.release();
  }
}
