import { Timeline } from './timeline';
import type { Window } from './window';

/** Opens the order with the bug in its story by way of the filter, as the exercise of the examples says. */
export async function openBrokenOrder(window: Window): Promise<Timeline> {
  await window.showSidebar();
  await window.row(/^Shop/).waitFor();
  await window.command('Leftfold: Filter Streams…');
  await window.answer('1087');
  await window.row(/^order-1087/).click();
  return Timeline.of(window, 'order-1087');
}
