import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { english } from '../../../webview/strings';

const root = join(__dirname, '../../..');

/** Every text given to `l10n.t` in the host, and every text of the pages under "page/" and its key, sorted. */
export function collectTexts(): Record<string, string> {
  const texts = new Map<string, string>();
  for (const file of readdirSync(join(root, 'src/host'), { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.ts')) for (const text of textsOf(join(root, 'src/host', file))) texts.set(text, text);
  }
  for (const [key, text] of Object.entries(english)) texts.set(`page/${key}`, text);
  return Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText(source) === 'l10n.t') {
      const [text] = node.arguments;
      if (!text || !ts.isStringLiteralLike(text)) throw new Error(`${file}: a text must be a literal, so that it can be collected`);
      texts.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}
