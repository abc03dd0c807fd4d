import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { root } from '../../scripts/lib/paths';

describe('a person runs npm start', function () {
  this.timeout(180_000);

  it('gets the packaged extension in a VS Code that answers', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'scripts/start.ts', '--check'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, LEFTFOLD_VSCODE: 'server' },
    });
    assert.equal(status, 0, `${stdout}\n${stderr}`);
    assert.match(stdout, /VS Code answers at http:\/\/127\.0\.0\.1:\d+/);
  });
});
