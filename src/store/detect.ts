import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { LeftfoldError } from '../model/problem';
import {
  storeEmpty, storeEncoding, storeEncrypted, storeIsDirectory, storeJsonDocument, storeMissing, storeNotAFile, storeTruncated, storeUnknownFormat, storeUnreadable,
} from '../model/problems/store';

/** Bytes looked at. */
const START = 65_536;

/**
 * What lies at a path, by its content: extensions say nothing.
 * @throws LeftfoldError saying what is there instead of a store
 */
export function detectKind(path: string): 'sqlite' | 'ndjson' {
  const start = readStart(path);
  if (start.length === 0) throw new LeftfoldError(storeEmpty(path));
  const magic = Buffer.from('SQLite format 3\0', 'latin1');
  if (start.subarray(0, 16).equals(magic)) return 'sqlite';
  if (start.length < 16 && magic.subarray(0, start.length).equals(start)) throw new LeftfoldError(storeTruncated(path, start.length, 512));
  refuseOtherEncodings(path, start);
  const text = textOf(start);
  if (text === undefined) throw new LeftfoldError(looksEncrypted(path, start) ? storeEncrypted(path) : storeUnknownFormat(path, `the bytes ${start.toString('hex', 0, 8)}`));
  refuseDocuments(path, text, start.length === START);
  return 'ndjson';
}

function readStart(path: string): Buffer {
  let file: number | undefined;
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) throw new LeftfoldError(storeIsDirectory(path));
    if (!stat.isFile()) throw new LeftfoldError(storeNotAFile(path));
    file = openSync(path, 'r');
    const start = Buffer.alloc(Math.min(START, stat.size));
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } catch (error) {
    if (error instanceof LeftfoldError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new LeftfoldError(code === 'ENOENT' || code === 'ENOTDIR' ? storeMissing(path) : storeUnreadable(path, message));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function refuseOtherEncodings(path: string, start: Buffer): void {
  const [a, b, c, d] = start;
  if (a === 0xff && b === 0xfe) throw new LeftfoldError(storeEncoding(path, c === 0 && d === 0 && start.length > 3 ? 'UTF-32LE' : 'UTF-16LE'));
  if (a === 0xfe && b === 0xff) throw new LeftfoldError(storeEncoding(path, 'UTF-16BE'));
  // Without a mark: ASCII in two bytes each has a zero in every second one.
  if (isBrace(a) && b === 0 && d === 0) throw new LeftfoldError(storeEncoding(path, 'UTF-16LE'));
  if (a === 0 && isBrace(b) && c === 0) throw new LeftfoldError(storeEncoding(path, 'UTF-16BE'));
}

function isBrace(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

/** The bytes as text, undefined when they are no text: control characters, or for the most part no UTF-8. */
function textOf(start: Buffer): string | undefined {
  const text = start.toString('utf8').replace(/^\uFEFF/, '');
  let odd = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd || (code < 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09)) odd++;
  }
  return odd > text.length / 10 ? undefined : text;
}

/** Encrypted pages are whole multiples of 512 bytes, and look random from the first byte on. */
function looksEncrypted(path: string, start: Buffer): boolean {
  if (start.length < 512 || statSync(path).size % 512 !== 0) return false;
  const page = start.subarray(0, 4096);
  const counts = new Uint32Array(256);
  for (const byte of page) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / page.length) * Math.log2(count / page.length);
  // 512 random bytes have about 7.6 bits each, text and structures below 6.5.
  return bits > 7.3;
}

function refuseDocuments(path: string, text: string, cut: boolean): void {
  const lines = text.split('\n').map((line) => line.trim());
  if (cut && lines.length > 1) lines.pop();
  const filled = lines.filter((line) => line !== '');
  const [first] = filled;
  if (first === undefined) {
    if (cut) return;
    throw new LeftfoldError(storeUnknownFormat(path, 'blank lines'));
  }
  if (first.startsWith('[') && (cut || !isJson(first) || filled.length === 1)) throw new LeftfoldError(storeJsonDocument(path, 'one JSON array'));
  const opensObject = first.startsWith('{') && !isJson(first) && filled.length > 1;
  if (opensObject && (/^\{\s*("[^"]*"\s*:\s*[[{]?)?$/.test(first) || isJson(text))) throw new LeftfoldError(storeJsonDocument(path, 'one JSON object over several lines'));
  // A broken line or two may come before the first good one; a line longer than what was read is believed.
  if (first.startsWith('{') || filled.some((line) => line.startsWith('{') && isJson(line))) return;
  throw new LeftfoldError(storeUnknownFormat(path, `"${first.slice(0, 40)}"`));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
