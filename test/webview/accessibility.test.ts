import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { THEMES } from './support/harness';
import { shown, textIs, withFake, withPage } from './support/suite';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails with what axe found on the page as it is now. */
async function noViolations(page: Page, where: string): Promise<void> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)}\n${failureSummary}`));
  assert.deepEqual(found, [], where);
}

async function goTo(page: Page, version: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.type(version);
  await page.keyboard.press('Enter');
  await textIs(shown(page), new RegExp(`v${version} `));
}

for (const theme of THEMES) {
  describe(`accessibility in ${theme}`, () => {
    it('of each tab, a failed event, the help sheet and the banners', () =>
      withPage({ theme, width: 1200, height: 800, start: { untrusted: true } }, async (page) => {
        await goTo(page, '13');
        await noViolations(page, 'changes');
        await page.locator('button.change-line').first().click();
        await page.locator('.whole-value pre').first().waitFor();
        await noViolations(page, 'an opened change');
        for (const [key, name] of [['2', 'state'], ['3', 'event'], ['4', 'record']] as const) {
          await page.keyboard.press(key);
          await page.getByRole('tree').first().waitFor();
          await noViolations(page, name);
        }
        await page.getByRole('tree').first().focus();
        await noViolations(page, 'a focused tree');
        await page.keyboard.press('1');
        await goTo(page, '200');
        await withFake(page, (fake) => fake.note('failed', [{ step: 200, problem: fake.stream.problem(200) }]));
        await noViolations(page, 'a failed event');
        await page.keyboard.press('g');
        await page.keyboard.type('nowhere');
        await page.keyboard.press('Enter');
        await noViolations(page, 'a wrong jump');
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await noViolations(page, 'the help sheet');
      }));

    it('of the store page', () =>
      withPage({ theme, page: 'store' }, async (page) => {
        await page.locator('#stream-5').waitFor();
        await noViolations(page, 'a store');
      }));

    it('of a store that cannot be opened', () =>
      withPage({ theme, page: 'store', problem: UNKNOWN_SCHEMA }, async (page) => {
        await noViolations(page, 'a problem');
      }));
  });
}

const UNKNOWN_SCHEMA = {
  code: 'unknown-schema',
  message: 'No table of shop.db looks like events.',
  next: 'Map the columns by hand.',
  where: { file: '/shop/shop.db' },
  exit: 2,
  details: ['orders: id, total, created', 'users: id, name'],
};
