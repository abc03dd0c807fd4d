/** The reader of our output has gone: nothing is wrong, there is just nothing more to do. */
export class ClosedPipe extends Error {}

/** Lines are gathered up to this many characters before they are written. */
const BATCH = 32 * 1024;
/** And no longer than this, so that a person sees slow work go on, ms. */
const HOLD_MS = 100;

/**
 * Standard output: what is written waits until the reader has taken it, so that a million lines never pile up in memory.
 * Once it is taken over, nothing else in the process (a reducer's own writes) gets to standard output: it goes to
 * standard error.
 */
export class Output {
  private readonly put: (text: string, done: (error?: Error | null) => void) => unknown;
  private pending = '';
  private flushedAt = performance.now();
  readonly isTerminal: boolean;
  readonly columns: number;

  constructor(private readonly stream: NodeJS.WriteStream = process.stdout) {
    this.isTerminal = stream.isTTY === true;
    this.columns = stream.columns ?? 120;
    const write = stream.write.bind(stream);
    this.put = (text, done) => write(text, done);
    stream.write = process.stderr.write.bind(process.stderr);
    // Told to each write as well; unheard it would end the process with a stack trace.
    stream.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  }

  /** Adds text. @throws ClosedPipe when the reader has gone */
  async write(text: string): Promise<void> {
    this.pending += text;
    if (this.pending.length >= BATCH || performance.now() - this.flushedAt > HOLD_MS) await this.flush();
  }

  line(text: string): Promise<void> {
    return this.write(`${text}\n`);
  }

  /** Resolves when everything was taken. @throws ClosedPipe, or what the system says about a full disk */
  async flush(): Promise<void> {
    const text = this.pending;
    this.pending = '';
    if (text !== '') {
      await new Promise<void>((resolve, reject) => {
        this.put(text, (error) => {
          if (!error) resolve();
          else reject(isClosed(error) ? new ClosedPipe() : error);
        });
      });
    }
    this.flushedAt = performance.now();
  }
}

function isClosed(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' || code === 'EOF';
}
