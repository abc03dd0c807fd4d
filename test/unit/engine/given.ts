import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../src/engine/client';
import { startTimelineEngine, type TimelineOptions } from '../../../src/engine/client';
import type { Problem } from '../../../src/model/problem';
import type { TimelineApi, TimelineInfo } from '../../../src/protocol/timeline';
import { built } from './built';

/** A folder of a test, with what it writes into it. */
export class Place {
  readonly dir = mkdtempSync(join(tmpdir(), 'leftfold-test-'));

  write(name: string, text: string | Buffer): string {
    const file = join(this.dir, name);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** An NDJSON store with one stream "s-1" whose events have versions 1, 2, … and these payloads. */
  store(payloads: unknown[], name = 'store.ndjson'): string {
    const lines = payloads.map((data, i) =>
      JSON.stringify({ stream: 's-1', version: i + 1, type: `Type${i % 3}`, time: new Date(Date.UTC(2026, 0, 1) + i * 1000).toISOString(), data }),
    );
    return this.write(name, lines.join('\n') + '\n');
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A timeline's engine with everything it told. */
export interface Started {
  engine: Engine<TimelineApi>;
  info: TimelineInfo;
  told: { progress: TimelineApi['notes']['progress'][]; failed: Map<number, Problem>; notices: Problem[]; ended: Problem[]; output: string };
  /** When the background fold is done. */
  folded(): Promise<void>;
}

export async function startTimeline(store: string, module: string | null, options: Partial<TimelineOptions> = {}): Promise<Started> {
  const told: Started['told'] = { progress: [], failed: new Map(), notices: [], ended: [], output: '' };
  const engine = startTimelineEngine({
    engineFile: await built('engine'),
    store,
    module,
    readable: [],
    timeoutMs: 1000,
    memoryMb: 256,
    onOutput: (text) => (told.output += text),
    ...options,
  });
  const waiting = new Set<() => void>();
  engine.caller.on('progress', (progress) => {
    told.progress.push(progress);
    if (progress.done) for (const tell of waiting) tell();
  });
  engine.caller.on('failed', (failures) => failures.forEach(({ step, problem }) => told.failed.set(step, problem)));
  engine.caller.on('notice', (problem) => told.notices.push(problem));
  engine.onEnd((problem) => told.ended.push(problem));
  const folded = () =>
    new Promise<void>((resolve) => {
      if (told.progress.at(-1)?.done === true) resolve();
      else waiting.add(resolve);
    });
  try {
    const info = await engine.caller.request('open', { store: { path: store }, stream: 's-1', reducer: module === null ? null : { module } });
    return { engine, info, told, folded };
  } catch (error) {
    engine.dispose();
    throw error;
  }
}
