import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';

/**
 * What an engine was doing, kept in a small file so that it can be read after the engine has died: nothing in a
 * process that hangs or is killed can still speak, and a write to the page cache survives it.
 *
 * `idle`: no user code runs. `load`: the reducer's module is loaded. `fold`: events from `step` on are folded; with
 * `exact` it is this very one.
 */
export interface Recorded {
  phase: 'idle' | 'load' | 'fold';
  step: number;
  exact: boolean;
  /** Counts the writes: a change is a sign of life. */
  beat: number;
}

const PHASES = ['idle', 'load', 'fold'] as const;
const SIZE = 16;

/** Makes the file. Called by the side that will read it. */
export function makeBlackBox(file: string): void {
  writeFileSync(file, Buffer.alloc(SIZE));
}

/** Reads what was written last; idle when the file cannot be read. */
export function readBlackBox(file: string): Recorded {
  const bytes = Buffer.alloc(SIZE);
  try {
    const fd = openSync(file, 'r');
    try {
      readSync(fd, bytes, 0, SIZE, 0);
    } finally {
      closeSync(fd);
    }
  } catch {
    return { phase: 'idle', step: 0, exact: false, beat: 0 };
  }
  return {
    phase: PHASES[bytes.readUInt8(0)] ?? 'idle',
    exact: bytes.readUInt8(1) === 1,
    beat: bytes.readUInt32LE(4),
    step: bytes.readDoubleLE(8),
  };
}

/** The writing side: one write of 16 bytes (about 1 us) for each call. */
export class BlackBox {
  private readonly bytes = Buffer.alloc(SIZE);
  private readonly fd: number;
  private beat = 0;

  constructor(file: string) {
    this.fd = openSync(file, 'r+');
  }

  write(phase: Recorded['phase'], step: number, exact: boolean): void {
    this.bytes.writeUInt8(PHASES.indexOf(phase), 0);
    this.bytes.writeUInt8(exact ? 1 : 0, 1);
    this.beat = (this.beat + 1) >>> 0;
    this.bytes.writeUInt32LE(this.beat, 4);
    this.bytes.writeDoubleLE(step, 8);
    writeSync(this.fd, this.bytes, 0, SIZE, 0);
  }
}
