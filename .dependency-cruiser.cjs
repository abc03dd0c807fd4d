// The import table of ARCHITECTURE.md. It is law: type-only imports count, and a folder that is not named may not be imported.
const table = {
  model: [],
  diff: ['model'],
  protocol: ['model', 'diff'],
  store: ['model'],
  config: ['model'],
  replay: ['model', 'diff', 'store/contract'],
  export: ['model', 'diff', 'replay', 'store/contract'],
  engine: ['model', 'diff', 'protocol', 'store', 'config', 'replay', 'export'],
  cli: ['model', 'diff', 'protocol', 'store', 'config', 'replay', 'export', 'engine'],
  host: ['model', 'diff', 'protocol', 'engine', 'config'],
};

/** A folder under src/ as the start of a path; `store/contract` is a file. */
const within = (name) => (name.includes('/') ? `^src/${name}\\.ts$` : `^src/${name}/`);

const rows = Object.entries(table).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `src/${folder} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing else of ours'}.`,
  severity: 'error',
  from: { path: within(folder) },
  to: { path: '^(src|webview|test|scripts)/', pathNot: [within(folder), ...allowed.map(within)] },
}));

module.exports = {
  forbidden: [
    ...rows,
    {
      name: 'extension-imports',
      comment: 'src/extension.ts only puts the parts of the host together.',
      severity: 'error',
      from: { path: '^src/extension\\.ts$' },
      to: { path: '^(src|webview|test|scripts)/', pathNot: '^src/host/' },
    },
    {
      name: 'webview-imports',
      comment: 'webview may import model, diff and protocol.',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^(src|test|scripts)/', pathNot: ['model', 'diff', 'protocol'].map(within) },
    },
    {
      name: 'host-features-apart',
      comment: 'A feature of the host imports no other feature, only platform.',
      severity: 'error',
      from: { path: '^src/host/([^/]+)/', pathNot: '^src/host/platform/' },
      to: { path: '^src/host/', pathNot: ['^src/host/$1/', '^src/host/platform/'] },
    },
    {
      name: 'platform-below-features',
      comment: 'What all features stand on knows none of them.',
      severity: 'error',
      from: { path: '^src/host/platform/' },
      to: { path: '^src/host/', pathNot: '^src/host/platform/' },
    },
    {
      name: 'vscode-in-the-host-alone',
      comment: 'Everything else runs headless.',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: ['^src/host/', '^src/extension\\.ts$'] },
      to: { path: '^vscode$|@types/vscode' },
    },
    {
      name: 'stores-through-the-contract',
      comment: 'A kind of store is reached through contract.ts and registry.ts, so that adding one changes no caller.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '^src/store/', pathNot: ['^src/store/(contract|registry|detect)\\.ts$'] },
    },
    {
      name: 'page-libraries-in-the-page',
      comment: 'Only webview/ sees the DOM.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/(lit|@lit|@lit-labs|@vscode/webview-ui-toolkit|@vscode/codicons)' },
    },
    {
      name: 'toolkit-behind-its-facade',
      comment: 'The toolkit is archived upstream: a swap touches one file.',
      severity: 'error',
      from: { path: '^webview/', pathNot: '^webview/ui/' },
      to: { path: 'node_modules/@vscode/webview-ui-toolkit' },
    },
    {
      name: 'nothing-shipped-imports-tests',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one thing; types may refer to each other.',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'An import must lead somewhere. What writes the example shop has packages of its own, installed when it is run.',
      severity: 'error',
      from: { pathNot: '^scripts/examples/write-shop\\.mjs$' },
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|\\.cache|test/fixtures)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
