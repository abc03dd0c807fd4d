import { existsSync } from 'node:fs';
import { SetupError, canInstallPackages, installPackages, which } from './command';

const elsewhere: Record<string, string[]> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * The browser that tests and screenshots drive: LEFTFOLD_CHROMIUM, an installed Chromium or Chrome, else Debian's package.
 * @throws SetupError when there is none and none can be installed
 */
export function ensureChromium(): string {
  const named = process.env.LEFTFOLD_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new SetupError(`LEFTFOLD_CHROMIUM names ${named}, which does not exist.`);
  }
  const found =
    which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable') ??
    elsewhere[process.platform]?.find((file) => existsSync(file));
  if (found) return found;
  if (canInstallPackages()) {
    installPackages('chromium', 'fonts-dejavu-core');
    const installed = which('chromium');
    if (installed) return installed;
  }
  throw new SetupError(
    'No Chromium or Chrome was found. Install one (Debian: apt-get install chromium), or name it in LEFTFOLD_CHROMIUM.',
  );
}
