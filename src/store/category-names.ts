/** Whole UUIDs have hyphens too, and no category before them. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** More different beginnings than this are no categories. */
export const MOST_CATEGORIES = 1000;

/** The category a stream's name begins with: the text before the first "-", null when there is none. */
export function categoryFromName(stream: string): string | null {
  const end = stream.indexOf('-');
  return end <= 0 || UUID.test(stream) ? null : stream.slice(0, end);
}

/**
 * The names at which the streams of a category begin and end (exclusive). Every other stream between them, a UUID
 * say, has no category.
 */
export function categoryRange(category: string): { from: string; to: string } {
  return { from: `${category}-`, to: `${category}.` };
}

/** Whether beginnings of names are categories at all: few of them, or most of them shared by several streams. */
export function areCategories(prefixes: number, shared: number): boolean {
  return prefixes > 0 && prefixes <= MOST_CATEGORIES && (prefixes <= 20 || shared * 2 >= prefixes);
}
