import assert from 'node:assert/strict';
import { openBrokenOrder } from './support/journeys';
import type { Timeline } from './support/timeline';
import { useWindow } from './support/use-window';

describe('a person steps through a stream', function () {
  this.timeout(90_000);
  const window = useWindow();
  let timeline: Timeline;

  it('finds the event that made the total wrong, with the keyboard alone', async () => {
    timeline = await openBrokenOrder(window());
    await timeline.frame.locator('.head-fact', { hasText: /^Shop$/ }).waitFor();
    await timeline.press('Home');
    await timeline.shows('start');
    await timeline.press('ArrowRight');
    await timeline.shows('1');
    assert.deepEqual((await timeline.changes()).find(({ path }) => path === '/total'), { path: '/total', op: 'replace', old: '0', new: '95.75' });
    await timeline.press('ArrowRight');
    await timeline.shows('2');
    await timeline.press('ArrowDown');
    await timeline.shows('3');
    const changes = await timeline.changes();
    assert.deepEqual(changes.find(({ path }) => path === '/total'), { path: '/total', op: 'replace', old: '81.39', new: '69.18' });
    assert.equal(changes.find(({ path }) => path === '/discounts/1')?.op, 'add');
  });

  it('goes back, to the ends, and to a version', async () => {
    await timeline.press('ArrowLeft');
    await timeline.shows('2');
    await timeline.press('End');
    await timeline.shows('8');
    await timeline.press('Home');
    await timeline.shows('start');
    await timeline.press('g');
    await window().page.keyboard.type('6');
    await window().page.keyboard.press('Enter');
    await timeline.shows('6');
  });

  it('shows the state, the event and the stored record of a version', async () => {
    await timeline.press('g');
    await window().page.keyboard.type('3');
    await window().page.keyboard.press('Enter');
    await timeline.shows('3');
    await timeline.openTab('State');
    await timeline.tells(/total\s*:?\s*69\.18/);
    await timeline.openTab('Event');
    await timeline.tells(/attempt\s*:?\s*2/);
    await timeline.openTab('Record');
    await timeline.tells(/message_data/);
    await timeline.openTab('Changes');
  });

  it('plays to the end and stops there', async () => {
    await timeline.press('Home');
    await timeline.shows('start');
    await timeline.press(' ');
    await timeline.shows('8');
  });

  it('lists the keys', async () => {
    await timeline.press('?');
    const sheet = timeline.frame.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.waitFor();
    await window().page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
  });

  it('folds anew when the reducer is edited, and keeps its place', async () => {
    await timeline.press('g');
    await window().page.keyboard.type('3');
    await window().page.keyboard.press('Enter');
    await timeline.shows('3');
    const line = 'const { code, percent } = event.data;';
    window().edit('reducers/order.ts', (text) => text.replace(line, `${line}\nif (state.discounts.some((known) => known.code === code)) return state;`));
    await timeline.frame.getByText('This event changed nothing.').waitFor();
    await timeline.shows('3');
  });
});
