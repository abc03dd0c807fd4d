import assert from 'node:assert/strict';
import { readJump } from '../../../webview/state/jump';

const time = (text: string, day?: string) => {
  const target = readJump(text, day);
  return target?.kind === 'time' ? target.time : undefined;
};

describe('what is typed into the jump field', () => {
  it('is a version of any size', () => {
    assert.deepEqual(readJump(' v12 ', undefined), { kind: 'version', version: '12' });
    assert.deepEqual(readJump('9007199254740993', undefined), { kind: 'version', version: '9007199254740993' });
    assert.deepEqual(readJump('-1', undefined), { kind: 'version', version: '-1' });
  });

  it('is one of the ends', () => {
    assert.deepEqual(readJump('start', undefined), { kind: 'start' });
    assert.deepEqual(readJump('End', undefined), { kind: 'end' });
  });

  it('is a time or the beginning of one, in UTC unless it says otherwise', () => {
    assert.equal(time('2026-03-01T10:42:03.1234567Z'), '2026-03-01T10:42:03.1234567Z');
    assert.equal(time('2026-03-01 10:42'), '2026-03-01T10:42:00Z');
    assert.equal(time('2026-03-01'), '2026-03-01T00:00:00Z');
    assert.equal(time('2026-03'), '2026-03-01T00:00:00Z');
    assert.equal(time('2026-03-01T10:42+0200'), '2026-03-01T10:42:00+02:00');
    assert.equal(time('10:42', '2026-03-02'), '2026-03-02T10:42:00Z');
  });

  it('is nothing else', () => {
    for (const text of ['', 'cart', '2026-13-01', '2026-02-30', '25:00', '12.5']) assert.equal(readJump(text, '2026-03-01'), undefined, text);
    assert.equal(readJump('10:42', undefined), undefined);
  });
});
