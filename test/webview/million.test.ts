import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { position, shown, textIs, until, withFake, withPage } from './support/suite';

const asked = async (page: Page, method: string): Promise<number> =>
  (await withFake(page, (fake) => fake.asked)).filter((one) => one.method === method).length;

describe('a stream of a million events', () => {
  it('reaches its last row by key and by scrolling, with few rows in the page', () =>
    withPage({ stream: 'million' }, async (page) => {
      await page.keyboard.press('End');
      await textIs(shown(page), /^v999999 /);
      await textIs(page.locator('#event-1000000 .col-version'), '999999');
      const list = page.locator('lf-events lf-list');
      await list.evaluate((element) => (element.scrollTop = 0));
      await page.locator('#event-0').waitFor();
      await list.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await page.locator('#event-1000000').waitFor();
      const [box, row] = [await list.boundingBox(), await page.locator('#event-1000000').boundingBox()];
      assert.ok(Math.abs(row!.y + row!.height - (box!.y + box!.height)) < 2, 'the last row ends where the list ends');
      assert.ok((await page.locator('lf-events .row').count()) < 60);
      assert.ok((await asked(page, 'rows')) < 8);
    }));

  it('scrolls by the wheel one row after the other, anywhere', () =>
    withPage({ stream: 'million' }, async (page) => {
      await page.keyboard.press('g');
      await page.keyboard.type('500000');
      await page.keyboard.press('Enter');
      await page.locator('#event-500001').waitFor();
      const first = () => page.locator('lf-events .row').first().evaluate((row) => Number(row.id.slice(6)));
      const before = await first();
      const box = (await page.locator('lf-events lf-list').boundingBox())!;
      await page.mouse.move(box.x + 50, box.y + 100);
      await page.mouse.wheel(0, 220);
      await until(async () => assert.ok(Math.abs((await first()) - before - 10) <= 1, `${await first()} after ${before}`));
    }));

  it('never queues: holding a key asks for one step at a time and ends where the key was let go', () =>
    withPage({ stream: 'million' }, async (page) => {
      await withFake(page, (fake) => fake.slow('step', 40));
      const before = await asked(page, 'step');
      await page.evaluate(() => {
        for (let i = 0; i < 300; i++) document.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', cancelable: true }));
      });
      await textIs(shown(page), /^v300 /);
      assert.ok((await asked(page, 'step')) - before <= 3);
    }));

  it('drops the answer of a step that has been jumped away from', () =>
    withPage({ stream: 'million' }, async (page) => {
      await withFake(page, (fake) => void (fake.release = fake.hold('step')));
      await page.keyboard.press('ArrowRight');
      await page.locator('#event-2.current').waitFor();
      await page.locator('#event-10').click();
      await page.locator('#event-10.current').waitFor();
      await until(async () => assert.equal(await withFake(page, (fake) => fake.aborted), 1));
      await withFake(page, (fake) => fake.release?.());
      await textIs(shown(page), /^v9 /);
      await textIs(position(page), 'v9 · 10 of 1 000 000');
    }));

  it('is scrubbed with the slider, from end to end', () =>
    withPage({ stream: 'million' }, async (page) => {
      const box = (await page.getByRole('slider').boundingBox())!;
      await page.mouse.move(box.x + 2, box.y + 12);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + 12, { steps: 20 });
      await page.mouse.move(box.x + box.width + 50, box.y + 12, { steps: 20 });
      await page.mouse.up();
      await textIs(shown(page), /^v999999 /);
      assert.equal(await page.getByRole('slider').getAttribute('aria-valuenow'), '1000000');
    }));
});
