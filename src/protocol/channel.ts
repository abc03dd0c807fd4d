import { LeftfoldError, type Problem } from '../model/problem';

/** One end of a two-way message pipe: a forked process, a webview, or a pair in a test. */
export interface Port {
  post(message: unknown): void;
  /** Calls the listener for each message until the returned function is called. */
  listen(listener: (message: unknown) => void): () => void;
}

/** A boundary: the calls one side answers, and the notes it sends without being asked. */
export interface Api {
  calls: Record<string, { params: unknown; result: unknown }>;
  notes: Record<string, unknown>;
}

type Message =
  | { kind: 'request'; id: number; method: string; params: unknown }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; problem: Problem }
  | { kind: 'cancel'; id: number }
  | { kind: 'note'; name: string; params: unknown };

export interface RequestOptions {
  /** Aborting rejects the request with the problem `cancelled` and tells the other side to stop. */
  signal?: AbortSignal;
  /** Rejects with the problem `timed-out` and cancels the work; no limit when left out. */
  timeoutMs?: number;
}

export type Handlers<A extends Api> = {
  [M in keyof A['calls']]: (
    params: A['calls'][M]['params'],
    signal: AbortSignal,
  ) => A['calls'][M]['result'] | Promise<A['calls'][M]['result']>;
};

/** Asks the other side. `Theirs` is the API the other side answers. */
export class Caller<Theirs extends Api> {
  private next = 1;
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  private readonly noteListeners = new Map<string, Set<(params: never) => void>>();
  private readonly unlisten: () => void;
  private closedBy: Problem | undefined;

  constructor(private readonly port: Port) {
    this.unlisten = port.listen((message) => this.receive(message as Message));
  }

  /** @throws LeftfoldError with what the other side answered, `cancelled`, `timed-out`, or why the channel closed */
  request<M extends keyof Theirs['calls'] & string>(
    method: M,
    params: Theirs['calls'][M]['params'],
    options: RequestOptions = {},
  ): Promise<Theirs['calls'][M]['result']> {
    const { signal, timeoutMs } = options;
    return new Promise((resolve, reject) => {
      if (this.closedBy) return reject(new LeftfoldError(this.closedBy));
      if (signal?.aborted) return reject(new LeftfoldError(cancelled(method)));
      const id = this.next++;
      const giveUp = (problem: Problem) => {
        if (!this.waiting.has(id)) return;
        settle();
        this.port.post({ kind: 'cancel', id } satisfies Message);
        reject(new LeftfoldError(problem));
      };
      const onAbort = () => giveUp(cancelled(method));
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => giveUp(timedOut(method, timeoutMs)), timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        this.waiting.delete(id);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.waiting.set(id, {
        resolve: (value) => (settle(), resolve(value)),
        reject: (error) => (settle(), reject(error)),
      });
      this.port.post({ kind: 'request', id, method, params } satisfies Message);
    });
  }

  /** Calls the listener for each note of this name until the returned function is called. */
  on<N extends keyof Theirs['notes'] & string>(name: N, listener: (params: Theirs['notes'][N]) => void): () => void {
    const listeners = this.noteListeners.get(name) ?? new Set();
    this.noteListeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Rejects everything under way and everything asked later with the given problem. */
  close(problem: Problem): void {
    if (this.closedBy) return;
    this.closedBy = problem;
    this.unlisten();
    for (const waiting of [...this.waiting.values()]) waiting.reject(new LeftfoldError(problem));
  }

  private receive(message: Message): void {
    if (message.kind === 'result') this.waiting.get(message.id)?.resolve(message.value);
    else if (message.kind === 'failure') this.waiting.get(message.id)?.reject(new LeftfoldError(message.problem));
    else if (message.kind === 'note') {
      for (const listener of this.noteListeners.get(message.name) ?? []) listener(message.params as never);
    }
  }
}

/** Answers the other side. `Ours` is the API this side answers. Every request gets exactly one answer. */
export class Answerer<Ours extends Api> {
  private readonly running = new Map<number, AbortController>();
  private readonly unlisten: () => void;

  /** @param asProblem turns whatever a handler threw into what the user is told */
  constructor(
    private readonly port: Port,
    private readonly handlers: Handlers<Ours>,
    private readonly asProblem: (error: unknown, method: string) => Problem,
  ) {
    this.unlisten = port.listen((message) => this.receive(message as Message));
  }

  note<N extends keyof Ours['notes'] & string>(name: N, params: Ours['notes'][N]): void {
    this.port.post({ kind: 'note', name, params } satisfies Message);
  }

  /** Stops listening and cancels what is under way. */
  close(): void {
    this.unlisten();
    for (const controller of this.running.values()) controller.abort();
  }

  private receive(message: Message): void {
    if (message.kind === 'cancel') this.running.get(message.id)?.abort();
    else if (message.kind === 'request') void this.answer(message.id, message.method, message.params);
  }

  private async answer(id: number, method: string, params: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const handler = Object.hasOwn(this.handlers, method) ? this.handlers[method] : undefined;
      if (!handler) throw new LeftfoldError(unknownMethod(method));
      const value = await handler(params, controller.signal);
      this.port.post({ kind: 'result', id, value } satisfies Message);
    } catch (error) {
      const problem = error instanceof LeftfoldError ? error.problem : this.asProblem(error, method);
      this.port.post({ kind: 'failure', id, problem } satisfies Message);
    } finally {
      this.running.delete(id);
    }
  }
}

function cancelled(method: string): Problem {
  return { code: 'cancelled', message: `"${method}" was cancelled.`, next: 'Nothing needs to be done.', where: {}, exit: 2 };
}

function timedOut(method: string, timeoutMs: number): Problem {
  return {
    code: 'timed-out',
    message: `"${method}" gave no answer within ${timeoutMs} ms.`,
    next: 'Try again, or restart the engine with "Leftfold: Refresh".',
    where: {},
    exit: 2,
  };
}

function unknownMethod(method: string): Problem {
  return {
    code: 'unknown-method',
    message: `The other side knows no "${method}".`,
    next: 'Reload the window so that all parts are of one version.',
    where: {},
    exit: 2,
  };
}
