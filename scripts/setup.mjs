// What must be there before anything else can run: the packages of the lock file, and the Node they pin.
// Plain JavaScript without dependencies, because it runs first on a fresh clone, on whatever Node that machine has.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Why `npm ci` is needed, or undefined when node_modules is what the lock file says. */
function whyInstall() {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return 'the packages are not installed yet';
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (path === '' || link || (optional && !installed[path])) continue;
    if (installed[path]?.version !== version) return `${path.slice('node_modules/'.length)} ${version} is not installed`;
  }
  return undefined;
}

/** Installs the packages of the lock file when they are missing or others. Ends the process when that fails. */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Node ${process.versions.node} is too old: Leftfold is built with Node 20 or newer.`);
  const why = whyInstall();
  if (!why) return;
  console.error(`Running npm ci, because ${why}.`);
  const npm = process.env.npm_execpath;
  const byPath = npm && /\.[cm]?js$/.test(npm);
  const [command, args] = byPath ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  // The npm outside sees the flags of the npm that started us (--ignore-scripts, say) through its environment.
  const { status, error } = spawnSync(command, [...args, '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !byPath && process.platform === 'win32',
  });
  if (error || status !== 0) fail(`npm ci failed${error ? `: ${error.message}` : ''}. See above for what it said.`);
}

/** The Node that every script runs with: the pinned one, else this one where it can load better-sqlite3. */
export function pinnedNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.napi) >= 10) return process.execPath;
  return fail(
    `The pinned Node is missing at ${pinned} and Node ${process.versions.node} cannot load better-sqlite3. ` +
      'Allow the install script of the package "node", then run npm ci again.',
  );
}

/** Environment of everything run from here: the pinned Node and the packages' commands come first on the PATH. */
export function pinnedEnv() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const first = [dirname(pinnedNode()), join(root, 'node_modules', '.bin')].join(separator);
  return { ...process.env, [key]: `${first}${separator}${process.env[key] ?? ''}` };
}

/** Prints one line and ends the process with 1. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
