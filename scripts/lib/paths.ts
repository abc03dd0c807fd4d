import { join, resolve } from 'node:path';

/** The project's folder. */
export const root = resolve(__dirname, '../..');

/** Where tests and scripts put what they make: bundles, logs, screenshots of failures. Git ignores it. */
export const out = join(root, 'out');

/** Where large downloads are kept. Several clones can share one through LEFTFOLD_CACHE. */
export const cache = resolve(process.env.LEFTFOLD_CACHE ?? join(root, '.cache'));
