import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import Reporter from '../support/reporter.cjs';

/** Called by VS Code in its extension host: runs every bundled suite beside this file. Rejects when a test fails. */
export function run(): Promise<void> {
  const { LEFTFOLD_TEST_OUT: out, LEFTFOLD_TEST_GREP: grep, LEFTFOLD_TEST_COLOR: color } = process.env;
  // The console of an extension host in a server is mixed with the workbench's log, so the report goes by file.
  if (out) Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(out, `${format(...args)}\n`);
  Mocha.reporters.Base.useColors = color === '1';
  const mocha = new Mocha({ reporter: Reporter, timeout: 30_000, ...(grep ? { grep } : {}) });
  for (const file of readdirSync(join(__dirname, 'suite'), { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(__dirname, 'suite', file));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => (failures > 0 ? reject(new Error(`${failures} failed`)) : resolve()));
  });
}
