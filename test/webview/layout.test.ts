import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { THEMES } from './support/harness';
import { until, withPage } from './support/suite';

/** Controls that reach beyond the window or are covered by another. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('button, vscode-button, vscode-dropdown, vscode-text-field, [role=slider], [role=tab], h1, h2')];
    return controls.filter((control) => control.checkVisibility()).flatMap((control) => {
      const box = control.getBoundingClientRect();
      // What a pane scrolls can be scrolled to.
      const pane = control.closest('.pane')?.getBoundingClientRect();
      if (pane && (box.bottom > pane.bottom || box.top < pane.top)) return [];
      const name = control.getAttribute('aria-label') ?? control.textContent.trim();
      if (box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight) return [`${name} leaves the window`];
      const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return on && !control.contains(on) && !on.contains(control) ? [`${name} is covered by ${on.className}`] : [];
    });
  });
}

describe('the layout', () => {
  for (const [width, height] of [[900, 600], [600, 700], [1600, 1000], [450, 300]] as const) {
    it(`cuts nothing off at ${width}x${height}`, () =>
      withPage({ width, height, start: { untrusted: width === 900 } }, async (page) => {
        assert.deepEqual(await cutOff(page), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight), true);
      }));
  }

  it('stacks the panes when there is no room beside each other', () =>
    withPage({ width: 1600, height: 1000 }, async (page) => {
      const beside = () =>
        page.evaluate(() => document.querySelector('.events')!.getBoundingClientRect().right <= document.querySelector('.inspector')!.getBoundingClientRect().left + 1);
      assert.equal(await beside(), true);
      await page.setViewportSize({ width: 600, height: 700 });
      await until(async () => assert.equal(await beside(), false));
      assert.equal(await page.getByRole('separator').getAttribute('aria-orientation'), 'horizontal');
    }));

  it('has rows of 22 pixels and targets of at least 24 for its buttons', () =>
    withPage({}, async (page) => {
      assert.equal(await page.locator('#event-1').evaluate((row) => row.getBoundingClientRect().height), 22);
      const small = await page.locator('vscode-button, .tab, vscode-dropdown, vscode-text-field').evaluateAll((all) =>
        all.filter((one) => one.checkVisibility() && (one.clientWidth < 24 || one.clientHeight < 24)).map((one) => `${one.outerHTML.slice(0, 80)}: ${one.clientWidth}x${one.clientHeight}`));
      assert.deepEqual(small, []);
    }));

  it('takes every colour from the theme', () =>
    withPage({ theme: 'light' }, async (page) => {
      const literal = await page.evaluate(() =>
        [...document.styleSheets].filter((sheet) => sheet.href?.endsWith('page.css')).flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText))
          .filter((css) => /#[0-9a-f]{3,8}\b(?![^{]*\{)|rgba?\(|hsla?\(/i.test(css.slice(css.indexOf('{')))));
      assert.deepEqual(literal, []);
    }));

  it('keeps still for those who asked for it', () =>
    withPage({ reducedMotion: true }, async (page) => {
      const running = await page.evaluate(() => document.getAnimations().filter((animation) => animation.playState === 'running').length);
      assert.equal(running, 0);
    }));

  for (const theme of THEMES) {
    it(`shows which option of a dropdown is chosen in ${theme}`, () =>
      withPage({ theme }, async (page) => {
        await page.locator('vscode-dropdown').click();
        const looks = await page.locator('vscode-option').evaluateAll((options) =>
          options.map((option) => {
            const { backgroundColor, outlineStyle, outlineColor, color } = getComputedStyle(option);
            return { chosen: option.getAttribute('aria-selected') === 'true', backgroundColor, color, outline: outlineStyle === 'none' ? 'none' : outlineColor };
          }),
        );
        const { chosen: _yes, ...chosen } = looks.find((look) => look.chosen)!;
        const { chosen: _no, ...other } = looks.find((look) => !look.chosen)!;
        assert.notDeepEqual(chosen, other);
        assert.notEqual(chosen.backgroundColor, chosen.color);
      }));
  }
});
