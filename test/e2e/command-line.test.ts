import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths';
import { leftfold } from './support/cli';

interface StateAnswer {
  version: number;
  state: { total: number; balance: number };
}

/** The built command on a copy of the examples, as the exercise in their README uses it. */
describe('a person asks from a shell', function () {
  this.timeout(60_000);
  let folder: string;
  const shop = () => join(folder, 'shop.db');
  const json = (...args: string[]): unknown => {
    const { status, stdout, stderr } = leftfold(...args, '--json');
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };
  const lines = (...args: string[]): unknown[] => {
    const { status, stdout, stderr } = leftfold(...args, '--json');
    assert.equal(status, 0, stderr);
    return stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown);
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'leftfold-cli-'));
    cpSync(join(root, 'examples'), folder, { recursive: true });
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('sees which stores, streams and events there are', () => {
    assert.match(JSON.stringify(json('inspect', shop())), /emmett/);
    const streams = lines('streams', shop(), '--category', 'order') as { stream: string; category: string }[];
    assert.equal(streams.length, 130);
    assert.ok(streams.every(({ category }) => category === 'order'));
    const events = lines('events', shop(), 'order-1087') as { version: number; type: string }[];
    assert.deepEqual(events.slice(1, 3).map(({ version, type }) => [version, type]), [[2, 'DiscountApplied'], [3, 'DiscountApplied']]);
  });

  it('finds the second discount of order 1087 with the reducer of leftfold.json', () => {
    assert.equal((json('state', shop(), 'order-1087', '--at', '2') as StateAnswer).state.total, 81.39);
    assert.equal((json('state', shop(), 'order-1087', '--at', '3') as StateAnswer).state.total, 69.18);
    const [replayed] = lines('replay', shop(), 'order-1087', '--from', '3', '--to', '3') as { changes: { path: string; new: unknown }[] }[];
    assert.equal(replayed?.changes.find(({ path }) => path === '/total')?.new, 69.18);
  });

  it('keeps every digit of the ledger', () => {
    const { stdout } = leftfold('events', join(folder, 'ledger.ndjson'), 'account-9007199254740993', '--limit', '2', '--json');
    assert.match(stdout, /"accountId":9007199254740993/);
    assert.match(stdout, /"limit":-500\.00/);
    const state = leftfold('state', join(folder, 'ledger.ndjson'), 'account-9007199254740993', '--json');
    assert.match(state.stdout, /"accountId":\s*9007199254740993/);
  });

  it('says in one line what is not there', () => {
    const absent = leftfold('state', shop(), 'order-9999');
    assert.equal(absent.status, 1);
    assert.equal(absent.stdout, '');
    assert.equal(absent.stderr.trim().split('\n').length, 1);
    assert.equal(leftfold('state', join(folder, 'nowhere.db'), 'order-1').status, 2);
    assert.equal(leftfold('nonsense').status, 2);
  });

  it('leaves nothing beside the stores', () => {
    assert.deepEqual(readdirSync(folder).sort(), readdirSync(join(root, 'examples')).filter((name) => !/-(wal|shm)$/.test(name)).sort());
  });
});
