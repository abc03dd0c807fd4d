import { styleText } from 'node:util';

type Colour = 'green' | 'red' | 'yellow' | 'dim' | 'bold' | 'cyan';

/** Colours for people, none where they would be in the way: https://no-color.org, FORCE_COLOR as Node reads it. */
export class Style {
  private readonly on: boolean;

  constructor(isTerminal: boolean, env: NodeJS.ProcessEnv = process.env) {
    const { NO_COLOR, FORCE_COLOR, TERM } = env;
    if (NO_COLOR !== undefined && NO_COLOR !== '') this.on = false;
    else if (FORCE_COLOR !== undefined) this.on = FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
    else this.on = isTerminal && TERM !== 'dumb';
  }

  paint(colour: Colour, text: string): string {
    return this.on ? styleText(colour, text, { validateStream: false }) : text;
  }
}

/**
 * Stored text for a terminal: characters that would move its cursor, change its colours or turn the writing direction
 * are shown as escapes, so that no stored data can act on it.
 */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (char) => {
    const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[char];
    return named ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** How many cells a text takes: characters, not code units. */
export function widthOf(text: string): number {
  let width = 0;
  for (const _ of text) width++;
  return width;
}

/** The text filled up or cut to a width. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const own = widthOf(text);
  if (own > width) return `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`;
  const space = ' '.repeat(width - own);
  return align === 'left' ? text + space : space + text;
}
