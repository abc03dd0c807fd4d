// Sets up what is missing, then runs a script or a package's command with the pinned Node:
//
//   node scripts/run.mjs scripts/test.ts unit        a TypeScript file, through tsx
//   node scripts/run.mjs esbuild.js --watch          a JavaScript file
//   node scripts/run.mjs mocha 'test/unit/**/*.ts'   a command of an installed package
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, fail, pinnedEnv, pinnedNode, root } from './setup.mjs';

const [what, ...args] = process.argv.slice(2);
if (!what) fail('Usage: node scripts/run.mjs <script or command> [arguments]');
ensureInstalled();

const child = spawn(pinnedNode(), [...nodeArguments(what), ...args], { cwd: root, stdio: 'inherit', env: pinnedEnv() });
// The terminal sends Ctrl+C to the child too; this process only waits for it and passes its answer on.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

/** What Node is given to run a file of ours or a package's command. */
function nodeArguments(name) {
  if (name.endsWith('.ts')) return ['--import', 'tsx', name];
  if (/\.[cm]?js$/.test(name)) return [name];
  for (const owner of [name, { vsce: '@vscode/vsce', depcruise: 'dependency-cruiser', tsc: 'typescript' }[name]]) {
    const manifest = owner && join(root, 'node_modules', owner, 'package.json');
    if (!manifest || !existsSync(manifest)) continue;
    const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
    const file = typeof bin === 'string' ? bin : bin?.[name];
    if (file) return [join(root, 'node_modules', owner, file)];
  }
  return fail(`No installed package has a command "${name}".`);
}
