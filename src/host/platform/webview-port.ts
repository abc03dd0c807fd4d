import type { Webview } from 'vscode';
import type { Port } from '../../protocol/channel';

/** A webview as one end of a channel. */
export function webviewPort(webview: Webview): Port {
  return {
    post: (message) => void webview.postMessage(message),
    listen(listener) {
      const subscription = webview.onDidReceiveMessage(listener);
      return () => void subscription.dispose();
    },
  };
}
