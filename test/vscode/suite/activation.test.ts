import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { leftfold } from './support/leftfold';

describe('activation', () => {
  it('activates in a workspace with a leftfold.json', async () => {
    const api = await leftfold();
    const extension = vscode.extensions.getExtension('leftfold.leftfold');
    assert.equal(extension?.isActive, true);
    assert.equal(api.version, extension?.packageJSON.version);
  });

  it('registers the commands it contributes, and no other', async () => {
    await leftfold();
    const contributed = vscode.extensions.getExtension('leftfold.leftfold')?.packageJSON.contributes.commands.map(
      ({ command }: { command: string }) => command,
    );
    // VS Code makes commands of its own for a view and its container.
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('leftfold.') && !id.startsWith('leftfold.stores.'),
    );
    assert.deepEqual(registered.sort(), [...contributed].sort());
  });

  it('says what it can do in an untrusted workspace', () => {
    const { capabilities } = vscode.extensions.getExtension('leftfold.leftfold')?.packageJSON ?? {};
    assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
    assert.equal(capabilities.virtualWorkspaces.supported, false);
  });
});
