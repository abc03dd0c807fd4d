import assert from 'node:assert/strict';
import { openBrokenOrder } from './support/journeys';
import { Timeline } from './support/timeline';
import { useWindow } from './support/use-window';

describe('a person looks at a folder they do not trust', function () {
  this.timeout(120_000);
  const window = useWindow({ trust: 'asks' });
  let timeline: Timeline;

  it('browses and steps, with the merge in place of the reducer, and is told so', async () => {
    timeline = await openBrokenOrder(window());
    await timeline.frame.getByText('This workspace is not trusted').waitFor();
    await timeline.press('Home', 'ArrowRight', 'ArrowRight');
    await timeline.shows('2');
    const changes = await timeline.changes();
    assert.equal(changes.find(({ path }) => path === '/percent')?.new, '15');
    assert.equal(changes.some(({ path }) => path === '/total'), false);
  });

  it('gets the reducer once the folder is trusted', async () => {
    await timeline.button(/^Trust workspace/).click();
    await window().page.getByRole('button', { name: /^Trust$/ }).first().click();
    timeline = await Timeline.of(window(), 'order-1087');
    await timeline.frame.getByText('This workspace is not trusted').waitFor({ state: 'hidden' });
    await timeline.shows('2');
    const total = (await timeline.changes()).find(({ path }) => path === '/total');
    assert.deepEqual(total, { path: '/total', op: 'replace', old: '95.75', new: '81.39' });
  });
});
