import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium';
import { packageBin, run, runNode } from './command';
import { out, root } from './paths';
import { packageVsix } from './vsix';
import { ensureVscodeServer } from './vscode-server';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** One kind of test, which runs alone with `npm run test:<name>`. */
export interface Kind {
  name: string;
  title: string;
  /** Gets what the kind needs from outside; asked twice it gives the same promise. */
  prepare?: () => Promise<void>;
  /** @param grep arguments for mocha */
  run(grep: string[]): Promise<Counts>;
}

/** In the order they run: the quickest answers first. */
export const kinds: Kind[] = [
  {
    name: 'types',
    title: 'the TypeScript compiler, strict',
    run: () => checks(['tsc -p .', tsc('.')], ['tsc -p webview', tsc('webview')]),
  },
  {
    name: 'lint',
    title: 'ESLint, and the import rules',
    run: () => checks(['eslint', bin('eslint', 'eslint', '.', '--cache', '--cache-location', 'out/.eslintcache')], ['import rules', cruise]),
  },
  { name: 'unit', title: 'each part alone, in plain Node', run: (grep) => mocha('unit', grep) },
  { name: 'contract', title: 'one suite over every kind of store', run: (grep) => mocha('contract', grep) },
  {
    name: 'webview',
    title: 'the page in a browser',
    prepare: once(async () => setChromium()),
    run: (grep) => mocha('webview', grep, { TSX_TSCONFIG_PATH: join(root, 'webview', 'tsconfig.json') }),
  },
  {
    name: 'vscode',
    title: 'mocha inside VS Code',
    prepare: once(prepareEditor),
    run: async (grep) => {
      const stats = statsFile('vscode');
      await packaged();
      const code = await runNode('test/vscode/run.ts', grep, { env: { ...process.env, LEFTFOLD_TEST_STATS: stats } });
      return readStats(stats, code);
    },
  },
  {
    name: 'e2e',
    title: 'a person’s journeys in a VS Code window',
    prepare: once(prepareEditor),
    run: async (grep) => mocha('e2e', grep, { LEFTFOLD_VSIX: await packaged(), LEFTFOLD_VSCODE_SERVER: await ensureVscodeServer() }),
  },
];

async function setChromium(): Promise<void> {
  process.env.LEFTFOLD_CHROMIUM = ensureChromium();
}

async function prepareEditor(): Promise<void> {
  await setChromium();
  if (process.env.LEFTFOLD_VSCODE !== 'download') await ensureVscodeServer();
}

/** The VSIX, packaged once a run. */
const packaged = once(packageVsix);

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => (promise ??= work());
}

/** Runs commands whose exit code is all they say; each counts as one check. */
async function checks(...commands: [string, () => Promise<number>][]): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, command] of commands) {
    const ok = (await command()) === 0;
    console.log(`  ${ok ? '✔' : '✘'} ${name}`);
    counts[ok ? 'passed' : 'failed']++;
  }
  return counts;
}

function bin(name: string, command: string, ...args: string[]): () => Promise<number> {
  return () => run(process.execPath, [packageBin(name, command), ...args]);
}

function tsc(project: string): () => Promise<number> {
  return bin('typescript', 'tsc', '-p', project);
}

function cruise(): Promise<number> {
  const folders = ['src', 'webview', 'test', 'scripts'];
  return bin('dependency-cruiser', 'depcruise', '--config', '.dependency-cruiser.cjs', ...folders)();
}

/** Runs the test files of a folder below test/ with mocha. */
async function mocha(kind: string, grep: string[], env: NodeJS.ProcessEnv = {}): Promise<Counts> {
  const stats = statsFile(kind);
  const reporter = ['--reporter', 'test/support/reporter.cjs', '--reporter-option', `stats=${stats}`];
  const only = process.env.CI ? ['--forbid-only'] : [];
  const plain = process.stdout.isTTY || process.env.FORCE_COLOR ? [] : ['--no-color'];
  const args = [packageBin('mocha', 'mocha'), ...reporter, ...only, ...plain, ...grep, `test/${kind}/**/*.test.ts`];
  return readStats(stats, await run(process.execPath, args, { env: { ...process.env, ...env } }));
}

function statsFile(kind: string): string {
  const file = join(out, `test-${kind}.json`);
  mkdirSync(out, { recursive: true });
  rmSync(file, { force: true });
  return file;
}

/** A run that ended without counts (it crashed), or badly although every test passed, is one failure more. */
function readStats(file: string, code: number): Counts {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = JSON.parse(readFileSync(file, 'utf8')) as Counts;
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
