// npm start: builds and packages the VSIX, installs it into a real VS Code, and opens examples/ there.
//
//   npm start -- --check     ends with 0 once everything is up, with 1 when it does not come up
//   PORT=8000 npm start      the port where VS Code is served (else a free one)
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { SetupError, main, run, which } from './lib/command';
import { canUseDesktop } from './lib/desktop';
import { cache, out, root } from './lib/paths';
import { ensureVscodeServer } from './lib/vscode-server';
import { packageVsix } from './lib/vsix';
import { folderUrl, foldersIn, installExtension, startWorkbench, writeSettings } from './lib/workbench';
import type { Workbench } from './lib/workbench';

const check = process.argv.includes('--check');
const examples = join(root, 'examples');

main(async () => {
  console.log('Packaging the extension');
  const vsix = await packageVsix();
  console.log(`Packaged ${basename(vsix)}`);
  return (await canUseDesktop()) ? startDesktop(vsix) : startServer(vsix);
});

async function startDesktop(vsix: string): Promise<number> {
  const home = join(cache, 'vscode');
  const executable = await downloadAndUnzipVSCode({ cachePath: home });
  const profile = [`--user-data-dir=${join(home, 'user-data')}`, `--extensions-dir=${join(home, 'extensions')}`];
  const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  if (!cli) throw new SetupError('The downloaded VS Code has no command line.');
  const installed = await run(cli, [...cliArgs, ...profile, '--install-extension', vsix, '--force'], { shell: process.platform === 'win32' });
  if (installed !== 0) throw new SetupError(`VS Code could not install ${vsix}.`);
  if (check) return 0;
  console.log(`Opening ${examples} in VS Code`);
  return run(executable, [...profile, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', examples]);
}

async function startServer(vsix: string): Promise<number> {
  const server = await ensureVscodeServer();
  // What a person does there is kept between starts; a check begins with nothing and leaves nothing.
  const home = check ? mkdtempSync(join(tmpdir(), 'leftfold-start-')) : join(cache, 'start');
  mkdirSync(home, { recursive: true });
  const folders = foldersIn(home);
  const workspace = check ? join(home, 'examples') : examples;
  try {
    if (check) cpSync(examples, workspace, { recursive: true });
    if ((await installExtension(server, folders, vsix)) !== 0) throw new SetupError(`The VS Code server could not install ${vsix}.`);
    writeSettings(folders, { 'security.workspace.trust.enabled': false, 'workbench.startupEditor': 'none', 'chat.commandCenter.enabled': false });
    mkdirSync(out, { recursive: true });
    const workbench = await startWorkbench(server, folders, {
      port: port(),
      log: join(out, 'start.log'),
      args: ['--disable-workspace-trust'],
    });
    return await (check ? checkWorkbench(workbench, workspace) : serve(workbench, workspace));
  } finally {
    if (check) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function port(): number {
  const text = process.env.PORT;
  if (!text) return 0;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new SetupError(`PORT is "${text}", which is no port.`);
  return number;
}

/** Whether the workbench answers with its page. */
async function checkWorkbench(workbench: Workbench, workspace: string): Promise<number> {
  const url = folderUrl(workbench, workspace);
  const response = await fetch(url);
  const ok = response.ok && (await response.text()).includes('workbench');
  console.log(ok ? `VS Code answers at ${url}` : `VS Code answered ${response.status} at ${url}`);
  await workbench.stop();
  return ok ? 0 : 1;
}

/** Serves until Ctrl+C. */
async function serve(workbench: Workbench, workspace: string): Promise<number> {
  const url = folderUrl(workbench, workspace);
  console.log(`\nVS Code with Leftfold is at\n\n    ${url}\n\nThe Leftfold view is in the activity bar. Ctrl+C ends it.`);
  openBrowser(url);
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      asked = true;
      void workbench.stop();
    });
  }
  const code = await workbench.ended;
  if (!asked) console.error(`VS Code ended by itself with ${code}; see ${join(out, 'start.log')}.`);
  return asked ? 0 : 1;
}

/** Opens the address where a browser can be opened; where none can, the printed address is enough. */
function openBrowser(url: string): void {
  if (process.env.CI || process.env.LEFTFOLD_NO_BROWSER) return;
  const headless = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY && !existsSync('/proc/sys/fs/binfmt_misc/WSLInterop');
  if (headless) return;
  if (process.platform === 'win32') {
    spawnSync('cmd', ['/c', 'start', '', url.replaceAll('&', '^&')]);
    return;
  }
  const opener = process.platform === 'darwin' ? 'open' : which('xdg-open', 'wslview');
  if (!opener) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}
