import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { LeftfoldApi } from '../../../src/extension';
import type { StreamRef } from '../../../src/host/platform/timelines';
import { closeEditors, inWorkspace, leftfold, until } from './support/leftfold';

describe('timelines', () => {
  let api: LeftfoldApi;
  let order: StreamRef;
  let account: StreamRef;

  before(async () => {
    api = await leftfold();
    order = await firstStream('Shop', 'order');
    account = await firstStream('Ledger', 'account');
  });
  afterEach(closeEditors);

  async function firstStream(name: string, category: string): Promise<StreamRef> {
    const store = api.stores.list.find((one) => one.name === name);
    assert.ok(store);
    const page = await api.stores.session(store).request('streams', { category, limit: 1 });
    const [head] = page.streams;
    assert.ok(head);
    return { store, stream: head.stream, category };
  }

  const target = ({ store, stream, category }: StreamRef) => ({ store: store.path, stream, category });
  const panelOf = ({ stream }: StreamRef) => api.timelines.openPanels.find((panel) => panel.ref.stream === stream);

  it('open in an editor tab named after the stream, once', async () => {
    await vscode.commands.executeCommand('leftfold.openTimeline', target(order));
    await vscode.commands.executeCommand('leftfold.openTimeline', target(order));
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputWebview);
    await until('the tab', () => tabs().length > 0);
    assert.deepEqual(tabs().map((tab) => tab.label), [order.stream]);
    assert.equal(api.timelines.openPanels.length, 1);
    assert.equal(api.timelines.active?.stream, order.stream);
  });

  it("run the category's reducer, started by the page itself", async () => {
    await vscode.commands.executeCommand('leftfold.openTimeline', target(order));
    const info = await until('the page to start', () => panelOf(order)?.info);
    assert.equal(info.reducer.kind, 'module');
    assert.equal(info.reducer.problem, null);
    assert.match(info.reducer.label, /order/);
  });

  it('lend their engine, and start one where none is open', async () => {
    const lease = await api.timelines.borrow(account);
    const again = await api.timelines.borrow(account);
    assert.equal(lease.caller, again.caller);
    const { step } = await lease.caller.request('locate', { version: lease.info.lastVersion });
    assert.equal(step, lease.info.length);
    lease.release();
    again.release();
  });

  it('compare with the previous version in the diff editor', async () => {
    await vscode.commands.executeCommand('leftfold.comparePrevious', { ...target(order), step: 3 });
    const tab = await until('the diff', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof vscode.TabInputTextDiff ? active : undefined;
    });
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.match(tab.label, /^state@v\d+ ↔ state@v\d+ · /);
    const [left, right] = await Promise.all([tab.input.original, tab.input.modified].map((uri) => vscode.workspace.openTextDocument(uri)));
    assert.notEqual(left?.getText(), right?.getText());
    assert.ok(JSON.parse(right?.getText() ?? ''));
    assert.equal(right?.languageId, 'json');
  });

  it('show the initial state as a document too', async () => {
    await vscode.commands.executeCommand('leftfold.openState', { ...target(order), step: 0 });
    const document = await until('the document', () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'leftfold-state');
    assert.match(document.uri.path, /@start\.json$/);
    assert.ok(JSON.parse(document.getText()) !== undefined);
  });

  it('export the state to a file and to an editor, the same text', async () => {
    const file = inWorkspace('state of 50% #1.json');
    await vscode.commands.executeCommand('leftfold.exportState', { ...target(order), step: 3, to: file });
    assert.ok(existsSync(file));
    await vscode.commands.executeCommand('leftfold.exportState', { ...target(order), step: 3, to: 'editor' });
    const untitled = await until('the editor', () => vscode.window.visibleTextEditors.find((editor) => editor.document.isUntitled));
    assert.deepEqual(JSON.parse(untitled.document.getText()), JSON.parse(readFileSync(file, 'utf8')));
    rmSync(file);
  });

  it('export the events up to a version as one line each', async () => {
    const file = inWorkspace('events.ndjson');
    await vscode.commands.executeCommand('leftfold.exportEvents', { ...target(account), step: 3, to: file });
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 3);
    for (const line of lines) assert.equal(JSON.parse(line).stream, account.stream);
    rmSync(file);
  });

  it('never export over a store', async () => {
    const store = inWorkspace('ledger.ndjson');
    const before = readFileSync(store);
    // The notice waits for a person; the command must not.
    await vscode.commands.executeCommand('leftfold.exportState', { ...target(account), step: 1, to: store });
    assert.ok(readFileSync(store).equals(before));
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('start again when their reducer changes', async () => {
    const file = inWorkspace('reducers', 'order.ts');
    const before = readFileSync(file, 'utf8');
    await vscode.commands.executeCommand('leftfold.openTimeline', target(order));
    await until('the page to start', () => panelOf(order)?.info);
    let stale = 0;
    const subscription = api.timelines.onDidGoStale(() => stale++);
    try {
      await until('the timeline to go stale', async () => {
        writeFileSync(file, `${before}\n// ${Date.now()}\n`);
        await new Promise((resolve) => setTimeout(resolve, 400));
        return stale > 0;
      });
    } finally {
      subscription.dispose();
      writeFileSync(file, before);
    }
  });

  it('take a reducer set for their category', async () => {
    const config = inWorkspace('leftfold.json');
    const before = readFileSync(config, 'utf8');
    const module = inWorkspace('reducers', 'cart count.mjs');
    writeFileSync(module, 'export default (state, event) => ({ count: (state?.count ?? 0) + 1 });\n');
    const cart = await firstStream('Shop', 'shopping_cart');
    try {
      await vscode.commands.executeCommand('leftfold.setReducer', { ...target(cart), module });
      assert.match(readFileSync(config, 'utf8'), /reducers\/cart count\.mjs/);
      const lease = await api.timelines.borrow(cart);
      assert.equal(lease.info.reducer.kind, 'module');
      const { text } = await lease.caller.request('text', { step: 2, of: 'state', path: '', limit: 1000 });
      assert.deepEqual(JSON.parse(text), { count: 2 });
      lease.release();
    } finally {
      writeFileSync(config, before);
      rmSync(module);
    }
  });
});
