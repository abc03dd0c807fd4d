/*
 * dist/cli.js: the first thing that runs, on any Node. Written in ES2019 and without imports of ours, because it must
 * get as far as its own check on a Node that cannot run the rest: better-sqlite3 needs Node-API 10 and takes an older
 * process down with it when loaded.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NODE_API = 10;
/** Set for the second process, so that a Node that is too old never starts itself again. */
const STARTED_AGAIN = 'LEFTFOLD_STARTED_AGAIN';

if (Number(process.versions.napi) >= NODE_API) {
  // A path made at run time stays out of this file's bundle; an import would run before the check.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require(join(__dirname, 'cli-main.js'));
} else {
  const node = process.env[STARTED_AGAIN] ? undefined : newerNode();
  if (node === undefined) fail();
  else startAgain(node);
}

/** The binary of the `node` package, installed beside Leftfold or by it. */
function newerNode(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  try {
    const file = join(dirname(require.resolve('node/package.json', { paths: [__dirname] })), 'bin', name);
    return existsSync(file) ? file : undefined;
  } catch (unresolved) {
    void unresolved;
    return undefined;
  }
}

function startAgain(node: string): void {
  const child = spawn(node, [__filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: Object.assign({}, process.env, { [STARTED_AGAIN]: '1' }),
  });
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // The child decides what a signal means; this process only passes on how it ended.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', fail);
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code === null ? 2 : code);
    for (const one of signals) process.removeAllListeners(one);
    process.kill(process.pid, signal);
  });
}

function fail(): void {
  process.stderr.write(`leftfold: Node ${process.versions.node} is too old. Run it with Node 22.14 or newer.\n`);
  process.exitCode = 2;
}
