import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LeftfoldApi } from '../../../src/extension';
import { inWorkspace, leftfold, row, rows, text, until } from './support/leftfold';

describe('the tree', () => {
  let api: LeftfoldApi;
  before(async () => void (api = await leftfold()));
  afterEach(() => vscode.commands.executeCommand('leftfold.clearFilter'));

  it('lists the stores of leftfold.json', async () => {
    const names = (await rows(api)).map((node) => text(api, node).split(' ')[0]);
    assert.deepEqual(names.slice(0, 2), ['Shop', 'Ledger']);
  });

  it('shows categories, then streams with version and age', async () => {
    const shop = await row(api, undefined, 'Shop');
    const category = await row(api, shop, 'order');
    const [first] = await rows(api, category);
    assert.ok(first?.kind === 'stream');
    assert.match(text(api, first), /^\S+.* v\d+ · .+/);
    assert.equal(api.view.tree.getParent(first), category);
  });

  it('pages, with a row to load more', async () => {
    const settings = vscode.workspace.getConfiguration('leftfold');
    await settings.update('pageSize', 10, vscode.ConfigurationTarget.Workspace);
    try {
      await vscode.commands.executeCommand('leftfold.filterStreams', 'e');
      const ledger = await row(api, undefined, 'Ledger');
      const page = await rows(api, ledger);
      assert.equal(page.length, 11);
      const more = page.at(-1);
      assert.ok(more?.kind === 'more');
      await vscode.commands.executeCommand('leftfold.loadMore', more);
      const streams = (await rows(api, ledger)).filter((node) => node.kind === 'stream');
      assert.equal(streams.length, 20);
      assert.equal(new Set(streams.map((node) => node.stream)).size, 20);
    } finally {
      await settings.update('pageSize', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('filters by asking the stores again, and says so', async () => {
    const shop = await row(api, undefined, 'Shop');
    const category = await row(api, shop, 'order');
    const all = (await rows(api, category)).filter((node) => node.kind === 'stream');
    const wanted = all.at(-1)?.stream ?? '';
    await vscode.commands.executeCommand('leftfold.filterStreams', wanted.toUpperCase());
    assert.match(api.view.message ?? '', new RegExp(wanted, 'i'));
    const found = (await rows(api, await row(api, undefined, 'Shop'))).filter((node) => node.kind === 'stream');
    assert.ok(found.some((node) => node.stream === wanted));
    assert.ok(found.every((node) => node.stream.toLowerCase().includes(wanted.toLowerCase())));
    await vscode.commands.executeCommand('leftfold.clearFilter');
    assert.equal(api.view.message, undefined);
  });

  it('says when nothing matches, with a way back', async () => {
    await vscode.commands.executeCommand('leftfold.filterStreams', 'no such stream anywhere');
    const [only, ...others] = await rows(api, await row(api, undefined, 'Shop'));
    assert.equal(others.length, 0);
    assert.ok(only?.kind === 'status');
    assert.equal(only.command?.id, 'leftfold.clearFilter');
  });

  it('tells times, count and event types on hovering', async () => {
    const category = await row(api, await row(api, undefined, 'Shop'), 'order');
    const [first] = await rows(api, category);
    assert.ok(first);
    const source = new vscode.CancellationTokenSource();
    const item = await api.view.tree.resolveTreeItem(api.view.tree.getTreeItem(first), first, source.token);
    assert.ok(item.tooltip instanceof vscode.MarkdownString);
    assert.match(item.tooltip.value, /event/);
    assert.match(item.tooltip.value, /First/);
    assert.match(item.tooltip.value, /Event type/);
  });

  it('copies a stream id', async () => {
    const category = await row(api, await row(api, undefined, 'Shop'), 'order');
    const [first] = await rows(api, category);
    assert.ok(first?.kind === 'stream');
    await vscode.commands.executeCommand('leftfold.copyStreamId', first);
    await until('the clipboard', async () => (await vscode.env.clipboard.readText()) === first.stream);
  });

  it('shows a store that cannot be opened as rows that say what to do', async () => {
    const missing = inWorkspace('missing %23 ü.ndjson');
    const store = await api.stores.remember(missing);
    try {
      const node = api.view.tree.nodeOf(store);
      const children = await until('the problem', async () => {
        const found = await api.view.tree.getChildren(node);
        return found.some((child) => child.kind === 'status' && child.problem) ? found : undefined;
      });
      const commands = children.map((child) => (child.kind === 'status' ? child.command?.id : undefined));
      assert.ok(commands.includes('leftfold.retryStore'));
      assert.ok(commands.includes('leftfold.closeStore'));
      assert.match(text(api, children[0]!), /missing %23 ü\.ndjson/);
    } finally {
      await api.stores.forget(store.key);
    }
  });
});
