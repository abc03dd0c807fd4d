import { Uri, commands, env, window, type CustomDocument, type CustomReadonlyEditorProvider, type Disposable, type WebviewPanel } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { notAFile } from '../../model/problems/host';
import { unexpected } from '../../model/problems/general';
import { Answerer } from '../../protocol/channel';
import type { StoreHostApi } from '../../protocol/page';
import { Disposables } from '../platform/disposables';
import { logProblem, type Logger } from '../platform/logger';
import { pageStrings } from '../platform/page-strings';
import type { Stores } from '../platform/stores';
import type { Timelines } from '../platform/timelines';
import { pageHtml } from '../platform/webview-html';
import { webviewPort } from '../platform/webview-port';

const VIEW_TYPE = 'leftfold.store';

interface Parts {
  extensionUri: Uri;
  stores: Stores;
  timelines: Timelines;
  log: Logger;
}

/** "Open With… Leftfold": the store page in an editor tab, on the file itself. Reads only. */
export class StoreEditor implements CustomReadonlyEditorProvider {
  constructor(private readonly parts: Parts) {}

  static register(parts: Parts): Disposable {
    return window.registerCustomEditorProvider(VIEW_TYPE, new StoreEditor(parts), { supportsMultipleEditorsPerDocument: true });
  }

  openCustomDocument(uri: Uri): CustomDocument {
    return { uri, dispose: () => undefined };
  }

  resolveCustomEditor(document: CustomDocument, panel: WebviewPanel): void {
    const { extensionUri, log } = this.parts;
    const all = new Disposables();
    panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extensionUri, 'dist')] };
    const answerer = this.answer(document.uri, panel);
    all.defer(() => answerer.close());
    if (document.uri.scheme === 'file') {
      const session = this.parts.stores.session(this.parts.stores.at(document.uri.fsPath));
      all.add(session.onDidChange(() => {
        if (session.state.phase === 'opening') answerer.note('progress', { done: session.state.done, total: session.state.total });
      }));
    }
    panel.onDidDispose(() => all.dispose());
    panel.webview.html = pageHtml(panel.webview, extensionUri, 'store', { store: document.uri.toString() });
    log.debug(`store page: ${document.uri.toString()}`);
  }

  private answer(uri: Uri, panel: WebviewPanel): Answerer<StoreHostApi> {
    const { stores, timelines, log } = this.parts;
    const store = () => {
      if (uri.scheme !== 'file') throw new LeftfoldError(notAFile(uri.toString()));
      return stores.at(uri.fsPath);
    };
    return new Answerer<StoreHostApi>(
      webviewPort(panel.webview),
      {
        start: async () => {
          try {
            return { info: await stores.session(store()).open(), strings: pageStrings() };
          } catch (error) {
            // The page shows it with its next steps; a rejection would say no more.
            if (error instanceof LeftfoldError) return { problem: error.problem };
            throw error;
          }
        },
        streams: (query, signal) => stores.session(store()).request('streams', query, signal),
        openStream: async ({ stream }) => {
          await timelines.open({ store: store(), stream });
          return null;
        },
        run: async ({ action }) => {
          const target = { store: store() };
          if (action === 'retry') await stores.session(store()).reopen().catch(() => undefined);
          else if (action === 'addToSidebar') await commands.executeCommand('leftfold.openStore', uri);
          else if (action === 'openAsText') await commands.executeCommand('leftfold.openAsText', target);
          else await commands.executeCommand('leftfold.mapColumns', target);
          return null;
        },
        copy: async ({ text }) => {
          await env.clipboard.writeText(text);
          return null;
        },
      },
      (error, method) => {
        const problem = unexpected(error, method);
        logProblem(log, problem);
        return problem;
      },
    );
  }
}
