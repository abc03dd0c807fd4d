import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError, packageBin, runLogged, runNode } from './command';
import { out, root } from './paths';

/** Builds for shipping. @throws SetupError when the build fails (it has printed why) */
export async function buildProduction(): Promise<void> {
  if ((await runNode('esbuild.js', ['--production'])) !== 0) throw new SetupError('The build failed.');
}

/**
 * Builds for shipping and packages the VSIX.
 * @returns its path
 */
export async function packageVsix(): Promise<string> {
  await buildProduction();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const vsix = join(root, `leftfold-${version}.vsix`);
  const log = join(out, 'package.log');
  mkdirSync(out, { recursive: true });
  writeFileSync(log, '');
  // The details page of an installed extension cannot show pictures that lie beside the file.
  const readme = join(out, 'README.md');
  writeFileSync(readme, readFileSync(join(root, 'README.md'), 'utf8').replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, ''));
  const code = await runLogged(
    process.execPath,
    [
      packageBin('@vscode/vsce', 'vsce'),
      'package',
      ...['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--readme-path', 'out/README.md', '--out', vsix],
    ],
    log,
  );
  if (code !== 0) throw new SetupError(`vsce could not package the extension:\n${readFileSync(log, 'utf8')}`);
  return vsix;
}
