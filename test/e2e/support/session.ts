import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium';
import { out, root } from '../../../scripts/lib/paths';
import { packageVsix } from '../../../scripts/lib/vsix';
import { ensureVscodeServer } from '../../../scripts/lib/vscode-server';
import { foldersIn, installExtension, startWorkbench, writeSettings } from '../../../scripts/lib/workbench';
import type { Workbench, WorkbenchFolders } from '../../../scripts/lib/workbench';

/** What all windows of a run share: a browser, and VS Code servers with the packaged extension installed. */
export interface Session {
  browser: Browser;
  /** A server that trusts every workspace, or one that asks. */
  workbench(trust: 'trusted' | 'asks'): Promise<Workbench>;
  /** A new folder with a copy of examples/, for the caller alone. */
  workspace(): string;
  close(): Promise<void>;
}

/** The editor without what distracts from the extension, the same for tests and pictures. */
const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
};

/** Packages and installs the extension (unless LEFTFOLD_VSIX names a package) and starts the browser. */
export async function startSession(): Promise<Session> {
  const server = process.env.LEFTFOLD_VSCODE_SERVER ?? (await ensureVscodeServer());
  const vsix = process.env.LEFTFOLD_VSIX ?? (await packageVsix());
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'leftfold-e2e-')));
  const folders = foldersIn(home);
  if ((await installExtension(server, folders, vsix)) !== 0) throw new Error(`The VS Code server could not install ${vsix}.`);
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
  const running = new Map<string, Promise<Workbench>>();
  let workspaces = 0;
  return {
    browser,
    workbench(trust) {
      const known = running.get(trust);
      if (known) return known;
      const started = startServer(server, home, folders, trust);
      running.set(trust, started);
      return started;
    },
    workspace() {
      const folder = join(home, String(++workspaces), 'examples');
      cpSync(join(root, 'examples'), folder, { recursive: true });
      return folder;
    },
    async close() {
      await browser.close();
      for (const workbench of running.values()) await (await workbench).stop();
      rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Both servers share the installed extension and nothing else. */
function startServer(server: string, home: string, shared: WorkbenchFolders, trust: 'trusted' | 'asks'): Promise<Workbench> {
  const folders = { ...foldersIn(join(home, trust)), extensions: shared.extensions };
  writeSettings(folders, settings);
  mkdirSync(join(out, 'e2e'), { recursive: true });
  return startWorkbench(server, folders, {
    log: join(out, 'e2e', `server-${trust}.log`),
    args: trust === 'trusted' ? ['--disable-workspace-trust'] : [],
  });
}
