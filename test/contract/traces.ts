import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a folder with the hash of its bytes and when it was last written. */
export function traces(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return `${name} ${createHash('sha256').update(readFileSync(path)).digest('hex')} ${statSync(path, { bigint: true }).mtimeNs}`;
    });
}
