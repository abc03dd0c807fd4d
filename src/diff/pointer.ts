import { childAt } from './children';

/** Writes reference tokens as a JSON Pointer (RFC 6901): `['a/b', '0']` gives `/a~1b/0`, none gives ''. */
export function formatPointer(segments: readonly (string | number)[]): string {
  let text = '';
  for (const segment of segments) text += '/' + escapeSegment(segment);
  return text;
}

/** One reference token as it stands in a pointer. */
export function escapeSegment(segment: string | number): string {
  if (typeof segment === 'number') return String(segment);
  return segment.includes('~') || segment.includes('/') ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}

/**
 * Reads a JSON Pointer (RFC 6901) into its reference tokens.
 * @throws SyntaxError when the text is neither empty nor begins with "/", or has a "~" not followed by 0 or 1
 */
export function parsePointer(text: string): string[] {
  if (text === '') return [];
  if (!text.startsWith('/')) throw new SyntaxError(`"${text}" is no JSON Pointer: it must be empty or begin with "/".`);
  if (/~(?![01])/.test(text)) throw new SyntaxError(`"${text}" is no JSON Pointer: "~" must be written "~0".`);
  return text.slice(1).split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/**
 * The value a pointer leads to, through everything `children` lists (Maps, Sets, bytes and class instances too).
 * `found` is false where nothing lies there, which an undefined value alone could not say.
 * @throws SyntaxError as parsePointer does
 */
export function getAt(value: unknown, pointer: string): { found: boolean; value: unknown } {
  let current = value;
  for (const segment of parsePointer(pointer)) {
    const next = childAt(current, segment);
    if (!next.found) return next;
    current = next.value;
  }
  return { found: true, value: current };
}
