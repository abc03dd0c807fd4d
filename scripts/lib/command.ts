import { spawn, spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './paths';

/** What a script of ours cannot go on without; printed as it is, without a stack. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
}

/**
 * Runs a program until it ends.
 * @returns its exit code; 1 when a signal ended it
 */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a program with its output in a file. */
export async function runLogged(command: string, args: readonly string[], log: string, options: SpawnOptions = {}): Promise<number> {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, 'a');
  try {
    return await run(command, args, { ...options, stdio: ['ignore', file, file] });
  } finally {
    closeSync(file);
  }
}

/** Runs a script with this Node; a TypeScript file through tsx. */
export function runNode(script: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const loader = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return run(process.execPath, [...loader, script, ...args], options);
}

/** The command file of an installed package, to be run with `runNode`. */
export function packageBin(name: string, command: string): string {
  const manifest = join(root, 'node_modules', name, 'package.json');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- reads JSON at run time
  const { bin } = require(manifest) as { bin: string | Record<string, string> };
  const file = typeof bin === 'string' ? bin : bin[command];
  if (!file) throw new Error(`${name} has no command ${command}`);
  return join(dirname(manifest), file);
}

/** The full path of the first of these commands that is on the PATH. */
export function which(...names: string[]): string | undefined {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      for (const extension of process.platform === 'win32' ? ['.exe', '.cmd'] : ['']) {
        const file = join(folder, name + extension);
        try {
          accessSync(file, constants.X_OK);
          return file;
        } catch {
          // Not here.
        }
      }
    }
  }
  return undefined;
}

/** Whether Debian packages can be installed here without asking anybody. */
export function canInstallPackages(): boolean {
  return process.getuid?.() === 0 && which('apt-get') !== undefined;
}

let updated = false;

/** Installs Debian packages. @throws SetupError when apt-get says no */
export function installPackages(...names: string[]): void {
  console.error(`Installing with apt-get: ${names.join(' ')}`);
  const options = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  if (!updated) spawnSync('apt-get', ['update', '-qq'], options);
  updated = true;
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
  if (status !== 0) throw new SetupError(`apt-get could not install ${names.join(' ')}. See above for what it said.`);
}

/** Runs a script's main function: the process ends with its answer, and errors are told as one line where they can be. */
export function main(body: () => Promise<number>): void {
  body().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof SetupError ? error.message : error);
      process.exit(1);
    },
  );
}
