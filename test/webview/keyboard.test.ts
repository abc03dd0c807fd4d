import assert from 'node:assert/strict';
import { position, shown, textIs, until, withFake, withPage } from './support/suite';

describe('the timeline by keyboard', () => {
  it('steps, pages and goes to the ends', () =>
    withPage({}, async (page) => {
      await textIs(position(page), 'v1 · 1 of 340');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      await textIs(shown(page), 'v3 ProductItemAddedToShoppingCart');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowUp');
      await textIs(position(page), 'v1 · 1 of 340');
      await page.keyboard.press('Home');
      await textIs(shown(page), 'Initial state');
      await page.keyboard.press('End');
      await textIs(position(page), 'v340 · 340 of 340');
      await page.keyboard.press('PageUp');
      await until(async () => assert.ok(Number((await position(page).textContent())!.match(/^\s*v(\d+)/)![1]) < 335));
    }));

  it('has its focus in the event list, which names the current event', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('ArrowRight');
      const list = page.getByRole('listbox', { name: /^Events of shopping_cart/ });
      await until(async () => assert.equal(await list.getAttribute('aria-activedescendant'), 'event-2'));
      assert.equal(await list.evaluate((element) => element === document.activeElement), true);
      const option = page.locator('#event-2');
      assert.deepEqual(
        await option.evaluate((element) => [element.getAttribute('aria-selected'), element.getAttribute('aria-posinset'), element.getAttribute('aria-setsize')]),
        ['true', '3', '341'],
      );
    }));

  it('says each step to a screen reader', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('ArrowRight');
      await textIs(page.locator('#live'), /^Version 2, ProductItemAddedToShoppingCart, \d changes?$/);
      await page.keyboard.press('g');
      await page.keyboard.type('200');
      await page.keyboard.press('Enter');
      await textIs(page.locator('#live'), /^Version 200, .*, failed: The reducer threw/);
    }));

  it('jumps to a version or a time, and says in place what is wrong', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('g');
      await page.keyboard.type('v120');
      await page.keyboard.press('Enter');
      await textIs(position(page), 'v120 · 120 of 340');
      await page.keyboard.press('ArrowRight');
      await textIs(position(page), 'v121 · 121 of 340');

      await page.keyboard.press('g');
      await page.keyboard.type('2026-03-01 08:10');
      await page.keyboard.press('Enter');
      await textIs(position(page), 'v12 · 12 of 340');

      await page.keyboard.press('g');
      await page.keyboard.type('999');
      await page.keyboard.press('Enter');
      await textIs(page.locator('#jump-error'), 'The stream has no version 999.');
      await page.keyboard.press('Escape');
      await page.locator('#jump-error').waitFor({ state: 'hidden' });
      await textIs(position(page), 'v12 · 12 of 340');

      await page.keyboard.press('g');
      await page.keyboard.type('soon');
      await page.keyboard.press('Enter');
      await textIs(page.locator('#jump-error'), /^Type a version/);
    }));

  it('plays and pauses, each event shown, and stops at the end', () =>
    withPage({ start: { playIntervalMs: 30 } }, async (page) => {
      await page.keyboard.press('g');
      await page.keyboard.type('330');
      await page.keyboard.press('Enter');
      await textIs(shown(page), /^v330/);
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'Pause (Space)' }).waitFor();
      await textIs(position(page), 'v340 · 340 of 340');
      await page.getByRole('button', { name: 'Play (Space)' }).waitFor();
      const asked = await withFake(page, (fake) => fake.asked.filter(({ method }) => method === 'step').map(({ params }) => (params as { step: number }).step));
      assert.deepEqual(asked.slice(-11), [330, 331, 332, 333, 334, 335, 336, 337, 338, 339, 340]);
    }));

  it('lists its keys in a sheet that gives the focus back', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('?');
      const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await sheet.waitFor();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      await textIs(position(page), 'v1 · 1 of 340');
      await page.keyboard.press('ArrowRight');
      await textIs(position(page), 'v2 · 2 of 340');
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'listbox');
    }));

  it('changes tabs by arrows and by number', () =>
    withPage({}, async (page) => {
      await page.getByRole('tab', { name: 'Changes' }).focus();
      await page.keyboard.press('ArrowRight');
      await page.getByRole('tab', { name: 'State', selected: true }).waitFor();
      await until(async () => assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-state'));
      await page.keyboard.press('4');
      await page.getByRole('tab', { name: 'Record', selected: true }).waitFor();
      await textIs(position(page), 'v1 · 1 of 340');
    }));

  it('walks the state tree as the ARIA pattern says', () =>
    withPage({}, async (page) => {
      await page.keyboard.press('2');
      const tree = page.getByRole('tree', { name: 'State' });
      await tree.focus();
      const active = () => tree.locator('.active').getAttribute('data-path');
      await page.keyboard.press('ArrowRight');
      await until(async () => assert.equal(await active(), '/status'));
      await page.keyboard.press('ArrowDown');
      await until(async () => assert.equal(await active(), '/items'));
      const items = tree.locator('[data-path="/items"]');
      if ((await items.getAttribute('aria-expanded')) === 'false') await page.keyboard.press('ArrowRight');
      await until(async () => assert.equal(await items.getAttribute('aria-expanded'), 'true'));
      await page.keyboard.press('ArrowRight');
      await until(async () => assert.equal(await active(), '/items/0'));
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await until(async () => assert.equal(await active(), '/items'));
      await page.keyboard.press('End');
      await until(async () => assert.equal(await active(), '/note'));
      await page.keyboard.press('Shift+Alt+C');
      await until(async () => assert.deepEqual(await withFake(page, (fake) => fake.asked.filter(({ method }) => method === 'copy').map(({ params }) => params)), [{ text: '/note' }]));
      await textIs(page.locator('#live'), 'Copied');
      await textIs(position(page), 'v1 · 1 of 340');
    }));

  it('moves the splitter', () =>
    withPage({ width: 1200 }, async (page) => {
      const width = () => page.locator('lf-events').evaluate((element) => element.clientWidth);
      const before = await width();
      await page.getByRole('separator').focus();
      await page.keyboard.press('ArrowRight');
      await until(async () => assert.ok((await width()) > before));
      await textIs(position(page), 'v1 · 1 of 340');
    }));
});
