// Runs test/vscode/suite inside VS Code: the desktop one where it can be downloaded, else the VS Code server.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestRunFailedError, downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { ensureChromium } from '../../scripts/lib/chromium';
import { main } from '../../scripts/lib/command';
import { canUseDesktop } from '../../scripts/lib/desktop';
import { cache, out, root } from '../../scripts/lib/paths';
import { ensureVscodeServer } from '../../scripts/lib/vscode-server';

main(async () => {
  const built = join(out, 'test', 'vscode');
  await bundle(built);
  const desktop = await canUseDesktop();
  const home = mkdtempSync(join(tmpdir(), 'leftfold-vscode-'));
  const workspace = join(home, 'workspace');
  copyExamples(workspace);
  const color = process.stdout.isTTY || process.env.FORCE_COLOR ? '1' : '0';
  try {
    await runTests({
      vscodeExecutablePath: desktop
        ? await downloadAndUnzipVSCode({ cachePath: join(cache, 'vscode') })
        : join(root, 'test', 'vscode', 'server-vscode.mjs'),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(built, 'index.js'),
      launchArgs: [workspace, `--user-data-dir=${join(home, 'user-data')}`, `--extensions-dir=${join(home, 'extensions')}`],
      extensionTestsEnv: {
        LEFTFOLD_TEST_COLOR: color,
        LEFTFOLD_TEST_GREP: grepArgument(),
        ...(desktop ? {} : { LEFTFOLD_CHROMIUM: ensureChromium(), LEFTFOLD_VSCODE_SERVER: await ensureVscodeServer() }),
      },
    });
    return 0;
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code || 1;
    throw error;
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

/** Suites find each other by their names alone: every *.test.ts becomes a file of its own. */
async function bundle(outdir: string): Promise<void> {
  rmSync(outdir, { recursive: true, force: true });
  const suites = readdirSync(join(root, 'test/vscode/suite'), { recursive: true, encoding: 'utf8' });
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['test/vscode/index.ts', ...suites.filter((file) => file.endsWith('.test.ts')).map((file) => `test/vscode/suite/${file}`)],
    outdir,
    outbase: 'test/vscode',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha', 'better-sqlite3', 'typescript'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  if (result.errors.length > 0) throw new Error('The suites could not be bundled.');
}

/** The workspace of the suites is a copy, so that they may write into it. */
function copyExamples(workspace: string): void {
  mkdirSync(workspace, { recursive: true });
  cpSync(join(root, 'examples'), workspace, { recursive: true, filter: (file) => !file.includes('node_modules') });
}

function grepArgument(): string {
  const at = process.argv.findIndex((arg) => arg === '--grep' || arg === '-g');
  return at < 0 ? '' : (process.argv[at + 1] ?? '');
}
