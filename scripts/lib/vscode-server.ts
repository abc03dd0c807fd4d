import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, canInstallPackages, installPackages, runLogged, which } from './command';
import { cache } from './paths';

/** The npm package that carries VS Code 1.139.1: its server and its whole workbench, which the VS Code hosts are not needed for. */
const version = '4.139.1';
const home = join(cache, 'code-server');
const serverIn = (folder: string) => join(folder, 'node_modules', 'code-server', 'lib', 'vscode');

let server: Promise<string> | undefined;

/**
 * The folder of a VS Code server, installed into the cache when it is missing (about two minutes, 650 MB).
 * Asked again while that is under way, it waits for the same installation.
 * @throws SetupError when it cannot be built here
 */
export function ensureVscodeServer(): Promise<string> {
  return (server ??= install());
}

async function install(): Promise<string> {
  const server = serverIn(home);
  if (installedVersion() === version) return server;
  if (process.platform === 'win32') {
    throw new SetupError('The VS Code server does not run on Windows. Set LEFTFOLD_VSCODE=download to use the desktop VS Code.');
  }
  ensureBuildTools();
  const folder = `${home}.${process.pid}`;
  const log = join(cache, 'code-server-install.log');
  console.error(`Installing a VS Code server into ${cache} (once, about two minutes; log: ${log})`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const manifest = {
    private: true,
    dependencies: { 'code-server': version },
    allowScripts: { 'code-server': true, argon2: true },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
  rmSync(log, { force: true });
  const [npm, args] = npmCommand();
  const code = await runLogged(npm, [...args, 'install', '--no-audit', '--no-fund', '--foreground-scripts'], log, {
    cwd: folder,
    env: npmEnvironment(),
  });
  if (code !== 0 || !existsSync(join(serverIn(folder), 'out', 'server-main.js'))) {
    rmSync(folder, { recursive: true, force: true });
    throw new SetupError(`The VS Code server could not be installed: npm ended with ${code}, see ${log}.`);
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(folder, home);
  return server;
}

function installedVersion(): string | undefined {
  try {
    const manifest = readFileSync(join(home, 'node_modules', 'code-server', 'package.json'), 'utf8');
    if (!existsSync(join(serverIn(home), 'out', 'server-main.js'))) return undefined;
    return (JSON.parse(manifest) as { version: string }).version;
  } catch {
    return undefined;
  }
}

/** What the server's native modules are compiled with. */
function ensureBuildTools(): void {
  const missing: string[] = [];
  if (!which('python3')) missing.push('python3');
  if (!which('make')) missing.push('make');
  if (!which('g++', 'clang++', 'c++')) missing.push('g++');
  if (process.platform === 'linux' && !existsSync('/usr/include/gssapi/gssapi.h')) missing.push('libkrb5-dev');
  if (missing.length === 0) return;
  if (canInstallPackages()) return installPackages(...missing);
  throw new SetupError(
    `To install a VS Code server this machine needs ${missing.join(', ')} (names of Debian packages; ` +
      `sudo apt-get install ${missing.join(' ')}), or set LEFTFOLD_VSCODE=download where VS Code can be downloaded.`,
  );
}

/** What npm is given when another npm, perhaps of another Node, has started us. */
function npmEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^npm_(config_user_agent|node_execpath|package_|lifecycle_)/.test(name)) delete env[name];
  // The package runs npm again in an inner folder, where newer versions of npm would skip the native modules.
  env.npm_config_dangerously_allow_all_scripts = 'true';
  return env;
}

/** How npm is started: the one that started us, else the one on the PATH. */
function npmCommand(): [string, string[]] {
  const npm = process.env.npm_execpath;
  return npm && /\.[cm]?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
}
