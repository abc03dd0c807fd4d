import assert from 'node:assert/strict';
import { position, shown, textIs, until, withFake, withPage } from './support/suite';

const PROBLEM = { code: 'store-vanished', message: 'shop.db is gone.', next: 'Put it back and press Retry.', where: { file: '/shop/shop.db' }, exit: 2 };
const merge = { reducer: { kind: 'merge', label: 'RFC 7396 merge', module: null, problem: null } };

describe('the timeline when not all is well', () => {
  it('says that the state is the merge, with a button to set a reducer', () =>
    withPage({ start: { info: merge } }, async (page) => {
      await textIs(page.locator('.banner-text'), 'State is the RFC 7396 merge of the payloads.');
      await page.getByRole('button', { name: 'Set reducer…' }).click();
      await until(async () => assert.ok((await withFake(page, (fake) => fake.asked)).some(({ method, params }) => method === 'run' && (params as { action: string }).action === 'setReducer')));
    }));

  it('says that the workspace is not trusted', () =>
    withPage({ start: { untrusted: true } }, async (page) => {
      await page.getByRole('button', { name: 'Trust workspace…' }).waitFor();
    }));

  it('says why a reducer could not be loaded, with its source', () => {
    const problem = { code: 'reducer-load', message: 'cart.ts could not be loaded: Unexpected "}".', next: 'Fix it.', where: { file: '/shop/cart.ts', line: 3, column: 1 }, exit: 2 };
    return withPage({ start: { info: { reducer: { kind: 'merge', label: 'RFC 7396 merge', module: '/shop/cart.ts', problem } } } }, async (page) => {
      await textIs(page.locator('.banner-text'), /^cart\.ts could not be loaded/);
      await page.getByRole('button', { name: 'cart.ts:3:1' }).waitFor();
      await page.getByRole('button', { name: 'Edit reducer' }).waitFor();
    });
  });

  it('says what failed when it cannot start, and tries again', () =>
    withPage({ fail: { start: PROBLEM }, early: true }, async (page) => {
      await textIs(page.locator('.problem-message'), 'shop.db is gone.');
      await withFake(page, (fake) => void delete fake.fail['start']);
      await page.getByRole('button', { name: 'Retry' }).click();
      await textIs(position(page), 'v1 · 1 of 340');
    }));

  it('keeps what it shows when the engine ends, and starts it again at the same version', () =>
    withPage({}, async (page) => {
      await page.locator('#event-9').click();
      await textIs(shown(page), /^v9 /);
      await withFake(page, (fake) => fake.note('ended', { code: 'engine-ended', message: 'The engine ran out of memory.', next: 'Retry.', where: {}, exit: 2 }));
      await textIs(page.locator('.ended .problem-message'), 'The engine ran out of memory.');
      await page.getByRole('button', { name: 'Retry' }).click();
      await page.locator('.ended').waitFor({ state: 'detached' });
      await textIs(position(page), 'v9 · 9 of 340');
    }));

  it('starts again when the reducer or the store changed, at the same version wherever that is now', () =>
    withPage({ stream: 'million' }, async (page) => {
      await page.locator('#event-9').click();
      await textIs(position(page), 'v8 · 9 of 1 000 000');
      await withFake(page, (fake) => {
        const { version } = fake.stream;
        fake.stream.version = (step) => (step < 4 ? `old-${step}` : version(step - 3));
        fake.note('stale', { why: 'store' });
      });
      await textIs(position(page), 'v8 · 12 of 1 000 000');
      await textIs(page.locator('#event-12 .col-version'), '8');
      await textIs(page.locator('#event-2 .col-version'), 'old-2');
    }));

  it('goes where the host asks, and does what its commands press', () =>
    withPage({}, async (page) => {
      await withFake(page, (fake) => fake.note('go', { step: 50 }));
      await textIs(position(page), 'v50 · 50 of 340');
      await withFake(page, (fake) => fake.note('press', { button: 'forward' }));
      await textIs(position(page), 'v51 · 51 of 340');
      await withFake(page, (fake) => fake.note('press', { button: 'help' }));
      await page.getByRole('dialog').waitFor();
    }));

  it('goes where the host asked while it was still starting', () =>
    withPage({ early: true, start: { state: { step: 5, version: '5', tab: 'state', speed: 2, split: 50, open: [], closed: [], changedOnly: false } } }, async (page) => {
      await page.evaluate(() => undefined);
      await withFake(page, (fake) => fake.note('go', { step: 77 }));
      await textIs(position(page), 'v77 · 77 of 340');
    }));

  it('says that a stream is empty', () =>
    withPage({ stream: 'empty' }, async (page) => {
      await textIs(page.locator('lf-events > p'), /^This stream has no events/);
      await textIs(position(page), 'start · 0 of 0');
      await textIs(shown(page), 'Initial state');
    }));

  it('shows how far the fold has come and where it failed', () =>
    withPage({}, async (page) => {
      await withFake(page, (fake) => {
        fake.progress(85);
        fake.note('failed', [{ step: 170, problem: fake.stream.problem(200) }]);
      });
      await until(async () => assert.equal(await page.locator('.folded').evaluate((bar) => (bar as HTMLElement).style.width), '25%'));
      assert.equal(await page.locator('.tick').evaluate((tick) => (tick as HTMLElement).style.left), '50%');
    }));

  it('shows a notice until it is dismissed', () =>
    withPage({}, async (page) => {
      await withFake(page, (fake) => fake.note('notice', { code: 'reducer-mutates', message: 'The reducer changes its state in place.', next: 'Nothing needs to be done.', where: {}, exit: 3 }));
      await textIs(page.locator('.banner-text'), /^The reducer changes its state/);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.locator('.banner').waitFor({ state: 'detached' });
    }));
});

describe('the place', () => {
  const state = { step: 120, version: '120', tab: 'state', speed: 'original', split: 60, open: ['/items'], closed: [], changedOnly: false };

  it('is taken from what the host kept', () =>
    withPage({ start: { state } }, async (page) => {
      await textIs(position(page), 'v120 · 120 of 340');
      await page.getByRole('tab', { name: 'State', selected: true }).waitFor();
      await page.locator('[data-path="/items"][aria-expanded="true"]').waitFor();
      assert.equal(await page.locator('vscode-dropdown').evaluate((dropdown) => (dropdown as HTMLSelectElement).value), 'original');
    }));

  it('is the same version where steps have shifted', () =>
    withPage({ stream: 'million', start: { state: { ...state, step: 5, version: '40' } } }, async (page) => {
      await textIs(position(page), 'v40 · 41 of 1 000 000');
    }));

  it('survives a reload of the page, and is told to the host', () =>
    withPage({}, async (page) => {
      await page.locator('#event-7').click();
      await page.keyboard.press('3');
      await textIs(shown(page), /^v7 /);
      await until(async () => {
        const kept = await withFake(page, (fake) => fake.kept.at(-1));
        assert.deepEqual([kept?.step, kept?.version, kept?.tab], [7, '7', 'event']);
      });
      await page.reload();
      await textIs(position(page), 'v7 · 7 of 340');
      await page.getByRole('tab', { name: 'Event', selected: true }).waitFor();
    }));
});
