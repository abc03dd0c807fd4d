import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText);
const { contributes } = manifest;

/** Ids registered through the wrapper, template ids spelled out. */
function registered(): Set<string> {
  const ids = new Set<string>();
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!/^(host[\\/].*|extension)\.ts$/.test(file)) continue;
    for (const [, id] of readFileSync(join(root, 'src', file), 'utf8').matchAll(/'(leftfold\.[\w.]+)'/g)) ids.add(id ?? '');
  }
  return ids;
}

describe('package.json', () => {
  const commands: { command: string; title: string; category: string }[] = contributes.commands;

  it('and package.nls.json hold the same keys', () => {
    const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    const given = new Set(Object.keys(JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8'))));
    assert.deepEqual([...used].sort(), [...given].sort());
  });

  it('titles every command "Leftfold: …"', () => {
    for (const { command, title, category } of commands) {
      assert.equal(title, `%${command.replace('leftfold.', 'command.')}%`);
      assert.equal(category, '%command.category%');
    }
  });

  it('contributes every command the host runs or shows', () => {
    const known = new Set(commands.map(({ command }) => command));
    const others = new Set([
      'leftfold.timeline', 'leftfold.store', 'leftfold.stores', 'leftfold.stores.focus',
      'leftfold.timelineFocused', 'leftfold.hasStores', 'leftfold.filtered',
      'leftfold.openedStores', 'leftfold.mappings', 'leftfold.pages', 'leftfold.json',
    ]);
    assert.deepEqual([...registered()].filter((id) => !known.has(id) && !others.has(id)), []);
  });

  it('names only commands it contributes, in menus and keys', () => {
    const known = new Set(commands.map(({ command }) => command));
    const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings] as { command: string }[];
    for (const { command } of named) assert.ok(known.has(command), command);
  });

  it('binds keys in its timeline alone', () => {
    for (const { when } of contributes.keybindings) assert.match(when, /activeWebviewPanelId == 'leftfold\.timeline'/);
  });

  it('names only files that exist', () => {
    const files = [manifest.icon, contributes.viewsContainers.activitybar[0].icon, ...contributes.jsonValidation.map(({ url }: { url: string }) => url)];
    for (const file of files) assert.ok(existsSync(join(root, file)), file);
  });

  it('gives every setting a default within its bounds and a description', () => {
    for (const { properties } of contributes.configuration) {
      for (const [key, setting] of Object.entries<{ default: unknown; minimum?: number; maximum?: number; markdownDescription: string }>(properties)) {
        assert.ok(setting.markdownDescription, key);
        if (typeof setting.default !== 'number') continue;
        assert.ok(setting.default >= (setting.minimum ?? -Infinity) && setting.default <= (setting.maximum ?? Infinity), key);
      }
    }
  });
});
