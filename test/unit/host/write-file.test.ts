import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseStores, writeWhole } from '../../../src/host/export/write-file';
import { LeftfoldError } from '../../../src/model/problem';

async function* pieces(...texts: (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}

describe('writing exports', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'leftfold export %#ü '))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('writes all pieces and says how far it is', async () => {
    const told: number[] = [];
    await writeWhole(join(folder, 'state.json'), pieces('{"a":', '1}\n'), (written) => told.push(written));
    assert.equal(await readFile(join(folder, 'state.json'), 'utf8'), '{"a":1}\n');
    assert.deepEqual(told, [5, 8]);
    assert.deepEqual(await readdir(folder), ['state.json']);
  });

  it('leaves what was there when the pieces end in an error', async () => {
    const file = join(folder, 'state.json');
    await writeFile(file, 'before');
    const problem = { code: 'cancelled', message: 'Cancelled.', next: '', where: {}, exit: 2 as const };
    await assert.rejects(writeWhole(file, pieces('half', new LeftfoldError(problem)), () => undefined), LeftfoldError);
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await readdir(folder), ['state.json']);
  });

  it('says which file could not be written', async () => {
    await assert.rejects(writeWhole(join(folder, 'no', 'state.json'), pieces('x'), () => undefined), (error) => {
      assert.ok(error instanceof LeftfoldError);
      assert.equal(error.problem.code, 'export-failed');
      assert.match(error.message, /state\.json/);
      return true;
    });
  });

  it('refuses a store, its log, and a link to it', async () => {
    const store = join(folder, 'shop.db');
    await writeFile(store, 'store');
    await symlink(store, join(folder, 'link.json'));
    for (const file of [store, `${store}-wal`, join(folder, 'link.json')]) {
      await assert.rejects(refuseStores(file, [store]), (error) => error instanceof LeftfoldError && error.problem.code === 'export-over-store');
    }
    await refuseStores(join(folder, 'shop.json'), [store]);
  });
});
