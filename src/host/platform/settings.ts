import { workspace } from 'vscode';

/** The settings, read when asked for so that a change takes effect with the next use. */
export const settings = {
  /** Streams a page of the tree shows. */
  get pageSize(): number {
    return number('pageSize', 200, 10, 5000);
  },
  /** Heap limit of a timeline's engine, megabytes. */
  get memoryMb(): number {
    return number('engine.memoryMb', 2048, 64, 16_384);
  },
  /** How long a reducer may take over one event before its engine is ended, ms. */
  get timeoutMs(): number {
    return number('engine.timeoutMs', 2000, 100, 600_000);
  },
  /** Interval of play at 1x, ms. */
  get playIntervalMs(): number {
    return number('play.intervalMs', 500, 20, 60_000);
  },
  /** Whether stores that change on disk are read again without being asked. */
  get autoRefresh(): boolean {
    return workspace.getConfiguration('leftfold').get('autoRefresh', true) === true;
  },
};

/** A number between bounds, the default where the setting holds something else (settings.json is edited by hand). */
function number(name: string, fallback: number, least: number, most: number): number {
  const value = workspace.getConfiguration('leftfold').get<unknown>(name);
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(Math.max(value, least), most);
}
