import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('activates in a workspace with a leftfold.json', async () => {
    const extension = vscode.extensions.getExtension('leftfold.leftfold');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
