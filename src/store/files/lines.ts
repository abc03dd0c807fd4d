import { closeSync, fstatSync, openSync, read as readCallback, readSync } from 'node:fs';
import { promisify } from 'node:util';

const readAsync = promisify(readCallback);

/** Bytes read at once while scanning. */
const CHUNK = 4 * 1024 * 1024;
/** Bytes kept for lines that lie near each other. */
const BLOCK = 256 * 1024;

const strict = new TextDecoder('utf-8', { fatal: true });

type VisitLine = (bytes: Buffer, offset: number, line: number, ended: boolean) => void;

/** A file of lines, open for reading: once through from the start, then line by line by byte offset. */
export class LineFile {
  private readonly file: number;
  readonly size: number;
  private block: Buffer = Buffer.alloc(0);
  private blockStart = 0;

  constructor(path: string) {
    this.file = openSync(path, 'r');
    this.size = fstatSync(this.file).size;
  }

  /**
   * Goes through all lines but blank ones. Offsets and lengths in bytes, without the line's end; lines count from 1
   * and blank ones are counted.
   * @param visit gets a view of bytes that is good until it returns; `ended` is false for a last line without an end
   * @param progress called between chunks with the bytes done; what it throws ends the scan
   * @param yieldTo awaited between chunks, so that requests and signals get their turn
   */
  async scan(visit: VisitLine, progress: (done: number) => void, yieldTo: () => Promise<void>): Promise<void> {
    let buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, this.size)));
    let held = 0;
    let start = 0;
    let line = 0;
    for (;;) {
      if (held === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      const { bytesRead } = await readAsync(this.file, buffer, held, buffer.length - held, start + held);
      const end = held + bytesRead;
      let from = 0;
      for (let newline = buffer.indexOf(10, held); newline >= 0 && newline < end; newline = buffer.indexOf(10, from)) {
        line++;
        visitLine(buffer, from, newline, start, line, true, visit);
        from = newline + 1;
        held = from;
      }
      if (bytesRead === 0 || start + end >= this.size) {
        if (from < end) visitLine(buffer, from, end, start, line + 1, false, visit);
        progress(this.size);
        return;
      }
      buffer.copy(buffer, 0, from, end);
      held = end - from;
      start += from;
      progress(start);
      await yieldTo();
    }
  }

  /** The bytes of one line. */
  read(offset: number, length: number): Buffer {
    const at = offset - this.blockStart;
    if (at >= 0 && at + length <= this.block.length) return this.block.subarray(at, at + length);
    const wanted = Buffer.allocUnsafeSlow(Math.max(length, Math.min(BLOCK, this.size - offset)));
    let got = 0;
    while (got < wanted.length) {
      const bytes = readSync(this.file, wanted, got, wanted.length - got, offset + got);
      if (bytes === 0) break;
      got += bytes;
    }
    if (length <= BLOCK) {
      this.block = wanted.subarray(0, got);
      this.blockStart = offset;
    }
    return wanted.subarray(0, Math.min(length, got));
  }

  close(): void {
    closeSync(this.file);
  }
}

const CR = 13;

function visitLine(buffer: Buffer, from: number, end: number, start: number, line: number, ended: boolean, visit: VisitLine): void {
  let first = from;
  let last = end;
  if (start + from === 0 && buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf) first += 3;
  while (last > first && isBlank(buffer[last - 1])) last--;
  while (first < last && isBlank(buffer[first])) first++;
  if (first < last) visit(buffer.subarray(first, last), start + first, line, ended);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === CR;
}

/** Whether bytes are UTF-8, for text in which the decoder may have replaced some. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
