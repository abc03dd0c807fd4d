import assert from 'node:assert/strict';
import { join } from 'node:path';
import { guardFlags, hostGuard } from '../../../src/engine/guard';
import { startTimelineEngine } from '../../../src/engine/client';
import type { Problem } from '../../../src/model/problem';
import { Place } from './given';

describe('guard', function () {
  this.timeout(30_000);
  const place = new Place();
  after(() => place.remove());

  it('allows to read what it must and to write nowhere but in the temp folder', () => {
    const flags = guardFlags(join('/ext', 'dist', 'engine.js'), ['/data', '/work'], '/tmp/one');
    assert.deepEqual(flags.filter((flag) => flag.startsWith('--allow-fs-write')), ['--allow-fs-write=/tmp/one']);
    for (const path of [join('/ext', 'dist'), join('/ext', 'prebuilds'), '/data', '/work', '/tmp/one']) assert.ok(flags.includes(`--allow-fs-read=${path}`), path);
    assert.ok(!flags.some((flag) => /allow-(?:child|worker|wasi|net)/.test(flag)));
  });

  it('is done without, and that is said, where the host does not know it', async () => {
    // Stands for an older Node, which ends like this when it is given a flag it does not know.
    const picky = place.write('dist/engine.js', `
      if (process.permission) { process.stderr.write('node: bad option: --permission\\n'); process.exit(9); }
      process.on('message', ({ kind, id }) => { if (kind === 'request') process.send({ kind: 'result', id, value: 'answered' }); });
      process.send({ kind: 'ready', guarded: false });`);
    assert.equal(hostGuard.accepted, true);
    const notices: Problem[] = [];
    const engine = startTimelineEngine({ engineFile: picky, store: join(place.dir, 's.ndjson'), module: join(place.dir, 'r.js'), readable: [] });
    engine.onNotice((problem) => notices.push(problem));
    try {
      assert.equal(await engine.caller.request('rows', { start: 1, count: 1 }), 'answered');
      assert.deepEqual(notices.map(({ code }) => code), ['engine-unguarded']);
      const late: Problem[] = [];
      engine.onNotice((problem) => late.push(problem));
      assert.equal(late.length, 1);
      assert.equal(hostGuard.accepted, false);
    } finally {
      engine.dispose();
      hostGuard.accepted = true;
    }
  });

  it('ends with a problem when the engine cannot be started', async () => {
    const engine = startTimelineEngine({ engineFile: join(place.dir, 'none.js'), store: join(place.dir, 's.ndjson'), module: null, readable: [] });
    await assert.rejects(engine.caller.request('rows', { start: 1, count: 1 }), /could not be started/);
  });
});
