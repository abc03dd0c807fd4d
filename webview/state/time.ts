/** How a stream's times are written so that they are short and still tell its events apart. */
export type TimeStyle = 'clock' | 'day' | 'full';

/** Chooses the shortest style that tells the first from the last day of a stream. Times are ISO 8601 UTC. */
export function timeStyle(first: string | null, last: string | null): TimeStyle {
  if (!first || !last) return 'full';
  if (first.slice(0, 10) === last.slice(0, 10)) return 'clock';
  return first.slice(0, 4) === last.slice(0, 4) ? 'day' : 'full';
}

/** `10:42:03.120`, `03-01 10:42:03` or `2026-03-01 10:42:03`; a time of another form is given back as it is. */
export function shortTime(time: string, style: TimeStyle): string {
  const match = /^(\d{4,6})-(\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d{1,3})?/.exec(time);
  if (!match) return time;
  const [, year = '', day = '', clock = '', fraction = ''] = match;
  if (style === 'clock') return clock + fraction;
  return style === 'day' ? `${day} ${clock}` : `${year}-${day} ${clock}`;
}

/** Milliseconds from one ISO time to the next, undefined when either is missing or unreadable. */
export function gapMs(before: string | null | undefined, after: string | null | undefined): number | undefined {
  if (!before || !after) return undefined;
  const gap = Date.parse(after) - Date.parse(before);
  return Number.isNaN(gap) ? undefined : gap;
}

const UNITS: [number, string][] = [[86_400_000, 'd'], [3_600_000, 'h'], [60_000, 'min'], [1000, 's']];

/** A span in at most two units: `+3 d 4 h`, `+2 min 5 s`, `+1.25 s`, `+120 ms`. */
export function shortGap(ms: number): string {
  const sign = ms < 0 ? '−' : '+';
  const span = Math.abs(ms);
  if (span < 1000) return `${sign}${Math.round(span)} ms`;
  if (span < 60_000) return `${sign}${Number((span / 1000).toFixed(2))} s`;
  const at = UNITS.findIndex(([unit]) => span >= unit);
  const [unit, name] = UNITS[at]!;
  const [below, belowName] = UNITS[at + 1]!;
  const rest = Math.floor((span % unit) / below);
  return `${sign}${Math.floor(span / unit)} ${name}${rest ? ` ${rest} ${belowName}` : ''}`;
}
