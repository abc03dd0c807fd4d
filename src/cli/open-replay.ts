import { basename, dirname, relative, resolve } from 'node:path';
import type { Config } from '../config/config';
import { reducerFor } from '../config/find';
import { LeftfoldError } from '../model/problem';
import { configDecidesNothing } from '../model/problems/cli';
import { loadReducer } from '../replay/load';
import { mergeReducer, type Reducer } from '../replay/reducer';
import { Replay } from '../replay/replay';
import type { EventStore, StreamReader } from '../store/contract';
import type { Invocation } from './args';
import type { Context } from './command';
import { openStreamFor } from './open';
import type { Report } from './report';

/** A stream with what folds it. */
export interface OpenReplay {
  store: EventStore;
  reader: StreamReader;
  replay: Replay;
  /** "merge", or the module's path as a person would write it. */
  label: string;
  /** Names the events up to a step that could not be folded, each once. */
  reportFailures(report: Report, upTo: number): void;
}

/**
 * Opens a stream and its reducer: the one given with --reducer, else the one the nearest leftfold.json names for the
 * stream's category, else the merge.
 * @throws LeftfoldError when the store, the stream or the reducer is not there or cannot be used
 */
export async function openReplayFor(invocation: Invocation, context: Context): Promise<OpenReplay> {
  const { store, reader, config } = await openStreamFor(invocation, context.report);
  const { reducer, label } = await chooseReducer(invocation.values.reducer, store, reader, config);
  const replay = new Replay(reader, reducer);
  const told = new Set<number>();
  let notices = 0;
  return {
    store,
    reader,
    replay,
    label,
    reportFailures(report, upTo) {
      for (const { step, problem } of replay.failures.slice(told.size)) {
        if (step > upTo || told.has(step)) continue;
        told.add(step);
        report.event(problem);
      }
      for (const notice of replay.notices.slice(notices)) context.report.tell(notice);
      notices = replay.notices.length;
    },
  };
}

async function chooseReducer(
  given: string | undefined,
  store: EventStore,
  { category, stream }: StreamReader,
  config: Config | undefined,
): Promise<{ reducer: Reducer; label: string }> {
  if (given !== undefined) return { reducer: await loadReducer(resolve(given)), label: shortPath(process.cwd(), resolve(given)) };
  // The merge would be an answer to another question than the one the file would have asked.
  const broken = config?.problems.find(({ code }) => code !== 'config-invalid');
  if (broken) throw new LeftfoldError(configDecidesNothing(config!.file));
  const configured = config && reducerFor(config, store.info.path, category, stream);
  if (!configured) return { reducer: mergeReducer(), label: 'merge' };
  const { module, numbers } = configured;
  return { reducer: await loadReducer(module, numbers ? { numbers } : {}), label: shortPath(dirname(config.file), module) };
}

/** The path from a folder, with slashes; its absolute form when that would climb out of the folder. */
function shortPath(from: string, file: string): string {
  const path = relative(from, file);
  return path.startsWith('..') || basename(path) === '' ? file : path.replaceAll('\\', '/');
}
