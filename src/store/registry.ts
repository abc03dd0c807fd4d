import { resolve } from 'node:path';
import { LeftfoldError } from '../model/problem';
import { openingCancelled } from '../model/problems/store';
import type { OpenStore } from './contract';
import { detectKind } from './detect';
import { openNdjsonStore } from './files/store';
import { openSqliteStore } from './sqlite/store';

/** The one way to a store: looks at the file and opens it as what it is. */
export const openStore: OpenStore = async (path, options = {}) => {
  const file = resolve(path);
  if (options.signal?.aborted) throw new LeftfoldError(openingCancelled(file));
  return detectKind(file) === 'sqlite' ? openSqliteStore(file, options) : openNdjsonStore(file, options);
};
