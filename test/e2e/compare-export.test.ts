import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leftfold } from './support/cli';
import { openBrokenOrder } from './support/journeys';
import type { Timeline } from './support/timeline';
import { until } from './support/until';
import { useWindow } from './support/use-window';

describe('a person compares and exports', function () {
  this.timeout(90_000);
  const window = useWindow();
  let timeline: Timeline;

  before('at version 3 of the order', async () => {
    timeline = await openBrokenOrder(window());
    await timeline.press('g');
    await window().page.keyboard.type('3');
    await window().page.keyboard.press('Enter');
    await timeline.shows('3');
  });

  it('sees the versions before and after in the diff editor', async () => {
    await timeline.press('d');
    const diff = window().page.locator('.monaco-diff-editor');
    await diff.waitFor();
    await diff.locator('.editor.original .view-line', { hasText: '81.39' }).first().waitFor();
    await diff.locator('.editor.modified .view-line', { hasText: '69.18' }).first().waitFor();
    await window().tab(/order-1087/).first().click();
  });

  it('saves the state at a version, and gets what the command line gives', async () => {
    timeline = await timeline.again();
    await timeline.shows('3');
    const file = join(window().workspace, 'order-1087@v3.json');
    await timeline.button(/^Export state/).click();
    await window().pick('Save to a file…');
    await window().acceptDialog(file);
    await until(async () => existsSync(file) || undefined, 'the exported file');
    const cli = leftfold('state', join(window().workspace, 'shop.db'), 'order-1087', '--at', '3', '--json');
    const exported = await until(async () => {
      const text = readFileSync(file, 'utf8');
      return text.length > 0 ? text : undefined;
    }, 'the whole file');
    assert.equal(cli.status, 0, cli.stderr);
    assert.deepEqual(JSON.parse(exported), (JSON.parse(cli.stdout) as { state: unknown }).state);
  });

  it('opens the events up to a version in an untitled editor', async () => {
    timeline = await timeline.again();
    await timeline.button(/^Export events/).click();
    await window().pick('Open in an untitled editor');
    await window().page.locator('.monaco-editor .view-line', { hasText: 'DiscountApplied' }).first().waitFor();
  });
});
