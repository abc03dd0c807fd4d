import { l10n } from 'vscode';

const PREFIX = 'page/';

/**
 * The texts of the pages in the editor's language, by the page's own keys; empty where that is English. Translations
 * lie in the same bundle as the host's, under "page/" and the key.
 */
export function pageStrings(): Record<string, string> {
  const texts = Object.entries(l10n.bundle ?? {}).filter(([key]) => key.startsWith(PREFIX));
  return Object.fromEntries(texts.map(([key, text]) => [key.slice(PREFIX.length), text]));
}
