import { dirname, resolve } from 'node:path';
import type { Config } from '../config/config';
import { storeFor } from '../config/find';
import { findConfig, loadConfig } from '../config/read';
import { LeftfoldError } from '../model/problem';
import { streamNotFound } from '../model/problems/engine';
import type { EventStore, StreamReader } from '../store/contract';
import { openStore } from '../store/registry';
import type { Invocation } from './args';
import type { Report } from './report';

export interface OpenedStore {
  store: EventStore;
  /** The nearest leftfold.json upwards from the store. */
  config: Config | undefined;
}

export interface OpenedStream extends OpenedStore {
  reader: StreamReader;
}

/** How many ids are suggested for one that is not there. */
const MOST_NEAR = 3;

/**
 * Opens the store a command names, mapped as the nearest leftfold.json upwards from it says. What is wrong with that
 * file is told; whether it matters is for the command to say.
 * @throws LeftfoldError
 */
export async function openStoreFor({ operands }: Invocation, report: Report): Promise<OpenedStore> {
  const path = resolve(operands[0]!);
  const file = findConfig(dirname(path));
  const config = file === undefined ? undefined : loadConfig(file);
  for (const problem of config?.problems ?? []) report.tell(problem);
  const mapping = config && storeFor(config, path)?.mapping;
  return { store: await openStore(path, mapping ? { mapping } : {}), config };
}

/** Opens the stream a command names. @throws LeftfoldError stream-not-found, with ids that look like it */
export async function openStreamFor(invocation: Invocation, report: Report): Promise<OpenedStream> {
  const opened = await openStoreFor(invocation, report);
  const stream = invocation.operands[1]!;
  const reader = opened.store.openStream(stream);
  if (reader) return { ...opened, reader };
  throw new LeftfoldError(streamNotFound(stream, opened.store.info.path, nearIds(opened.store, stream)));
}

/**
 * What of the store itself could not be read, as far as a command would have read it: a malformed line may belong to
 * any stream, one whose stream is known only to that.
 */
export function reportStoreProblems({ info }: EventStore, report: Report, stream?: string): void {
  const unreadable = info.problems.filter(({ exit, where }) => exit === 3 && (stream === undefined || where.stream === undefined || where.stream === stream));
  for (const problem of unreadable) report.event(problem);
  if (unreadable.length > 0) report.more(info.problemCount - info.problems.length);
}

/** Ids that contain what was asked for, or its longest part. */
function nearIds(store: EventStore, stream: string): string[] {
  const parts = [stream, ...stream.split(/[^\p{L}\p{N}]+/u).sort((a, b) => b.length - a.length)];
  for (const match of parts) {
    if (match.length < 2) continue;
    const { streams } = store.streams({ match, limit: MOST_NEAR });
    if (streams.length > 0) return streams.map((head) => head.stream);
  }
  return [];
}
