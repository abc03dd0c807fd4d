// npm run package: builds everything for shipping and writes leftfold-<version>.vsix, one file for every platform.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { main } from './lib/command';
import { packageVsix } from './lib/vsix';

main(async () => {
  const vsix = await packageVsix();
  console.log(`${basename(vsix)} (${(statSync(vsix).size / 1e6).toFixed(1)} MB)`);
  return 0;
});
