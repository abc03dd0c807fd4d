import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command';

/** Where a VS Code server keeps its things; all below one folder so that nothing of the machine's own VS Code is touched. */
export interface WorkbenchFolders {
  user: string;
  server: string;
  extensions: string;
}

export interface Workbench {
  /** The address of the workbench, without a folder. */
  url: string;
  port: number;
  /** Resolves with the exit code once the server has ended. */
  ended: Promise<number>;
  /** Ends the server and everything it started. */
  stop(): Promise<void>;
}

/** The three folders of a server below one. */
export function foldersIn(home: string): WorkbenchFolders {
  return { user: join(home, 'user-data'), server: join(home, 'server-data'), extensions: join(home, 'extensions') };
}

/** The address that opens a folder in a workbench. */
export function folderUrl(workbench: Workbench, folder: string): string {
  return `${workbench.url}?folder=${encodeURIComponent(folder)}`;
}

function folderArguments(folders: WorkbenchFolders): string[] {
  for (const folder of Object.values(folders) as string[]) mkdirSync(folder, { recursive: true });
  return ['--server-data-dir', folders.server, '--user-data-dir', folders.user, '--extensions-dir', folders.extensions];
}

function environment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const env = { ...process.env, ...extra };
  // Set inside a VS Code terminal, where it would turn what we start into plain Node.
  for (const name of Object.keys(env)) if (/^(ELECTRON_RUN_AS_NODE$|VSCODE_(IPC|PID|CWD|NLS|ESM))/.test(name)) delete env[name];
  return env;
}

/** Installs a VSIX as a person would. @returns the exit code of the server's own installer */
export function installExtension(server: string, folders: WorkbenchFolders, vsix: string): Promise<number> {
  const args = [join(server, 'out', 'server-main.js'), '--install-extension', vsix, '--force', ...folderArguments(folders)];
  return run(process.execPath, [...args, '--accept-server-license-terms'], { env: environment(), stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Writes settings of the user. The server's workbench reads those of the machine from the server's data folder,
 * which is the place a test can reach before the first page is open.
 */
export function writeSettings(folders: WorkbenchFolders, settings: Record<string, unknown>): void {
  const folder = join(folders.user, 'Machine');
  for (const place of [folder, join(folders.server, 'data', 'Machine')]) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'settings.json'), JSON.stringify(settings, null, 2));
  }
}

export interface StartOptions {
  /** 0 (the default) takes a free port. */
  port?: number;
  /** The output of the server goes to this file. */
  log: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  /** How long the server may take until it answers, ms. */
  timeoutMs?: number;
}

/** Starts a VS Code server on 127.0.0.1 and waits until it answers. @throws Error with its log when it does not */
export async function startWorkbench(server: string, folders: WorkbenchFolders, options: StartOptions): Promise<Workbench> {
  const log = openSync(options.log, 'w');
  const child = spawn(
    process.execPath,
    [
      join(server, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
      ...['--without-connection-token', '--accept-server-license-terms', '--telemetry-level', 'off'],
      ...folderArguments(folders),
      ...(options.args ?? []),
    ],
    { stdio: ['ignore', log, log], env: environment(options.env), detached: process.platform !== 'win32' },
  );
  closeSync(log);
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  const stop = () => stopGroup(child, ended);
  process.once('exit', () => kill(child, 'SIGKILL'));
  try {
    const url = await addressFrom(options.log, ended, options.timeoutMs ?? 60_000);
    return { url, port: Number(new URL(url).port), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the server's log until it says where it listens. */
async function addressFrom(log: string, ended: Promise<number>, timeoutMs: number): Promise<string> {
  let over = false;
  void ended.then(() => (over = true));
  const deadline = Date.now() + timeoutMs;
  while (!over && Date.now() < deadline) {
    const match = /Web UI available at (\S+)/.exec(readFileSync(log, 'utf8'));
    if (match?.[1]) return match[1].replace('localhost', '127.0.0.1').replace(/\/?$/, '/');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The VS Code server gave no address:\n${readFileSync(log, 'utf8')}`);
}

/** The server starts extension hosts of its own: they end with their group. */
function kill(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Ended already.
  }
}

async function stopGroup(child: ChildProcess, ended: Promise<number>): Promise<void> {
  kill(child, 'SIGTERM');
  const late = setTimeout(() => kill(child, 'SIGKILL'), 3_000);
  await ended;
  clearTimeout(late);
  kill(child, 'SIGKILL');
}
