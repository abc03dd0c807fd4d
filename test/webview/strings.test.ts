import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { english, setStrings, t } from '../../webview/strings';

const folder = join(import.meta.dirname, '../../webview');
const source = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('strings.ts'))
  .map((file) => readFileSync(join(folder, file), 'utf8'))
  .join('\n');

// A key in quotes, or the start of one that is put together: t(`tab.${tab}`).
const keys = new Set([...source.matchAll(/'([a-z]+(?:\.[a-zA-Z]+)+)'/g)].map(([, key]) => key!));
const prefixes = [...source.matchAll(/\bt\(`([a-z]+\.)\$\{/g)].map(([, prefix]) => prefix!);

describe('the texts of the pages', () => {
  it('are all used', () => {
    const unused = Object.keys(english).filter((key) => !keys.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)));
    assert.deepEqual(unused, []);
  });

  it('are all there', () => {
    const asked = [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key]) => key!);
    assert.deepEqual(asked.filter((key) => !(key in english)), []);
  });

  it('are replaced by the editor’s language, with their holes filled', () => {
    try {
      setStrings({ 'transport.position': '{0} von {1}' });
      assert.equal(t('transport.position', 3, 9), '3 von 9');
      assert.equal(t('tab.state'), 'State');
    } finally {
      setStrings({});
    }
  });
});
