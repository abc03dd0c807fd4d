import assert from 'node:assert/strict';
import { timeAgo } from '../../../src/host/platform/time-ago';

const l10n = { t: (message: string, ...args: (string | number | boolean)[]) => message.replace(/\{(\d)\}/g, (_, i: string) => String(args[Number(i)])) };
const now = Date.parse('2026-03-10T12:00:00Z');

describe('timeAgo', () => {
  const cases: [string | null, string | undefined][] = [
    [null, undefined],
    ['not a time', undefined],
    ['2026-03-10T12:00:00Z', 'just now'],
    ['2026-03-10T11:59:01Z', 'just now'],
    ['2026-03-10T11:59:00Z', '1 min ago'],
    ['2026-03-10T11:00:01.5Z', '59 min ago'],
    ['2026-03-10T11:00:00Z', '1 h ago'],
    ['2026-03-09T12:00:01Z', '23 h ago'],
    ['2026-03-09T12:00:00Z', 'yesterday'],
    ['2026-03-07T12:00:00.1234567Z', '2 days ago'],
    ['2026-03-07T12:00:00Z', '3 days ago'],
    ['2026-02-20T12:00:00Z', '2026-02-20'],
    ['2031-01-01T00:00:00Z', '2031-01-01'],
    ['2026-03-10T12:00:30Z', 'just now'],
  ];
  for (const [time, text] of cases) it(`${time} is ${text}`, () => assert.equal(timeAgo(time, now, l10n), text));
});
