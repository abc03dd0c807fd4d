/** What a person typed into the jump field, understood. */
export type JumpTarget =
  | { kind: 'start' }
  | { kind: 'end' }
  | { kind: 'version'; version: string }
  | { kind: 'time'; time: string };

/**
 * Reads a version (`12`, `v12`), `start`, `end`, or an ISO 8601 time or its beginning: `2026-03`, `2026-03-01`,
 * `2026-03-01 10:42`, or `10:42` for the day of the event shown. Times without an offset are UTC, as shown in the list.
 * A shortened time means its first moment.
 * @param day the day (`2026-03-01`) a bare clock time belongs to, undefined where none is known
 * @returns undefined when the text is none of these
 */
export function readJump(text: string, day: string | undefined): JumpTarget | undefined {
  const typed = text.trim();
  if (/^start$/i.test(typed)) return { kind: 'start' };
  if (/^(end|last)$/i.test(typed)) return { kind: 'end' };
  const version = /^v?([+-]?\d+)$/i.exec(typed);
  if (version) return { kind: 'version', version: BigInt(version[1]!.replace(/^\+/, '')).toString() };
  const clock = /^\d\d:\d\d(:\d\d(\.\d+)?)?$/.exec(typed);
  if (clock) return day ? fullTime(`${day}T${typed}`) : undefined;
  return fullTime(typed);
}

function fullTime(text: string): JumpTarget | undefined {
  const match = /^(\d{4})-(\d\d)(?:-(\d\d))?(?:[T ](\d\d):(\d\d)(?::(\d\d)([.,]\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?$/i.exec(text);
  if (!match) return undefined;
  const [, year, month, day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const check = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(Date.parse(whole + offset)) || check.getUTCDate() !== Number(day)) return undefined;
  return { kind: 'time', time: `${whole}${fraction.replace(',', '.')}${offset}` };
}
