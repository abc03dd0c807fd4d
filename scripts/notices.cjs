// The licenses of everything that is bundled, as their authors ask for.
const fs = require('node:fs');
const path = require('node:path');

/** Shipped without being bundled: icons, and the compiler with a bundle of its own. */
const copied = ['@vscode/codicons', 'better-sqlite3', 'typescript'];

/**
 * Writes one text with the name, version and license of each package that a bundle took code from.
 * @param {string} root the project's folder
 * @param {import('esbuild').Metafile[]} metafiles what esbuild says about the bundles
 * @param {string} file the text to write
 */
function writeNotices(root, metafiles, file) {
  const names = new Set(copied);
  for (const input of metafiles.flatMap((metafile) => Object.keys(metafile.inputs))) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) names.add(name);
  }
  const notices = [...names].sort().map((name) => notice(path.join(root, 'node_modules', name), name));
  const head = 'Leftfold contains code of the packages below, each under the license that follows its name.\n';
  fs.writeFileSync(file, [head, ...notices].join(`\n${'-'.repeat(80)}\n\n`));
}

function notice(folder, name) {
  const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const texts = fs.readdirSync(folder).filter((file) => /^(licen[cs]e|copying)/i.test(file));
  const text = texts.map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim()).join('\n\n');
  return `${name} ${version} (${license})\n\n${text || `The package has no text of its license (${license}).`}\n`;
}

module.exports = { writeNotices };
