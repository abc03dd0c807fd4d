import assert from 'node:assert/strict';
import { after } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import type { FakeWindow } from './fake/browser';
import { Harness, type OpenOptions } from './harness';

let started: Promise<Harness> | undefined;

after(async () => {
  await (await started)?.stop();
});

/** Opens a page for a test and closes it afterwards; an error in the page's console fails the test. */
export async function withPage(options: OpenOptions, test: (page: Page) => Promise<void>): Promise<void> {
  const harness = await (started ??= Harness.start());
  harness.errors.length = 0;
  const page = await harness.open(options);
  page.setDefaultTimeout(8000);
  try {
    await test(page);
  } finally {
    await page.context().close();
  }
  assert.deepEqual(harness.errors, []);
}

/** Runs a function in the page with what stands in for the host. */
export function withFake<T>(page: Page, work: (fake: FakeWindow['fake']) => T): Promise<Awaited<T>> {
  return page.evaluate<Awaited<T>>(`(${work.toString()})(window.fake)`);
}

/** Waits until an element's text is as expected. */
export async function textIs(locator: Locator, expected: string | RegExp): Promise<void> {
  await until(async () => {
    const text = ((await locator.textContent()) ?? '').replace(/\s+/g, ' ').trim();
    assert.ok(typeof expected === 'string' ? text === expected : expected.test(text), `"${text}" is not ${String(expected)}`);
  });
}

/** Tries until the check passes, or gives what it last threw after 8 s. */
export async function until(check: () => Promise<void> | void): Promise<void> {
  const end = performance.now() + 8000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** The place shown beside the slider. */
export function position(page: Page): Locator {
  return page.locator('.position');
}

/** The version shown by the inspector, which follows the place. */
export function shown(page: Page): Locator {
  return page.locator('.inspector-head h2');
}
