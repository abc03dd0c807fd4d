import { LeftfoldError, type Problem } from '../model/problem';
import { unexpected } from '../model/problems/general';
import type { BrowseApi } from '../protocol/browse';
import { Answerer, type Port } from '../protocol/channel';
import type { TimelineApi } from '../protocol/timeline';
import { UserCode } from './user-code';
import { BrowseService } from './service-browse';
import { TimelineService } from './service-timeline';
import type { EngineSettings } from './settings';

/** The process an engine runs in: its only argument says what it serves; it speaks over the IPC channel it was forked with. */
function main(): void {
  const settings = JSON.parse(process.argv[2] ?? '{}') as EngineSettings;
  // Kept before any user code could replace them.
  const send = process.send?.bind(process);
  if (!send) {
    process.stderr.write('leftfold: the engine is started by the extension, not by hand. Use the leftfold command.\n');
    process.exit(2);
  }
  const post = (message: unknown) => void send(message, undefined, undefined, () => undefined);
  const port: Port = {
    post,
    listen(listener) {
      process.on('message', listener);
      return () => void process.off('message', listener);
    },
  };
  process.on('disconnect', () => process.exit(0));
  process.on('message', (message: { kind?: string }) => {
    if (message.kind === 'ping') post({ kind: 'pong' });
  });
  if (settings.role === 'browse') serveBrowse(port);
  else serveTimeline(port, settings);
  post({ kind: 'ready', guarded: process.permission !== undefined });
}

function serveBrowse(port: Port): void {
  const service = new BrowseService({
    progress: (done, total) => answerer.note('progress', { done, total }),
  });
  const answerer = new Answerer<BrowseApi>(port, service.handlers, asProblem);
}

function serveTimeline(port: Port, settings: EngineSettings): void {
  const userCode = new UserCode(settings);
  const service = new TimelineService(userCode, {
    progress: (progress) => answerer.note('progress', progress),
    failed: (failures) => answerer.note('failed', failures),
    notice: (problem) => answerer.note('notice', problem),
  });
  const answerer = new Answerer<TimelineApi>(port, service.handlers, asProblem);
  process.on('message', () => userCode.heard());
  // What a reducer left running must not end the process behind its back.
  process.on('uncaughtException', (error) => service.outside(error));
  process.on('unhandledRejection', (reason) => service.outside(reason));
}

function asProblem(error: unknown, method: string): Problem {
  return error instanceof LeftfoldError ? error.problem : unexpected(error, method);
}

main();
