import { startBrowseEngine, startTimelineEngine } from '../../engine/client';
import type { EngineStarter } from './engines';
import type { Logger } from './logger';

/** The real engines: child processes of the built engine. @param engineFile absolute path of dist/engine.js */
export function forkedEngines(engineFile: string, log: Logger): EngineStarter {
  const onOutput = (text: string) => log.debug(`engine: ${text.trimEnd()}`);
  return {
    browse: () => startBrowseEngine({ engineFile, onOutput }),
    timeline: (options) => startTimelineEngine({ ...options, engineFile, onOutput }),
  };
}
