import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** Where what a reducer writes to its console goes: one call for each write, line break included. */
export type ConsoleSink = (text: string) => void;

let restore: (() => void) | undefined;

/**
 * Sends everything written through the global `console` to a sink (stderr by default), so that a reducer's logging
 * never gets into what a command prints. Asked again, it changes the sink.
 * @returns a function that gives the console back
 */
export function redirectConsole(sink: ConsoleSink = (text) => void process.stderr.write(text)): () => void {
  restore?.();
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      sink(String(chunk));
      done();
    },
  });
  const target = new Console({ stdout: stream, stderr: stream }) as unknown as Record<string, unknown>;
  const global = console as unknown as Record<string, unknown>;
  const originals = new Map<string, unknown>();
  for (const name of Object.keys(target)) {
    if (typeof target[name] !== 'function' || typeof global[name] !== 'function') continue;
    originals.set(name, global[name]);
    global[name] = target[name];
  }
  const undo = () => {
    for (const [name, original] of originals) global[name] = original;
    if (restore === undo) restore = undefined;
  };
  restore = undo;
  return undo;
}
