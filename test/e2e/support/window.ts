import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { folderUrl } from '../../../scripts/lib/workbench';
import type { Session } from './session';
import { until } from './until';

export interface WindowOptions {
  trust?: 'trusted' | 'asks';
  width?: number;
  height?: number;
  /** A picture has twice the pixels of the screen it shows. */
  scale?: number;
}

/** A window of VS Code, with what a person does in it. */
export class Window {
  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    readonly workspace: string,
  ) {}

  /** Opens a copy of examples/ in a window of its own, with nothing remembered from others. */
  static async open(session: Session, options: WindowOptions = {}): Promise<Window> {
    const workspace = session.workspace();
    const workbench = await session.workbench(options.trust ?? 'trusted');
    const context = await session.browser.newContext({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      deviceScaleFactor: options.scale ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await page.goto(folderUrl(workbench, workspace));
    const window = new Window(context, page, workspace);
    await window.ready();
    return window;
  }

  /** Waits until the workbench is drawn. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
    await this.page.locator('.monaco-workbench .statusbar').waitFor();
  }

  async close(): Promise<void> {
    await this.context.close();
  }

  /**
   * Reloads the window once VS Code has saved what matches the pattern. In a browser it writes its memory every five
   * seconds, because it may not write while a page closes; the desktop writes it then.
   */
  async reload(saved: RegExp): Promise<void> {
    await until(async () => saved.test(await this.page.evaluate<string>(storedText)) || undefined, `${String(saved)} in VS Code's memory`, 30_000);
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command from the palette by its full title; asks again while the extension is still being loaded. */
  async command(title: string): Promise<void> {
    const row = this.quickRow(title);
    await until(
      async () => {
        await this.page.keyboard.press('F1');
        const input = this.quickInput();
        await input.waitFor();
        await input.fill(`>${title}`);
        const found = await row.waitFor({ timeout: 2_000 }).then(() => true, () => undefined);
        if (!found) await this.page.keyboard.press('Escape');
        return found;
      },
      `the command "${title}"`,
    );
    await row.click();
  }

  /** The text field of the palette, of quick picks and of input boxes. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"]) input').first();
  }

  /** Chooses the first row of the open quick pick whose label has the text. */
  async pick(label: string): Promise<void> {
    await this.quickRow(label).click();
  }

  private quickRow(label: string): Locator {
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    return rows.filter({ has: this.page.locator('.label-name', { hasText: label }) }).first();
  }

  /** Types into the open input box and accepts it. */
  async answer(text: string): Promise<void> {
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The Leftfold view in the activity bar, opened. */
  async showSidebar(): Promise<Locator> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: /^Leftfold/ });
    await tab.waitFor();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    const tree = this.page.locator('.sidebar').getByRole('tree').first();
    await tree.waitFor();
    return tree;
  }

  /** A row of the tree of stores. */
  row(name: string | RegExp): Locator {
    return this.page.locator('.sidebar .customview-tree').getByRole('treeitem', { name }).first();
  }

  /** Opens a row of the tree when it is closed. A tree that is being read anew may close or replace it meanwhile. */
  async expand(name: RegExp): Promise<void> {
    const row = this.row(name);
    const opened = this.page.locator('.sidebar .customview-tree').getByRole('treeitem', { name, expanded: true }).first();
    await until(async () => {
      await row.waitFor();
      if (await opened.isVisible()) return true;
      await row.click();
      return opened.waitFor({ timeout: 2_000 }).then(() => true, () => undefined);
    }, `${String(name)} to open`);
  }

  /** Chooses from the context menu of a file in the explorer. */
  async explorerMenu(file: string, item: string): Promise<void> {
    await this.command('View: Show Explorer');
    await this.page.locator('.explorer-folders-view').getByRole('treeitem', { name: file }).click({ button: 'right' });
    const entry = this.page.getByRole('menuitem', { name: item });
    await entry.waitFor();
    // A menu lets the first moments after it opened pass without acting on a click, so as not to act on the one that opened it.
    await until(async () => {
      await entry.click({ timeout: 1000 }).catch(() => undefined);
      return (await entry.isHidden()) || undefined;
    }, `the menu to act on ${item}`);
  }

  /** Opens a file of the workspace as text. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.quickInput().fill(name);
    await this.quickRow(name).click();
    await this.tab(name).waitFor();
  }

  /** Types a path into the dialog that asks for a file, and accepts it. */
  async answerDialog(path: string): Promise<void> {
    const input = this.quickInput();
    await input.waitFor();
    const ok = this.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' });
    await ok.waitFor();
    // The dialog puts its own folder back once it has listed it, over what was typed before that.
    await until(async () => {
      if (await ok.isHidden()) return true;
      await input.fill(path, { timeout: 1000 }).catch(() => undefined);
      if ((await input.inputValue({ timeout: 1000 }).catch(() => '')) === path) await ok.click({ timeout: 1000 }).catch(() => undefined);
      return undefined;
    }, `the dialog to take ${path}`);
  }

  /** Accepts the path that the dialog suggests. */
  async acceptDialog(suggested: string): Promise<void> {
    await until(async () => (await this.quickInput().inputValue().catch(() => '')) === suggested || undefined, `the suggestion ${suggested}`);
    await this.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
  }

  /** Changes a file of the workspace as another program would. */
  edit(name: string, change: (text: string) => string): void {
    const file = join(this.workspace, name);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name }).first();
  }

  /**
   * The frame of a webview that shows what the selector finds.
   * Webviews come and go as tabs are hidden, so it is looked for anew each time.
   */
  frameWith(selector: string, timeoutMs = 20_000): Promise<Frame> {
    return until(
      async () => {
        for (const frame of this.page.frames()) {
          if (frame === this.page.mainFrame()) continue;
          // A frame that is being replaced cannot be asked.
          if (await frame.locator(selector).first().isVisible().catch(() => false)) return frame;
        }
        return undefined;
      },
      `a webview that shows ${selector}`,
      timeoutMs,
    );
  }

  /** Shows one of VS Code's own themes and waits until it is drawn. */
  async theme(name: ThemeName): Promise<void> {
    this.settings({ 'workbench.colorTheme': themes[name].id });
    await this.page.locator(`.monaco-workbench.${themes[name].className}`).waitFor({ timeout: 15_000 });
  }

  /** Changes settings of the workspace. */
  settings(changes: Record<string, unknown>): void {
    const folder = join(this.workspace, '.vscode');
    const file = join(folder, 'settings.json');
    mkdirSync(folder, { recursive: true });
    let settings = {};
    try {
      settings = JSON.parse(readFileSync(file, 'utf8')) as object;
    } catch {
      // None yet.
    }
    writeFileSync(file, JSON.stringify({ ...settings, ...changes }, null, 2));
  }

  /** Closes every notice in the corner. */
  async dismissNotices(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }
}

/** Runs in the browser: everything VS Code keeps in its databases, as one text. */
const storedText = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      texts.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())));
    }
    database.close();
  }
  return texts.join('\\n');
})()`;

const themes = {
  dark: { id: 'Dark 2026', className: 'vs-dark' },
  light: { id: 'Light 2026', className: 'vs' },
  'hc-dark': { id: 'Default High Contrast', className: 'hc-black' },
  'hc-light': { id: 'Default High Contrast Light', className: 'hc-light' },
} as const;

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];
