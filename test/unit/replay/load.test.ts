import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import type { Problem } from '../../../src/model/problem';

/** What the loader in a process of its own makes of each module: the state after three events, or the problem. */
interface Outcome {
  state?: unknown;
  problem?: Problem;
  failure?: Problem;
}

const EVENTS = [{ data: { n: 1 } }, { data: { n: 2 } }, { data: { n: 3, boom: true } }];

/**
 * Loads as the shipped engine does: bundled to CommonJS with the compiler in a file of its own, in a process that may
 * read and nothing else.
 */
class Workspace {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'leftfold-load-')));
  readonly project = join(this.root, 'project');
  private outcomes: Map<string, Outcome> | undefined;
  private readonly wanted: string[] = [];

  constructor() {
    this.write('package.json', '{"name":"project"}');
  }

  build(repository: string): void {
    writeFileSync(join(this.root, 'typescript.js'), `module.exports = require(${JSON.stringify(require.resolve('typescript'))});`);
    writeFileSync(
      join(this.root, 'entry.ts'),
      `import { loadReducer } from ${JSON.stringify(join(repository, 'src/replay/load'))};
import { Replay } from ${JSON.stringify(join(repository, 'src/replay/replay'))};
import { MemoryReader } from ${JSON.stringify(join(repository, 'test/support/memory-reader'))};
async function main() {
  const outcomes = [];
  for (const file of process.argv.slice(2)) {
    try {
      const replay = new Replay(new MemoryReader(${JSON.stringify(EVENTS)}), await loadReducer(file));
      outcomes.push({ state: replay.stateAt(3).state, failure: replay.failures[0]?.problem });
    } catch (error) {
      outcomes.push(error.problem ? { problem: error.problem } : { problem: { code: 'unexpected', message: String(error.stack) } });
    }
  }
  process.stdout.write(JSON.stringify(outcomes));
}
void main();`,
    );
    buildSync({
      entryPoints: [join(this.root, 'entry.ts')],
      outfile: join(this.root, 'entry.js'),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      external: ['./typescript.js'],
      alias: { typescript: './typescript.js' },
      logLevel: 'error',
    });
  }

  write(name: string, text: string): string {
    const file = join(this.project, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Notes a file to be loaded. One process loads all of them, as the compiler takes longest. */
  want(file: string): string {
    this.wanted.push(file);
    return file;
  }

  /** What became of a file. Whatever it printed on stdout would spoil the answer. */
  outcome(file: string): Outcome {
    this.outcomes ??= new Map(this.load().map((outcome, i) => [this.wanted[i]!, outcome]));
    return this.outcomes.get(file)!;
  }

  private load(): Outcome[] {
    const allowed = [this.root, dirname(dirname(require.resolve('typescript')))].flatMap((folder) => `--allow-fs-read=${folder}`);
    const stdout = execFileSync(process.execPath, ['--permission', ...allowed, join(this.root, 'entry.js'), ...this.wanted], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      // The test runner's own loader must not help.
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    return JSON.parse(stdout) as Outcome[];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

describe('loadReducer', () => {
  const workspace = new Workspace();
  before(() => workspace.build(process.cwd()));
  after(() => workspace.remove());

  const sum = '{ ...state, n: state.n + event.data.n }';
  const loads: [string, Record<string, string>, unknown][] = [
    ['ESM with named exports', { 'a.mjs': `export const initialState = { n: 0 };\nexport const evolve = (state, event) => (${sum});` }, { n: 6 }],
    ['ESM in a .js file of no declared type', { 'a.js': `export const initialState = { n: 0 };\nexport const evolve = (state, event) => (${sum});` }, { n: 6 }],
    ['ESM with a default object', { 'b.mjs': `export default { initialState: () => ({ n: 1 }), evolve: (state, event) => (${sum}) };` }, { n: 7 }],
    ['a default function with a default parameter', { 'c.mjs': `export default (state = { n: 5 }, event) => (${sum});` }, { n: 11 }],
    ['CommonJS that exports an object', { 'd.cjs': `module.exports = { initialState: { n: 0 }, evolve(state, event) { return ${sum}; } };` }, { n: 6 }],
    ['CommonJS that exports a function', { 'e.js': `module.exports = (state = { n: 0 }, event) => (${sum});` }, { n: 6 }],
    ['a method that uses what is beside it', { 'f.mjs': 'export default { step: 2, initialState: { n: 0 }, evolve(state) { return { n: state.n + this.step }; } };' }, { n: 6 }],
    ['top-level await', { 'g.mts': `const n: number = await Promise.resolve(1);\nexport const initialState = { n };\nexport const evolve = (state: { n: number }, event: any) => (${sum});` }, { n: 7 }],
    [
      'TypeScript with enums, parameter properties and decorators',
      {
        'h/tsconfig.json': '{ "compilerOptions": { "experimentalDecorators": true, } /* trailing comma */ }',
        'h/h.ts': `enum Kind { Open = 'open' }
class Money { constructor(readonly amount: number) {} }
function noted(target: any, name: string) { target.noted = name; }
class Book { @noted total = new Money(0).amount; }
export const initialState = () => ({ n: new Book().total, kind: Kind.Open, noted: (new Book() as any).noted });
export function evolve(state: any, event: any) { return ${sum}; }`,
      },
      { n: 6, kind: 'open', noted: 'total' },
    ],
    [
      'paths of tsconfig.json, imports without ending, of compiled names, of folders and of JSON',
      {
        'i/tsconfig.json': '{ "extends": "./base.json" }',
        'i/base.json': '{ "compilerOptions": { "paths": { "@lib/*": ["./lib/*"], "@rate": ["./lib/rate.ts"] } } }',
        'i/lib/add.ts': 'export const add = (a: number, b: number): number => a + b;',
        'i/lib/rate.ts': 'export const rate = 2;',
        'i/lib/index.ts': 'export const base = 10;',
        'i/start.json': '{ "n": 1 }',
        'i/only-types.d.ts': 'export interface Cart { n: number }',
        'i/i.ts': `import { add } from '@lib/add';
import { rate } from '@rate';
import { add as again } from './lib/add.js';
import { base } from './lib';
import start from './start.json';
import type { Cart } from './only-types';
export const initialState: Cart = { n: start.n + base };
export default (state: Cart = initialState, event: any): Cart => ({ n: again(add(state.n, event.data.n * rate), 0) });`,
      },
      { n: 23 },
    ],
    [
      'an ESM package of the workspace, from TypeScript that becomes CommonJS',
      {
        'j/node_modules/adder/package.json': '{ "name": "adder", "type": "module", "exports": "./index.js" }',
        'j/node_modules/adder/index.js': 'export const add = (a, b) => a + b;',
        'j/j.ts': `import { add } from 'adder';\nexport const initialState = { n: 0 };\nexport const evolve = (s: any, e: any) => ({ n: add(s.n, e.data.n) });`,
      },
      { n: 6 },
    ],
    [
      'TypeScript in a package of type module, importing CommonJS',
      {
        'k/package.json': '{ "type": "module" }',
        'k/helper.cts': 'exports.add = (a: number, b: number) => a + b;',
        'k/more.ts': 'export const file = import.meta.filename.length > 0 ? 1 : 0;',
        'k/k.ts': `import helper from './helper.cjs';\nimport { file } from './more';\nexport const initialState = { n: file };\nexport const evolve = (s: any, e: any) => ({ n: helper.add(s.n, e.data.n) });`,
      },
      { n: 7 },
    ],
    ['a .tsx file', { 'l.tsx': `const wrap = <T,>(value: T): T => value;\nexport const initialState = { n: 0 };\nexport const evolve = (state: any, event: any) => wrap(${sum});` }, { n: 6 }],
  ];
  for (const [name, files, state] of loads) {
    const paths = Object.entries(files).map(([file, text]) => workspace.write(file, text));
    const file = workspace.want(paths.at(-1)!);
    it(`loads ${name}`, () => assert.deepStrictEqual(workspace.outcome(file), { state }));
  }

  {
    const file = workspace.want(workspace.write('log.mjs', `console.log('loading');\nexport default (state, event) => { console.info(event); console.table([1]); return 1; };`));
    it('keeps what a reducer logs off stdout', () => {
      assert.deepStrictEqual(workspace.outcome(file), { state: 1 });
    });
  }

  {
    const file = workspace.want(workspace.write('throws.ts', `interface State { n: number }\n\nexport const initialState: State = { n: 0 };\nexport function evolve(state: State, event: { data: { boom?: boolean } }): State {\n  if (event.data.boom) {\n    throw new Error('too much');\n  }\n  return { n: state.n + 1 };\n}\n`));
    it('names the TypeScript line that threw', () => {
      const { state, failure } = workspace.outcome(file);
      assert.deepStrictEqual(state, { n: 2 });
      assert.equal(failure?.code, 'reducer-threw');
      assert.deepStrictEqual(failure.where, { file, line: 6, column: 11, stream: 'cart-1', version: '3' });
    });
  }

  {
    workspace.write('deep/node_modules/strict/index.js', 'module.exports = (x) => { throw new Error("strict: " + x); };');
    const helper = workspace.write('deep/helper.ts', `import strict from 'strict';\ntype N = number;\nexport function check(n: N): void {\n  if (n === 3) strict(n);\n}\n`);
    const file = workspace.want(workspace.write('deep/main.ts', `import { check } from './helper';\nexport default (state = 0, event: any) => { check(event.data.n); return state + 1; };`));
    it('names the line of the helper that threw, not of a package', () => {
      const { failure } = workspace.outcome(file);
      assert.equal(failure?.where.file, helper);
      assert.equal(failure.where.line, 4);
    });
  }

  const refuses: [string, Record<string, string>, string, RegExp][] = [
    ['a folder', { 'folder.js/x.txt': '' }, 'reducer-missing', /folder/],
    ['a file of another kind', { 'x.json': '{}' }, 'reducer-not-a-module', /x\.json/],
    ['broken TypeScript, by its line', { 'bad.ts': 'const a = 1;\nexport const evolve = (s, e => {\n' }, 'reducer-syntax', /bad\.ts, line 2|bad\.ts, line 3/],
    ['broken JavaScript, by its line', { 'bad.js': 'const a = 1;\n\nmodule.exports = (s, e) = > s;\n' }, 'reducer-syntax', /bad\.js, line 3/],
    ['a broken import, by its own file', { 'm/part.ts': 'export const x = ;\n', 'm/m.ts': "import { x } from './part';\nexport default () => x;" }, 'reducer-syntax', /part\.ts, line 1/],
    ['an import of what is not installed', { 'n.ts': "import left from 'left-pad';\nexport default () => left;" }, 'reducer-import', /n\.ts imports "left-pad", which cannot be found/],
    ['an import of a file that is not there', { 'o.mjs': "import './nowhere.mjs';\nexport default () => 1;" }, 'reducer-import', /"\.\/nowhere\.mjs"/],
    ['an import of a name that is not exported', { 'p/q.mjs': 'export const q = 1;', 'p/p.mjs': "import { r } from './q.mjs';\nexport default () => r;" }, 'reducer-import', /has no export "r"/],
    ['a module that throws', { 'r.ts': "const x: number = 1;\n\nthrow new Error('no database');\nexport default () => x;" }, 'reducer-failed-to-load', /line 3 of .*r\.ts: no database/],
    ['an initialState that throws', { 's.mjs': "export const initialState = () => { throw new Error('not yet'); };\nexport const evolve = (s) => s;" }, 'reducer-failed-to-load', /initialState: not yet/],
    ['a module that exports nothing', { 't.mjs': 'const x = 1;' }, 'reducer-shape', /exports nothing/],
    ['a module that exports no fold', { 'u.mjs': 'export const when = {};\nexport class Cart {}' }, 'reducer-shape', /(?:when \(an object\)|Cart \(a class\))/],
    ['a default export that is no function', { 'v.cjs': 'module.exports = 42;' }, 'reducer-shape', /number/],
  ];
  for (const [name, files, code, message] of refuses) {
    const paths = Object.entries(files).map(([file, text]) => workspace.write(file, text));
    const file = workspace.want(name === 'a folder' ? dirname(paths[0]!) : paths.at(-1)!);
    it(`refuses ${name}`, () => {
      const { problem } = workspace.outcome(file);
      assert.equal(problem?.code, code, problem?.message);
      assert.match(problem.message, message);
      assert.ok(problem.next.length > 0 && !problem.message.includes('    at '));
    });
  }

  const none = workspace.want(join(workspace.project, 'none.ts'));
  it('refuses a file that is not there', () => assert.equal(workspace.outcome(none).problem?.code, 'reducer-missing'));

  {
    workspace.write('shared/counter.ts', 'export const counter = { n: 0 };');
    const file = workspace.want(workspace.write('app/main.ts', `import { counter } from './linked/counter';\nimport { counter as other } from '../shared/counter';\nexport default () => counter === other;`));
    symlinkSync(join(workspace.project, 'shared'), join(workspace.project, 'app', 'linked'));
    it('takes one file reached by a link for one module', () => {
      assert.deepStrictEqual(workspace.outcome(file), { state: true });
    });
  }
});
