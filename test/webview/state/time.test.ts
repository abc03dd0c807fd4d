import assert from 'node:assert/strict';
import { gapMs, shortGap, shortTime, timeStyle } from '../../../webview/state/time';

describe('times in the event list', () => {
  it('are as short as the stream allows', () => {
    assert.equal(timeStyle('2026-03-01T10:00:00Z', '2026-03-01T23:00:00Z'), 'clock');
    assert.equal(timeStyle('2026-03-01T10:00:00Z', '2026-04-01T23:00:00Z'), 'day');
    assert.equal(timeStyle('2025-03-01T10:00:00Z', '2026-04-01T23:00:00Z'), 'full');
    assert.equal(shortTime('2026-03-01T10:42:03.1204567Z', 'clock'), '10:42:03.120');
    assert.equal(shortTime('2026-03-01T10:42:03Z', 'day'), '03-01 10:42:03');
    assert.equal(shortTime('yesterday', 'clock'), 'yesterday');
  });

  it('are gaps on demand', () => {
    assert.equal(gapMs('2026-03-01T10:00:00Z', '2026-03-01T10:00:01.5Z'), 1500);
    assert.equal(gapMs(null, '2026-03-01T10:00:00Z'), undefined);
    assert.deepEqual([120, 1250, 125_000, 3_600_000, 273_600_000, -1000].map(shortGap), ['+120 ms', '+1.25 s', '+2 min 5 s', '+1 h', '+3 d 4 h', '−1 s']);
  });
});
