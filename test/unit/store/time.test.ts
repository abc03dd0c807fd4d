import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareTimes, parseTimeArgument, storedTimeToMs, timeToMs, toIsoTime } from '../../../src/model/time';

describe('stored times', () => {
  const cases: [unknown, string | null][] = [
    // Text, as stores write it.
    ['2026-11-21 07:15:11', '2026-11-21T07:15:11Z'],
    ['2026-11-21T07:15:11Z', '2026-11-21T07:15:11Z'],
    ['2026-11-21T07:15:11.25Z', '2026-11-21T07:15:11.25Z'],
    ['2026-03-02 09:00:00.1234567', '2026-03-02T09:00:00.1234567Z'],
    ['2026-03-02T09:00:00.123456789+02:00', '2026-03-02T07:00:00.123456789Z'],
    ['2026-03-02 00:30:00.5+0130', '2026-03-01T23:00:00.5Z'],
    ['2026-03-02T09:00:00-05', '2026-03-02T14:00:00Z'],
    ['2026-03-02T09:00:00 UTC', '2026-03-02T09:00:00Z'],
    ['2026-03-02T09:00:00,250Z', '2026-03-02T09:00:00.250Z'],
    ['2026-03-02T09:00', '2026-03-02T09:00:00Z'],
    ['2026-03-02', '2026-03-02T00:00:00Z'],
    ['20260302T090000Z', '2026-03-02T09:00:00Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    [' 2026-03-02T09:00:00.000Z ', '2026-03-02T09:00:00.000Z'],
    ['2026-12-31T23:59:60Z', '2026-12-31T23:59:59Z'],
    ['2026-03-02T24:00:00', '2026-03-03T00:00:00Z'],
    // Numbers since 1970, by magnitude.
    [1772442000, '2026-03-02T09:00:00Z'],
    ['1772442000', '2026-03-02T09:00:00Z'],
    [1772442000250, '2026-03-02T09:00:00.250Z'],
    [1772442000250123, '2026-03-02T09:00:00.250123Z'],
    [1772442000250123456n, '2026-03-02T09:00:00.250123456Z'],
    ['1772442000250123456', '2026-03-02T09:00:00.250123456Z'],
    [1772442000.25, '2026-03-02T09:00:00.25Z'],
    ['1772442000.250', '2026-03-02T09:00:00.250Z'],
    [1772442000250.5, '2026-03-02T09:00:00.2505Z'],
    [-315619200, '1960-01-01T00:00:00Z'],
    [639080388002500000n, '2026-03-02T09:00:00.2500000Z'],
    [2461101.875, '2026-03-02T09:00:00.000Z'],
    // What is no time stays unread.
    ['', null],
    ['soon', null],
    ['2026-02-29T00:00:00Z', null],
    ['2026-13-01', null],
    ['2026-03-02T25:00:00Z', null],
    ['2026-03-02T09:00:00.Z', null],
    ['2026-03-02T09:00:00.1x3Z', null],
    [7, null],
    [12345, null],
    [NaN, null],
    [null, null],
    [undefined, null],
    [{}, null],
    [true, null],
  ];
  for (const [stored, expected] of cases) {
    it(`${typeof stored} ${String(stored)}`, () => assert.equal(toIsoTime(stored), expected));
  }

  it('agree with Date for every instant, however it is written', () => {
    const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, offset) => {
        const iso = date.toISOString();
        assert.equal(toIsoTime(iso), iso);
        assert.equal(timeToMs(iso), date.getTime());
        assert.equal(storedTimeToMs(iso), date.getTime());
        assert.equal(toIsoTime(iso.replace('T', ' ').replace(/\..*$/, '')), iso.replace(/\..*$/, 'Z'));
        const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        if (/^\d{4}-/.test(local)) assert.equal(toIsoTime(local + zone), iso);
      }),
    );
  });

  it('are read alike as text and as milliseconds', () => {
    for (const [stored] of cases) {
      const text = toIsoTime(stored);
      assert.deepEqual(storedTimeToMs(stored), text === null ? NaN : timeToMs(text), String(stored));
    }
  });
});

describe('comparing times', () => {
  it('is exact to the last digit', () => {
    const rising = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.0000000001Z', '2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.50001Z', '2026-01-01T00:00:01Z', '2026-01-02T00:00:00Z'];
    rising.forEach((a, i) => rising.forEach((b, j) => assert.equal(Math.sign(compareTimes(a, b)), Math.sign(i - j), `${a} ${b}`)));
    assert.equal(compareTimes('2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500Z'), 0);
    assert.equal(compareTimes('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000Z'), 0);
  });
});

describe('a time as people type it', () => {
  it('is a date, or a date and time', () => {
    assert.equal(parseTimeArgument('2026-03-02'), '2026-03-02T00:00:00Z');
    assert.equal(parseTimeArgument(' 2026-03-02 09:00 '), '2026-03-02T09:00:00Z');
    assert.equal(parseTimeArgument('2026-03-02T09:00:00.25+01:00'), '2026-03-02T08:00:00.25Z');
  });

  it('is neither a version nor anything else', () => {
    for (const text of ['', '12', '1772442000', '20260302', 'start', 'last', '2026', '-5', '2026-99-01']) assert.equal(parseTimeArgument(text), undefined, text);
  });
});
