import type { Caller } from '../../src/protocol/channel';
import type { PageState, TimelineHostApi } from '../../src/protocol/page';
import type { TimelineInfo } from '../../src/protocol/timeline';

/**
 * The step a kept place means now: the same version, wherever it has moved to; without a kept place the first event.
 * A version that is gone leaves the step, as far as the stream still has it.
 */
export async function findPlace(caller: Caller<TimelineHostApi>, info: TimelineInfo, saved: PageState | undefined): Promise<number> {
  if (!saved) return Math.min(1, info.length);
  const step = Math.min(saved.step, info.length);
  if (step === 0 || saved.version === '') return step;
  try {
    const [row] = await caller.request('rows', { start: step, count: 1 });
    if (row?.version === saved.version) return step;
    return (await caller.request('locate', { version: saved.version })).step;
  } catch {
    return step;
  }
}
