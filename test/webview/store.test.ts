import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { textIs, until, withFake, withPage } from './support/suite';

const asked = async (page: Page, method: string): Promise<unknown[]> =>
  (await withFake(page, (fake) => fake.asked)).filter((one) => one.method === method).map(({ params }) => params);

describe('the store page', () => {
  it('says what the store is and what could not be read', () =>
    withPage({ page: 'store' }, async (page) => {
      await textIs(page.locator('h1'), 'ledger.ndjson');
      await textIs(page.locator('.store-about .facts'), /Recognised byEach line is an object.*Streams12 000Events48 211/);
      await textIs(page.locator('.mapping'), /metadata\/meta\/trace ?categorynone/);
      await textIs(page.locator('.store-problems'), 'line 17 Line 17 is not JSON: it ends inside a text. line 48000 Line 48000 has no version.');
    }));

  it('opens a stream by click and by keyboard', () =>
    withPage({ page: 'store' }, async (page) => {
      await page.locator('#stream-3').click();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await until(async () => assert.deepEqual(await asked(page, 'openStream'), [{ stream: 'order-000003' }, { stream: 'order-000004' }]));
    }));

  it('filters by asking the store again', () =>
    withPage({ page: 'store' }, async (page) => {
      await page.locator('#filter').click();
      await page.keyboard.type('0119');
      await until(async () => assert.equal(await page.locator('.stream').first().locator('.stream-id').textContent(), 'order-000119'));
      await page.keyboard.type('zz');
      await textIs(page.locator('.store-streams > p'), 'No stream contains “0119zz”.');
    }));

  it('pages to the end as the list is scrolled', () =>
    withPage({ page: 'store' }, async (page) => {
      await page.locator('lf-list').focus();
      for (let pages = 1; pages <= 4; pages++) {
        await until(async () => {
          await page.keyboard.press('End');
          assert.ok((await asked(page, 'streams')).length > pages);
        });
      }
      assert.ok((await page.locator('.stream').count()) < 60);
    }));

  it('says why a store cannot be opened, what was found, and what can be done', () =>
    withPage({ page: 'store', problem: { code: 'x', message: 'No table of shop.db looks like events.', next: 'Map the columns.', where: {}, exit: 2, details: ['orders: id, total'] } }, async (page) => {
      await textIs(page.locator('.problem-message'), 'No table of shop.db looks like events.');
      await textIs(page.locator('.found'), 'orders: id, total');
      await page.getByRole('button', { name: 'Map columns…' }).click();
      await until(async () => assert.deepEqual(await asked(page, 'run'), [{ action: 'mapColumns' }]));
    }));
});
