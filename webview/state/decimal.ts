/** A decimal as digits and scale: `digits * 10^-scale`. */
interface Decimal {
  digits: bigint;
  scale: number;
}

const MAX_SCALE = 400;

/**
 * The difference of two JSON numbers, exact to the last digit and with as many fraction digits as the longer of
 * the two: `12.50` and `25.00` give `+12.50`. Nothing passes through a double.
 * @returns undefined when either text is no finite decimal, when its exponent is beyond 400, or when they are equal
 */
export function decimalDelta(before: string, after: string): string | undefined {
  const a = parse(before);
  const b = parse(after);
  if (!a || !b) return undefined;
  const scale = Math.max(a.scale, b.scale);
  const difference = widen(b, scale) - widen(a, scale);
  if (difference === 0n) return undefined;
  return (difference > 0n ? '+' : '−') + print(difference < 0n ? -difference : difference, scale);
}

function parse(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?n?$/.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > MAX_SCALE || whole.length + fraction.length > MAX_SCALE) return undefined;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function widen(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

function print(digits: bigint, scale: number): string {
  const text = digits.toString().padStart(scale + 1, '0');
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
