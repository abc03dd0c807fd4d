// npm run screenshots: takes the pictures of the README in VS Code itself, with the packaged extension and examples/.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { animatedPng } from './lib/animation';
import type { Frame } from './lib/animation';
import { main } from './lib/command';
import { root } from './lib/paths';
import { startSession } from '../test/e2e/support/session';
import type { Session } from '../test/e2e/support/session';
import { Timeline } from '../test/e2e/support/timeline';
import { Window, themeNames } from '../test/e2e/support/window';

const images = join(root, 'docs', 'images');

main(async () => {
  mkdirSync(images, { recursive: true });
  const session = await startSession();
  try {
    await pictures(session);
    await animation(session);
    return 0;
  } finally {
    await session.close();
  }
});

/** The timeline beside the sidebar, in each theme. */
async function pictures(session: Session): Promise<void> {
  const window = await Window.open(session, { width: 1200, height: 750, scale: 2 });
  const timeline = await openOrder(window);
  await timeline.press('Home', 'ArrowRight', 'ArrowRight', 'ArrowRight');
  await timeline.shows('3');
  for (const theme of themeNames) {
    await window.theme(theme);
    await picture(window, `timeline-${theme}.png`);
  }
  await timeline.openTab('State');
  await window.theme('dark');
  await picture(window, 'state-dark.png');
  await window.close();
}

/** Stepping through the order of the exercise, at the pace of somebody who reads. */
async function animation(session: Session): Promise<void> {
  const window = await Window.open(session, { width: 1000, height: 620 });
  const timeline = await openOrder(window);
  await window.theme('dark');
  await window.page.keyboard.press('Control+B');
  await timeline.press('Home');
  await timeline.shows('start');
  await settle(window);
  const frames: Frame[] = [];
  const take = async (ms: number) => {
    await settle(window);
    frames.push({ png: await window.page.screenshot(), ms });
  };
  await take(900);
  for (const version of ['1', '2', '3']) {
    await timeline.press('ArrowRight');
    await timeline.shows(version);
    await take(version === '3' ? 2600 : 1300);
  }
  await timeline.press('2');
  await timeline.frame.getByRole('tree', { name: 'State' }).waitFor();
  await take(1800);
  for (const version of ['4', '5', '6', '7', '8']) {
    await timeline.press('ArrowRight');
    await timeline.shows(version);
    await take(700);
  }
  await timeline.press('1');
  await take(1500);
  const file = join(images, 'stepping.png');
  writeFileSync(file, animatedPng(frames));
  tell(file);
  await window.close();
}

async function openOrder(window: Window): Promise<Timeline> {
  await window.showSidebar();
  await window.row(/^Shop/).waitFor();
  await window.command('Leftfold: Filter Streams…');
  await window.answer('108');
  await window.row(/^order-1087/).click();
  return Timeline.of(window, 'order-1087');
}

async function picture(window: Window, name: string): Promise<void> {
  await settle(window);
  const file = join(images, name);
  await window.page.screenshot({ path: file });
  tell(file);
}

/** Waits until nothing is drawn any more: two pictures in a row that are the same. */
async function settle(window: Window): Promise<void> {
  await window.page.mouse.move(0, 0);
  let last = await window.page.screenshot();
  for (let i = 0; i < 20; i++) {
    const next = await window.page.screenshot();
    if (next.equals(last)) return;
    last = next;
  }
}

function tell(file: string): void {
  console.log(`${file} (${Math.round(statSync(file).size / 1000)} kB)`);
}
