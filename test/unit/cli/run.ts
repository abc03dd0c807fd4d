import { spawn } from 'node:child_process';
import { built } from '../engine/built';

/** What a command prints: tests look into it as they like. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any is what a test may look into
export type Printed = any;

export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
  /** Standard output as JSON values, one for each line. */
  lines(): Printed[];
  /** Standard output as one JSON value. */
  json(): Printed;
}

/** Runs the built command line to its end. */
export async function leftfold(args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv; entry?: 'cli' | 'cli-main' } = {}): Promise<Ran> {
  const file = await built(options.entry ?? 'cli-main');
  return run(process.execPath, [file, ...args], options);
}

/** Runs any command to its end. */
export function run(command: string, args: string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const { FORCE_COLOR: _, ...env } = process.env;
    const child = spawn(command, args, { cwd: options.cwd, env: { ...env, NO_COLOR: '', ...options.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        code,
        stdout,
        stderr,
        lines: () => stdout.trimEnd().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line)),
        json: () => JSON.parse(stdout),
      }),
    );
  });
}
