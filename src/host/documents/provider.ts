import { EventEmitter, Uri, workspace, type CancellationToken, type Disposable, type Event, type TextDocumentContentProvider } from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { badStateUri, tooBigForEditor } from '../../model/problems/host';
import { abortSignalOf } from '../platform/abort';
import { Disposables } from '../platform/disposables';
import { readExport } from '../platform/read-export';
import type { Stores } from '../platform/stores';
import type { Timelines } from '../platform/timelines';
import { SCHEME, fromUriQuery, toUriParts, type StateAddress } from './state-uri';

/** VS Code hands documents above 50 MB to no extension; characters beyond ASCII take more bytes than one. */
const MOST_CHARACTERS = 48 * 1024 * 1024;

/** Read-only documents of states: `leftfold-state:/<stream>@v<version>.json?<address>`. */
export class StateDocuments implements TextDocumentContentProvider, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<Uri>());
  readonly onDidChange: Event<Uri> = this.changed.event;

  constructor(
    private readonly stores: Stores,
    private readonly timelines: Timelines,
  ) {
    this.all.add(workspace.registerTextDocumentContentProvider(SCHEME, this));
    this.all.add(timelines.onDidGoStale(({ store, stream }) => {
      for (const { uri } of workspace.textDocuments) {
        const address = uri.scheme === SCHEME ? fromUriQuery(uri.query) : undefined;
        if (address?.stream === stream && stores.at(address.store).key === store.key) this.changed.fire(uri);
      }
    }));
  }

  /** @throws LeftfoldError bad-state-uri, too-big-for-editor, or what the store or the fold answered */
  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    const address = fromUriQuery(uri.query);
    if (!address) throw new LeftfoldError(badStateUri(uri.toString()));
    const abort = abortSignalOf(token);
    const lease = await this.timelines.borrow({ store: this.stores.at(address.store), stream: address.stream });
    try {
      const pieces: string[] = [];
      let length = 0;
      for await (const piece of readExport(lease, 'state', address.step, abort.signal)) {
        length += piece.length;
        if (length > MOST_CHARACTERS) throw new LeftfoldError(tooBigForEditor(address.stream, address.version));
        pieces.push(piece);
      }
      return pieces.join('');
    } finally {
      lease.release();
      abort.dispose();
    }
  }

  dispose(): void {
    this.all.dispose();
  }
}

/** The uri of a state's document. */
export function stateUri(address: StateAddress): Uri {
  return Uri.from(toUriParts(address));
}
