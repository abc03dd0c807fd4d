/** The part of `vscode.l10n` these texts need, so that they can be tested without VS Code. */
export interface Localizer {
  t(message: string, ...args: (string | number | boolean)[]): string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago a time was, short enough for a tree: "just now", "3 min ago", "5 h ago", "2 days ago", and beyond
 * two weeks (or in the future) the date.
 * @param iso ISO 8601, or null where a store has no times
 * @param now ms since the epoch
 * @returns undefined when there is no time or it cannot be read
 */
export function timeAgo(iso: string | null, now: number, l10n: Localizer): string | undefined {
  if (iso === null) return undefined;
  const then = Date.parse(iso);
  if (Number.isNaN(then)) return undefined;
  const age = now - then;
  if (age < -MINUTE || age >= 14 * DAY) return iso.slice(0, 10);
  if (age < MINUTE) return l10n.t('just now');
  if (age < HOUR) return l10n.t('{0} min ago', Math.floor(age / MINUTE));
  if (age < DAY) return l10n.t('{0} h ago', Math.floor(age / HOUR));
  const days = Math.floor(age / DAY);
  return days === 1 ? l10n.t('yesterday') : l10n.t('{0} days ago', days);
}
