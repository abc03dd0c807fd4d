import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, inWorkspace, leftfold, until } from './support/leftfold';

describe('the read-only editor', () => {
  before(leftfold);
  afterEach(closeEditors);

  it('opens a store by "Open With…"', async () => {
    await vscode.commands.executeCommand('vscode.openWith', vscode.Uri.file(inWorkspace('shop.db')), 'leftfold.store');
    const tab = await until('the editor', () => {
      const active = vscode.window.tabGroups.activeTabGroup.activeTab;
      return active?.input instanceof vscode.TabInputCustom ? active : undefined;
    });
    assert.equal((tab.input as vscode.TabInputCustom).viewType, 'leftfold.store');
    assert.equal(tab.isDirty, false);
  });

  it('leaves other editors the default', async () => {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(inWorkspace('leftfold.json')));
    const editor = await until('the text editor', () => vscode.window.activeTextEditor);
    assert.equal(editor.document.languageId, 'jsonc');
  });
});
