import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { out } from '../../../scripts/lib/paths';
import { startSession } from './session';
import type { Session } from './session';
import { Window } from './window';
import type { WindowOptions } from './window';

let session: Promise<Session> | undefined;

/** The run's session; started by the first suite that needs it and closed after the last. */
export function sharedSession(): Promise<Session> {
  if (!session) {
    session = startSession();
    root().afterAll('close VS Code', async function () {
      this.timeout(60_000);
      await (await session)?.close();
    });
  }
  return session;
}

let rootSuite: Mocha.Suite | undefined;

function root(): Mocha.Suite {
  if (!rootSuite) throw new Error('useWindow() has to be called inside a describe()');
  return rootSuite;
}

/**
 * Gives the tests of a suite one window, opened before the first and closed after the last. They are the steps of one
 * journey: when one fails, out/e2e has a picture of it, and those after it are skipped.
 */
export function useWindow(options: WindowOptions = {}): () => Window {
  let window: Window | undefined;
  let stuck = false;
  beforeEach('only while the journey goes on', function () {
    if (stuck) this.skip();
  });
  before('open a window', async function () {
    this.timeout(180_000);
    let suite = this.test?.parent;
    while (suite?.parent) suite = suite.parent;
    rootSuite = suite;
    window = await Window.open(await sharedSession(), options);
  });
  afterEach('picture of a failure', async function () {
    if (this.currentTest?.state !== 'failed' || !window) return;
    stuck = true;
    const name = this.currentTest.fullTitle().replace(/[^\p{L}\d]+/gu, '-');
    mkdirSync(join(out, 'e2e'), { recursive: true });
    await window.page.screenshot({ path: join(out, 'e2e', `${name}.png`) });
  });
  after('close the window', () => window?.close());
  return () => {
    if (!window) throw new Error('The window is not open.');
    return window;
  };
}
