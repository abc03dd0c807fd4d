import {
  EventEmitter, FileChangeType, FileSystemError, FileType, Uri, l10n, MarkdownString, workspace,
  type Disposable, type Event, type FileChangeEvent, type FileStat, type FileSystemProvider,
} from 'vscode';
import { LeftfoldError } from '../../model/problem';
import { badStateUri, tooBigForEditor } from '../../model/problems/host';
import { Disposables } from '../platform/disposables';
import { readExport } from '../platform/read-export';
import type { Stores } from '../platform/stores';
import type { StreamRef, Timelines } from '../platform/timelines';
import { SCHEME, fromUriQuery, toUriParts, type StateAddress } from './state-uri';

/** VS Code hands documents above 50 MB to no extension; characters beyond ASCII take more bytes than one. */
const MOST_CHARACTERS = 48 * 1024 * 1024;

/**
 * Read-only documents of states: `leftfold-state:/<stream>@v<version>.json?<address>`. They are files of a file system
 * rather than the documents of a content provider because VS Code opens only files again after a reload.
 */
export class StateDocuments implements FileSystemProvider, Disposable {
  private readonly all = new Disposables();
  private readonly changed = this.all.add(new EventEmitter<FileChangeEvent[]>());
  readonly onDidChangeFile: Event<FileChangeEvent[]> = this.changed.event;
  private readonly ended = new AbortController();
  /** When what a document shows was last found to be out of date, ms; VS Code reads a file again when this moved on. */
  private readonly since = new Map<string, number>();

  constructor(
    private readonly stores: Stores,
    private readonly timelines: Timelines,
  ) {
    const isReadonly = new MarkdownString(l10n.t('A state is computed from the events and cannot be edited.'));
    this.all.add(workspace.registerFileSystemProvider(SCHEME, this, { isCaseSensitive: true, isReadonly }));
    this.all.add(timelines.onDidGoStale((ref) => this.outdate(ref)));
  }

  /** The size is not known before the fold; VS Code takes 0 for that. */
  stat(uri: Uri): FileStat {
    return { type: FileType.File, ctime: 0, mtime: this.since.get(uri.toString()) ?? 0, size: 0 };
  }

  /** @throws FileSystemError that says what the store or the fold answered, and what to do */
  async readFile(uri: Uri): Promise<Uint8Array> {
    try {
      return new TextEncoder().encode(await this.text(uri));
    } catch (error) {
      if (error instanceof LeftfoldError) throw FileSystemError.Unavailable(`${error.problem.message} ${error.problem.next}`);
      throw error;
    }
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.ended.abort();
    this.all.dispose();
  }

  private outdate({ store, stream }: StreamRef): void {
    const outdated = workspace.textDocuments.filter(({ uri }) => {
      const address = uri.scheme === SCHEME ? fromUriQuery(uri.query) : undefined;
      return address?.stream === stream && this.stores.at(address.store).key === store.key;
    });
    for (const { uri } of outdated) this.since.set(uri.toString(), Date.now());
    this.changed.fire(outdated.map(({ uri }) => ({ type: FileChangeType.Changed, uri })));
  }

  /** @throws LeftfoldError bad-state-uri, too-big-for-editor, or what the store or the fold answered */
  private async text(uri: Uri): Promise<string> {
    const address = fromUriQuery(uri.query);
    if (!address) throw new LeftfoldError(badStateUri(uri.toString()));
    const lease = await this.timelines.borrow({ store: this.stores.at(address.store), stream: address.stream });
    try {
      const pieces: string[] = [];
      let length = 0;
      for await (const piece of readExport(lease, 'state', address.step, this.ended.signal)) {
        length += piece.length;
        if (length > MOST_CHARACTERS) throw new LeftfoldError(tooBigForEditor(address.stream, address.version));
        pieces.push(piece);
      }
      return pieces.join('');
    } finally {
      lease.release();
    }
  }
}

/** The uri of a state's document. */
export function stateUri(address: StateAddress): Uri {
  return Uri.from(toUriParts(address));
}
