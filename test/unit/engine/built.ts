import { copyFileSync, existsSync, mkdirSync, symlinkSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(__dirname, '../../..');
const dist = join(root, 'out', 'unit', 'dist');

const builds = new Map<string, Promise<string>>();

/** Bundles an entry of ours as the extension ships it, once for each run of the tests. @returns the built file */
export function built(entry: 'engine' | 'cli-main' | 'cli'): Promise<string> {
  const known = builds.get(entry);
  if (known) return known;
  const made = bundle(entry);
  builds.set(entry, made);
  return made;
}

const SOURCES = { engine: 'src/engine/main.ts', 'cli-main': 'src/cli/main.ts', cli: 'src/cli/launcher.ts' };

async function bundle(entry: keyof typeof SOURCES): Promise<string> {
  const outfile = join(dist, `${entry}.js`);
  mkdirSync(dist, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: [SOURCES[entry]],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: entry === 'cli' ? 'es2019' : 'node22',
    mainFields: ['module', 'main'],
    external: ['./typescript.js'],
    alias: { typescript: './typescript.js' },
    logLevel: 'error',
    ...(entry === 'cli' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
  });
  bring('node_modules/typescript/lib/typescript.js', join(dist, 'typescript.js'));
  // The addon's own loader looks for ../prebuilds beside the file it was bundled into.
  const prebuilds = join(dirname(dist), 'prebuilds');
  if (!existsSync(prebuilds)) symlinkSync(join(root, 'node_modules/better-sqlite3/prebuilds'), prebuilds, 'junction');
  return outfile;
}

function bring(from: string, to: string): void {
  const source = join(root, from);
  if (!existsSync(to) || statSync(to).size !== statSync(source).size) copyFileSync(source, to);
}
