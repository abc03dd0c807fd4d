import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { LeftfoldApi } from '../../../../src/extension';
import type { Node } from '../../../../src/host/tree/nodes';

/** The extension's API, activated. */
export async function leftfold(): Promise<LeftfoldApi> {
  const extension = vscode.extensions.getExtension<LeftfoldApi>('leftfold.leftfold');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** A file of the workspace the suites run in (a copy of examples/). */
export function inWorkspace(...parts: string[]): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'the suites run in a workspace');
  return join(folder.uri.fsPath, ...parts);
}

/** Waits until `look` gives something. The message says what was waited for when it never came. */
export async function until<T>(what: string, look: () => T | undefined | false | null | Promise<T | undefined | false | null>, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new assert.AssertionError({ message: `waited ${ms} ms for ${what}` });
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The rows below a row, once there is no "Opening…" among them. */
export async function rows(api: LeftfoldApi, node?: Node): Promise<Node[]> {
  return until('rows', async () => {
    const children = await api.view.tree.getChildren(node);
    return children.some((child) => child.kind === 'status' && child.id === 'opening') ? undefined : children;
  });
}

/** A row's text as a person reads it. */
export function text(api: LeftfoldApi, node: Node): string {
  const item = api.view.tree.getTreeItem(node);
  const label = typeof item.label === 'string' ? item.label : (item.label?.label ?? '');
  return typeof item.description === 'string' ? `${label} ${item.description}` : label;
}

/** The row below `node` whose label begins with the text. */
export async function row(api: LeftfoldApi, node: Node | undefined, label: string): Promise<Node> {
  const children = await rows(api, node);
  const found = children.find((child) => text(api, child).startsWith(label));
  assert.ok(found, `"${label}" among ${children.map((child) => text(api, child)).join(', ')}`);
  return found;
}

/** Closes every editor, without asking for unsaved ones. */
export async function closeEditors(): Promise<void> {
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document.isUntitled) {
      await vscode.window.showTextDocument(editor.document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
