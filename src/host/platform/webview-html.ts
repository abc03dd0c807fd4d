import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/**
 * The document of a page. Everything comes from dist/; no script but ours runs and nothing is fetched from elsewhere.
 *
 * @param page which page the bundle shows
 * @param identity plain data the webview keeps across reloads (setState) and hands to the panel serializer
 */
export function pageHtml(webview: Webview, extensionUri: Uri, page: 'timeline' | 'store', identity: object): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const csp = [
    "default-src 'none'",
    `img-src ${webview.cspSource} data:`,
    // The toolkit's controls write style elements and attributes.
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<link rel="stylesheet" href="${file('codicon.css')}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${file('page.css')}">
<title>Leftfold</title>
</head>
<body data-page="${page}">
<script nonce="${nonce}">${identityScript(identity)}</script>
<script nonce="${nonce}" src="${file('page.js')}"></script>
</body>
</html>`;
}

/**
 * The serializer is handed only what the webview kept, and must learn from it which stream to open. So the identity is
 * kept beside whatever the page keeps, without the page knowing.
 */
function identityScript(identity: object): string {
  const data = JSON.stringify(identity).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `{
const api = acquireVsCodeApi(), identity = ${data};
api.setState({ identity, page: api.getState()?.page });
const page = {
  postMessage: (...args) => api.postMessage(...args),
  getState: () => api.getState()?.page,
  setState: (page) => (api.setState({ identity, page }), page),
};
window.acquireVsCodeApi = () => page;
}`;
}
