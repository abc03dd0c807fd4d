import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { Timeline } from './support/timeline';
import { useWindow } from './support/use-window';

describe('a person connects and browses', function () {
  this.timeout(90_000);
  const window = useWindow();

  it('finds the stores of leftfold.json in the sidebar, with their categories', async () => {
    await window().showSidebar();
    await window().row(/^Shop/).waitFor();
    await window().row(/^Ledger/).waitFor();
    await window().expand(/^Shop/);
    for (const category of ['order', 'shopping_cart', 'stock']) await window().row(new RegExp(`^${category}`)).waitFor();
  });

  it('filters the streams, also those that were never loaded, and clears the filter', async () => {
    await window().command('Leftfold: Filter Streams…');
    await window().answer('1087');
    await window().row(/^order-1087/).waitFor();
    await window().row(/^order-1001/).waitFor({ state: 'detached' });
    await window().command('Leftfold: Clear Filter');
    await window().row(/^order-1087/).waitFor({ state: 'detached' });
    await window().expand(/^Shop/);
    await window().row(/^shopping_cart/).waitFor();
  });

  it('opens a stream of the tree in a timeline', async () => {
    await window().expand(/^stock/);
    await window().row(/^stock-teapot/).click();
    const timeline = await Timeline.of(window(), 'stock-teapot');
    await window().tab(/stock-teapot/).waitFor();
    await timeline.event('1').waitFor();
  });

  it('opens a store from the context menu of the explorer', async () => {
    copyFileSync(join(window().workspace, 'ledger.ndjson'), join(window().workspace, 'second.ndjson'));
    await window().explorerMenu('second.ndjson', 'Open Event Store…');
    await window().row(/^second\.ndjson.*NDJSON/).waitFor();
    await window().row(/^account/).waitFor();
  });

  it('opens a store by its path with the command', async () => {
    copyFileSync(join(window().workspace, 'shop.db'), join(window().workspace, 'third.sqlite'));
    await window().command('Leftfold: Open Event Store…');
    await window().answerDialog(join(window().workspace, 'third.sqlite'));
    await window().row(/^third\.sqlite.*emmett/).waitFor();
  });

  it('shows a store read-only with "Open With…"', async () => {
    await window().explorerMenu('third.sqlite', 'Open With...');
    await window().pick('Leftfold Event Store');
    const frame = await window().frameWith('[role=listbox][aria-label="Streams"] [role=option]');
    assert.match(await frame.locator('body').innerText(), /emmett/);
  });

  it('says what is wrong with a file that is no event store, and what to do', async () => {
    await window().command('Leftfold: Open Event Store…');
    await window().answerDialog(join(window().workspace, 'README.md'));
    const row = window().row(/^README/);
    await row.waitFor();
    await window().row(/cannot be opened/).waitFor();
  });
});
