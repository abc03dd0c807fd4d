import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decimalDelta } from '../../../webview/state/decimal';

describe('the difference of two numbers', () => {
  it('keeps every digit and the longer fraction', () => {
    assert.equal(decimalDelta('12.50', '25.00'), '+12.50');
    assert.equal(decimalDelta('0.1', '0.30'), '+0.20');
    assert.equal(decimalDelta('9007199254740993', '9007199254740992'), '−1');
    assert.equal(decimalDelta('-1', '1'), '+2');
    assert.equal(decimalDelta('1e3', '1001.5'), '+1.5');
    assert.equal(decimalDelta('5e-3', '0'), '−0.005');
  });

  it('says nothing where there is nothing to say', () => {
    assert.equal(decimalDelta('1.0', '1'), undefined);
    assert.equal(decimalDelta('NaN', '1'), undefined);
    assert.equal(decimalDelta('1', '1e999999999'), undefined);
  });

  it('added to the old number gives the new one', () => {
    const cents = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const print = (value: bigint) => `${value < 0n ? '-' : ''}${(value < 0n ? -value : value).toString().padStart(3, '0').replace(/(\d\d)$/, '.$1')}`;
    fc.assert(
      fc.property(cents, cents, (before, after) => {
        const delta = decimalDelta(print(before), print(after));
        const sum = delta === undefined ? 0n : BigInt(delta.replace('.', '').replace('+', '').replace('−', '-'));
        assert.equal(before + sum, after);
      }),
    );
  });
});
