import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { shown, textIs, until, withFake, withPage } from './support/suite';

async function goTo(page: Page, version: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.type(version);
  await page.keyboard.press('Enter');
  await textIs(shown(page), new RegExp(`v${version} `));
}

const requests = async (page: Page, method: string): Promise<unknown[]> =>
  (await withFake(page, (fake) => fake.asked)).filter((one) => one.method === method).map(({ params }) => params);

describe('the inspector', () => {
  it('shows each change with path, values and the exact difference of numbers', () =>
    withPage({}, async (page) => {
      await goTo(page, '13');
      await textIs(page.getByRole('tab', { name: 'Changes' }), 'Changes 2');
      const lines = page.locator('.change-line');
      await textIs(lines.nth(0), 'added items›6 {"sku":"bowl-24","quantity":2,"price":16.70}');
      await textIs(lines.nth(1), 'changed total 162.80→ → 179.50+16.70');
    }));

  it('opens a long value in full, before and after', () =>
    withPage({}, async (page) => {
      await goTo(page, '33');
      await page.locator('button.change-line').click();
      await textIs(page.locator('.whole-value.new pre'), /^"Ring twice\. (Please leave it with the neighbour\. ?){9}"$/);
      await page.locator('button.change-line').click();
      await page.locator('.whole-value').first().waitFor({ state: 'detached' });
    }));

  it('reads an old element of an array where it lay before others moved it', () =>
    withPage({}, async (page) => {
      await goTo(page, '10');
      const removed = page.locator('.change.op-remove button.change-line').first();
      await removed.click();
      const sku = /"sku":"([^"]+)"/.exec((await removed.textContent()) ?? '')![1]!;
      await textIs(page.locator('.whole-value.old pre').first(), new RegExp(`"sku": "${sku}"`));
    }));

  it('pages through many changes', () =>
    withPage({ stream: 'huge' }, async (page) => {
      await goTo(page, '9');
      assert.equal(await page.locator('.change').count(), 200);
      await page.getByRole('button', { name: 'Show 200 more of 250' }).click();
      await page.getByRole('button', { name: 'Show 50 more of 50' }).click();
      await until(async () => assert.equal(await page.locator('.change').count(), 450));
    }));

  it('says when an event changed nothing, and what stands before the first', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('Home');
      await textIs(page.locator('lf-changes'), 'This is the initial state, before the first event.');
    }));

  it('shows a failed event with its message and the source line as a link, and warns after it', () =>
    withPage({}, async (page) => {
      await goTo(page, '200');
      await textIs(page.locator('.problem-message'), /^The reducer threw at version 200: Cannot read/);
      await page.getByRole('button', { name: 'cart.ts:41:17' }).click();
      await until(async () => assert.deepEqual(await requests(page, 'openSource'), [{ file: '/shop/reducers/cart.ts', line: 41, column: 17 }]));
      await page.locator('#event-200 .failed-icon').waitFor();
      await page.keyboard.press('ArrowRight');
      await textIs(page.locator('.after-error'), /^Computed after a failed event/);
      await page.getByRole('button', { name: 'Go to the failed event' }).click();
      await textIs(shown(page), /v200 /);
    }));

  it('shows the state as a tree with what changed marked and its ancestors open', () =>
    withPage({}, async (page) => {
      await goTo(page, '13');
      await page.keyboard.press('2');
      const row = (path: string) => page.locator(`.tree-row[data-path="${path}"]`);
      await until(async () => {
        assert.match((await row('/items/6').getAttribute('class'))!, /mark-added/);
        assert.match((await row('/total').getAttribute('class'))!, /mark-replaced/);
        assert.match((await row('/items').getAttribute('class'))!, /mark-within/);
        assert.doesNotMatch((await row('/note').getAttribute('class'))!, /mark-/);
      });
      assert.equal(await row('/items').getAttribute('aria-expanded'), 'true');
    }));

  it('shows 50,000 entries of a state to the last', () =>
    withPage({ stream: 'huge' }, async (page) => {
      await page.keyboard.press('2');
      const tree = page.getByRole('tree', { name: 'State' });
      await tree.focus();
      await page.locator('[data-path="/customers/customer-1"]').waitFor();
      await page.keyboard.press('End');
      await page.locator('[data-path="/customers/customer-49999"].active').waitFor();
      await page.keyboard.press('ArrowLeft');
      await page.locator('[data-path="/customers"].active').waitFor();
      assert.ok((await page.locator('.tree-row').count()) < 60);
    }));

  it('keeps what was opened by hand while stepping', () =>
    withPage({ stream: 'huge' }, async (page) => {
      await page.keyboard.press('2');
      await page.locator('[data-path="/customers/customer-7"]').click();
      await page.locator('[data-path="/customers/customer-7/visits"]').waitFor();
      await page.locator('#event-2').click();
      await textIs(shown(page), /^v1 /);
      await page.locator('[data-path="/customers/customer-7/visits"]').waitFor();
    }));

  it('shows the event and the stored record', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('3');
      await textIs(page.locator('.facts'), /Position3Stored in\/shop\/shop\.db/);
      await page.getByRole('tree', { name: 'Payload' }).locator('[data-path="/sku"]').waitFor();
      await page.getByRole('tree', { name: 'Metadata' }).locator('[data-path="/user/name"]').waitFor();
      await page.keyboard.press('4');
      await textIs(page.getByRole('tree', { name: 'Stored record' }).locator('[data-path="/stream_position"]'), /^stream_position: 1 ?INTEGER$/);
    }));

  it('runs the editor’s features for the shown step', () =>
    withPage({}, async (page) => {
      await goTo(page, '13');
      for (const name of ['Compare with previous version', 'Open state in editor', 'Export state…', 'Export events…']) {
        await page.getByRole('button', { name }).click();
      }
      await until(async () =>
        assert.deepEqual(
          await requests(page, 'run'),
          ['comparePrevious', 'openStateEditor', 'exportState', 'exportEvents'].map((action) => ({ action, step: 13 })),
        ),
      );
    }));
});
