import { dirname, join } from 'node:path';

/**
 * The flags that put an engine under Node's permission model: reads below the given folders, writes to its own temp
 * folder alone, no child processes, no workers. A guard against accidents, not against malice: whoever may run a
 * reducer must trust it.
 * @param readable absolute folders or files
 */
export function guardFlags(engineFile: string, readable: readonly string[], tempDir: string): string[] {
  const dist = dirname(engineFile);
  // The addon's loader looks into build/ first, where only a build from source would be: under the model, asking
  // whether a forbidden path exists throws. A folder that is not there needs the star.
  const paths = new Set([dist, join(dist, '..', 'prebuilds'), join(dist, '..', 'build', '*'), join(dist, '..', 'package.json'), tempDir, ...readable]);
  // The addon's loader tells the C library by it; without, it asks for a slow report of the whole process.
  if (process.platform === 'linux') paths.add('/proc/self/maps');
  return [
    '--permission',
    '--allow-addons',
    ...[...paths].map((path) => `--allow-fs-read=${path}`),
    `--allow-fs-write=${tempDir}`,
    '--disable-warning=SecurityWarning',
  ];
}

/** Whether this host's Node knows the flags: found out once, by the first engine that is started with them. */
export const hostGuard = { accepted: true };
