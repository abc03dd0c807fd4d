// Lint rules. What the compiler already checks is not repeated; the import rules are in .dependency-cruiser.cjs.
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const handBuilt = ['scripts/**/*.mjs', 'scripts/**/*.cjs', 'esbuild.js', 'eslint.config.mjs', '.dependency-cruiser.cjs', 'test/**/*.mjs', 'test/**/*.cjs'];

export default defineConfig(
  {
    ignores: ['node_modules/', 'dist/', 'out/', '.cache/', '.vscode-test/', 'prebuilds/', 'test/fixtures/'],
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Interfaces that promise a promise are often met by a function that has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // A number or an error's text in a template literal is what the author meant.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allow: [{ name: ['Error', 'URL', 'Uri'], from: 'lib' }] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false, attributes: false } }],
      'prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    // Tests hand untyped payloads to what they test, and look into what comes back.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', package: 'mocha', name: ['it', 'describe'] }] }],
      // `assert.throws(object.method)` and spies.
      '@typescript-eslint/unbound-method': 'off',
      // A test that runs alone by mistake would silence all the others.
      'no-restricted-properties': ['error', ...['describe', 'it', 'suite', 'test', 'context', 'specify'].map((object) => ({ object, property: 'only', message: 'Run one test with --grep.' }))],
    },
  },
  {
    // Only the host speaks to VS Code's own window; everything else is told through the protocol.
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'alert', message: 'Tell it in the page.' }],
      'no-eval': 'error',
    },
  },
  {
    files: ['src/host/**/*.ts', 'src/extension.ts', 'webview/**/*.ts'],
    // The extension's log is a channel of its own; a page has none.
    rules: { 'no-console': 'error' },
  },
  {
    files: handBuilt,
    extends: [tseslint.configs.recommended],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
    languageOptions: { sourceType: 'module' },
  },
  {
    files: ['**/*.ts', ...handBuilt],
    rules: {
      // Two things live in one room.
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack', 'coming soon'], location: 'anywhere' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
);
