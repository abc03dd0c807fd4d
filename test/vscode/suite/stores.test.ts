import assert from 'node:assert/strict';
import { appendFileSync, copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { LeftfoldApi } from '../../../src/extension';
import { inWorkspace, leftfold, row, rows, text, until } from './support/leftfold';

const line = (stream: string, version: number, extra = {}) =>
  `${JSON.stringify({ stream, version, type: 'Happened', time: '2026-01-02T03:04:05Z', data: { n: version }, ...extra })}\n`;

describe('stores', () => {
  let api: LeftfoldApi;
  before(async () => void (api = await leftfold()));
  afterEach(async () => {
    for (const store of api.stores.list) if (store.origin === 'opened') await api.stores.forget(store.key);
  });

  it('open by path and by uri, with anything in their names', async () => {
    const file = inWorkspace('a b 50% #1 ü.ndjson');
    writeFileSync(file, line('cart-1', 1) + line('cart-1', 2));
    await vscode.commands.executeCommand('leftfold.openStore', file);
    await vscode.commands.executeCommand('leftfold.openStore', vscode.Uri.file(file));
    const opened = api.stores.list.filter((store) => store.origin === 'opened');
    assert.deepEqual(opened.map((store) => store.path), [file]);
    const node = await row(api, undefined, 'a b 50% #1 ü.ndjson');
    const found: string[] = [];
    const walk = async (parent: typeof node): Promise<void> => {
      for (const child of await rows(api, parent)) {
        found.push(text(api, child));
        if (child.kind === 'category') await walk(child);
      }
    };
    await walk(node);
    assert.ok(found.some((label) => label.startsWith('cart-1 v2')), found.join(', '));
  });

  it('close again', async () => {
    const file = inWorkspace('closing.ndjson');
    writeFileSync(file, line('a', 1));
    await vscode.commands.executeCommand('leftfold.openStore', file);
    await vscode.commands.executeCommand('leftfold.closeStore', { store: file });
    assert.ok(!api.stores.list.some((store) => store.path === file));
  });

  it('are read again when their file changes', async () => {
    const file = inWorkspace('growing.ndjson');
    writeFileSync(file, line('a', 1));
    const store = await api.stores.remember(file);
    const session = api.stores.session(store);
    await session.open();
    // A watcher may start late; a change it has not seen is repeated with the next one.
    let version = 1;
    await until('the new version', async () => {
      appendFileSync(file, line('a', ++version));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const page = await session.request('streams', { limit: 10 });
      return Number(page.streams[0]?.version) > 1;
    });
  });

  it('are written into leftfold.json, comments kept', async () => {
    const config = inWorkspace('leftfold.json');
    const before = readFileSync(config, 'utf8');
    const file = inWorkspace('team.ndjson');
    copyFileSync(inWorkspace('ledger.ndjson'), file);
    try {
      const store = await api.stores.remember(file);
      await vscode.commands.executeCommand('leftfold.addToConfig', { store: store.path });
      const text = readFileSync(config, 'utf8');
      assert.match(text, /"team\.ndjson"/);
      assert.match(text, /\/\/ Leftfold reads this file/);
      assert.equal(api.stores.at(file).origin, 'config');
    } finally {
      writeFileSync(config, before);
      rmSync(file);
      await until('the old list', () => api.stores.at(file).origin !== 'config');
    }
  });

  it('are mapped by hand into leftfold.json', async () => {
    const config = inWorkspace('leftfold.json');
    const before = readFileSync(config, 'utf8');
    const file = inWorkspace('odd.ndjson');
    writeFileSync(file, `${JSON.stringify({ wer: 'k-1', nr: 7, was: 'Neu', inhalt: { a: 1 } })}\n`);
    try {
      await api.stores.remember(file);
      const mapping = { stream: 'wer', version: 'nr', type: 'was', data: 'inhalt', time: null };
      await vscode.commands.executeCommand('leftfold.mapColumns', { store: file, mapping });
      assert.match(readFileSync(config, 'utf8'), /"wer"/);
      const page = await api.stores.session(api.stores.at(file)).request('streams', { limit: 10 });
      assert.deepEqual(page.streams.map(({ stream, version }) => ({ stream, version })), [{ stream: 'k-1', version: 7 }]);
    } finally {
      writeFileSync(config, before);
      rmSync(file);
      await until('the old list', () => api.stores.at(file).origin !== 'config');
    }
  });

  it('say what is wrong with leftfold.json', async () => {
    const config = inWorkspace('leftfold.json');
    const before = readFileSync(config, 'utf8');
    try {
      writeFileSync(config, '{ "stores": [ { "path": 5 } ] }');
      const problem = await until('the row', async () => (await api.view.tree.getChildren()).find((node) => node.kind === 'status' && node.problem));
      assert.match(text(api, problem), /leftfold\.json|path/);
    } finally {
      writeFileSync(config, before);
      await until('the stores', () => api.stores.list.some((store) => store.name === 'Shop'));
    }
  });
});
