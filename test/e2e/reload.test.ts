import { openBrokenOrder } from './support/journeys';
import { Timeline } from './support/timeline';
import { useWindow } from './support/use-window';

describe('a person reloads the window', function () {
  this.timeout(120_000);
  const window = useWindow();

  it('finds the tab and the version where they were', async () => {
    const timeline = await openBrokenOrder(window());
    await timeline.press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await timeline.shows('3');
    await timeline.openTab('State');
    // What VS Code keeps of the tab, with what the page keeps of itself inside it.
    await window().reload(/page[\\"]*:\{[\\"]*step[\\"]*:3,[^}]*tab[\\"]*:[\\"]*state/);
    await window().tab(/order-1087/).waitFor();
    const again = await Timeline.of(window(), 'order-1087');
    await again.shows('3');
    await again.frame.getByRole('tab', { name: 'State', selected: true }).waitFor();
  });

  it('finds the place again after the tab was hidden', async () => {
    const before = await Timeline.of(window(), 'order-1087');
    await before.press('ArrowRight');
    await before.shows('4');
    await window().openFile('leftfold.json');
    await window().tab(/order-1087/).click();
    await (await Timeline.of(window(), 'order-1087')).shows('4');
  });
});
