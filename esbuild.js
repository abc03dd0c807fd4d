// Builds everything the extension ships into dist/ (and better-sqlite3's binaries into prebuilds/).
//
//   node esbuild.js                development build, with source maps
//   node esbuild.js --production   minified; a missing source file is an error
//   node esbuild.js --watch        rebuilds on every change until stopped
//
// Each face has a bundle of its own. Only extension.js may import `vscode`: the others are built without it
// as an external, so a leak fails the build.
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const { writeNotices } = require('./scripts/notices.cjs');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const root = __dirname;
const dist = path.join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

const node = {
  ...common,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // jsonc-parser's "main" is UMD, whose inner requires a bundler cannot follow.
  mainFields: ['module', 'main'],
  plugins: [typescriptInAFileOfItsOwn(), announce()],
};

const bundles = [
  { ...node, entryPoints: ['src/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/engine/main.ts'], outfile: 'dist/engine.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli-main.js' },
  {
    ...node,
    entryPoints: ['src/cli/launcher.ts'],
    outfile: 'dist/cli.js',
    // Old enough for any Node to get as far as the launcher's own check of the version.
    target: 'es2019',
    banner: { js: '#!/usr/bin/env node' },
  },
  {
    ...common,
    entryPoints: [{ in: 'webview/main.ts', out: 'page' }, { in: 'webview/page.css', out: 'page' }],
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'webview/tsconfig.json',
    // Served beside the page under the same content security policy, so it stays a file.
    external: ['*.ttf'],
    plugins: [announce()],
  },
];

/**
 * The TypeScript compiler is 9 MB and only reducers written in TypeScript need it, so it gets a file of its own,
 * loaded when first asked for.
 */
function typescriptInAFileOfItsOwn() {
  return {
    name: 'typescript-apart',
    setup(build) {
      build.onResolve({ filter: /^typescript$/ }, () => ({ path: './typescript.js', external: true }));
    },
  };
}

let building = 0;

/** Prints what VS Code's problem matcher of the watch task reads: errors, and when all bundles are ready. */
function announce() {
  return {
    name: 'announce',
    setup(build) {
      build.onStart(() => {
        if (watch && building++ === 0) console.log('[watch] build started');
      });
      build.onEnd((result) => {
        for (const { text, location } of [...result.errors, ...result.warnings]) {
          console.error(`✘ [ERROR] ${text}`);
          if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
        }
        if (watch && --building === 0) console.log('[watch] ready');
      });
    },
  };
}

/** Entry points of a bundle as paths. */
function sources(bundle) {
  return bundle.entryPoints.map((entry) => (typeof entry === 'string' ? entry : entry.in));
}

/** Keeps the bundles whose sources exist; a shipped build needs all of them. */
function present(bundle) {
  const missing = sources(bundle).filter((file) => !fs.existsSync(path.join(root, file)));
  if (missing.length === 0) return true;
  if (production) throw new Error(`${missing.join(', ')} is missing, and a production build needs every entry.`);
  console.warn(`warning: ${missing.join(', ')} does not exist, so its bundle is left out.`);
  return false;
}

/** Copies what is shipped as it is. */
function copyAssets() {
  const codicons = path.join(root, 'node_modules/@vscode/codicons/dist');
  for (const file of ['codicon.css', 'codicon.ttf']) fs.copyFileSync(path.join(codicons, file), path.join(dist, file));
  // The addon's own loader looks for ../prebuilds beside the file it was bundled into.
  const addons = path.join(root, 'node_modules/better-sqlite3/prebuilds');
  fs.mkdirSync(path.join(root, 'prebuilds'), { recursive: true });
  for (const file of fs.readdirSync(addons)) replaceFile(path.join(addons, file), path.join(root, 'prebuilds', file));
}

/** Puts a new file in the place of the old one: writing into it would crash a process that has it loaded. */
function replaceFile(from, to) {
  const same = fs.existsSync(to) && fs.statSync(to).size === fs.statSync(from).size && fs.readFileSync(to).equals(fs.readFileSync(from));
  if (same) return;
  fs.copyFileSync(from, `${to}.new`);
  fs.renameSync(`${to}.new`, to);
}

/** Bundles the compiler; skipped when the copy in dist/ is of the installed version already. */
async function buildTypescript() {
  const { version } = require('typescript/package.json');
  const stamp = path.join(dist, 'typescript.version');
  const outfile = path.join(dist, 'typescript.js');
  if (fs.existsSync(outfile) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === version) return;
  await esbuild.build({
    ...common,
    entryPoints: [require.resolve('typescript')],
    outfile: 'dist/typescript.js',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    minify: true,
    sourcemap: false,
  });
  fs.writeFileSync(stamp, version);
}

async function main() {
  fs.mkdirSync(dist, { recursive: true });
  if (production) for (const file of fs.readdirSync(dist)) if (file.endsWith('.map')) fs.rmSync(path.join(dist, file));
  copyAssets();
  await buildTypescript();
  const wanted = bundles.filter(present);
  if (watch) {
    for (const bundle of wanted) await (await esbuild.context(bundle)).watch();
    return;
  }
  const results = await Promise.allSettled(wanted.map((bundle) => esbuild.build({ ...bundle, metafile: true })));
  const metafiles = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.metafile] : []));
  if (production) writeNotices(root, metafiles, path.join(dist, 'THIRD-PARTY-NOTICES.txt'));
  if (fs.existsSync(path.join(dist, 'cli.js'))) fs.chmodSync(path.join(dist, 'cli.js'), 0o755);
  if (results.some((result) => result.status === 'rejected')) process.exitCode = 1;
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
