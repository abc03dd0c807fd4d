import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectTexts } from './l10n-texts';

const bundle = join(__dirname, '../../../l10n/bundle.l10n.json');

describe('l10n/bundle.l10n.json', () => {
  // LEFTFOLD_UPDATE=1 npm run test:unit writes the bundle anew.
  it('holds every text of the host and the pages, and no other', () => {
    const texts = collectTexts();
    if (process.env.LEFTFOLD_UPDATE === '1') writeFileSync(bundle, `${JSON.stringify(texts, null, 2)}\n`);
    assert.deepEqual(JSON.parse(readFileSync(bundle, 'utf8')), texts);
  });
});
