import { request } from 'node:https';

/**
 * Whether the desktop VS Code is to be used here: LEFTFOLD_VSCODE=download or server decides; else there must be a
 * display, and the host it is downloaded from must answer within a few seconds.
 */
export async function canUseDesktop(): Promise<boolean> {
  const wanted = process.env.LEFTFOLD_VSCODE;
  if (wanted === 'download') return true;
  if (wanted === 'server') return false;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  return answers('https://update.code.visualstudio.com/api/releases/stable', 4_000);
}

function answers(url: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'HEAD', timeout: timeoutMs }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.end();
  });
}
