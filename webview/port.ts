import type { PageState } from '../src/protocol/page';
import type { Port } from '../src/protocol/channel';

/** What VS Code gives a webview's script. It may be asked for once only. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

declare global {
  function acquireVsCodeApi(): VsCodeApi;
}

/** The page's end of the pipe to the extension host. */
export function hostPort(api: VsCodeApi): Port {
  return {
    post: (message) => api.postMessage(message),
    listen: (listener) => {
      const receive = (event: MessageEvent) => listener(event.data);
      window.addEventListener('message', receive);
      return () => window.removeEventListener('message', receive);
    },
  };
}
