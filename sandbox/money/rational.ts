/** An exact fraction. The denominator is always positive. No float is ever made of it. */
export interface Rational {
  readonly over: bigint;
  readonly under: bigint;
}

export const zero: Rational = { over: 0n, under: 1n };

/** An exact fraction of two whole numbers. */
export function rational(over: bigint | number, under: bigint | number = 1n): Rational {
  const [top, bottom] = [BigInt(over), BigInt(under)];
  if (bottom === 0n) throw new RangeError("A fraction cannot be over zero.");
  return bottom < 0n ? { over: -top, under: -bottom } : { over: top, under: bottom };
}

/** Reads a decimal exactly: "1.05" is 105/100. */
export function parseDecimal(written: string): Rational {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(written);
  if (match === null) throw new RangeError(`Not a decimal: ${written}`);
  const [, sign, whole = "", fraction = ""] = match;
  const digits = BigInt(whole + fraction);
  return { over: sign === "-" ? -digits : digits, under: 10n ** BigInt(fraction.length) };
}

export function add(left: Rational, right: Rational): Rational {
  return {
    over: left.over * right.under + right.over * left.under,
    under: left.under * right.under,
  };
}

export function multiply(left: Rational, right: Rational): Rational {
  return { over: left.over * right.over, under: left.under * right.under };
}

export function sum(parts: readonly Rational[]): Rational {
  return parts.reduce(add, zero);
}

/** Negative when left is smaller, positive when it is larger, zero when they are equal. */
export function compare(left: Rational, right: Rational): bigint {
  return left.over * right.under - right.over * left.under;
}

/** The whole number at or below. */
export function floor({ over, under }: Rational): bigint {
  const quotient = over / under;
  return over < 0n && over % under !== 0n ? quotient - 1n : quotient;
}

/** The whole number at or above. */
export function ceiling(value: Rational): bigint {
  return -floor({ over: -value.over, under: value.under });
}

/** The nearest whole number; a tie goes away from zero: 1.5 cents of usage are 2, as Stripe rounds
 *  invoice lines. https://docs.stripe.com/billing/subscriptions/decimal-amounts */
export function roundHalfOut(value: Rational): bigint {
  if (value.over >= 0n) return roundHalfUp(value);
  return -roundHalfUp({ over: -value.over, under: value.under });
}

/** The nearest whole number; a tie goes toward minus infinity, as percentages are rounded. */
export function roundHalfDown({ over, under }: Rational): bigint {
  return ceiling({ over: over * 2n - under, under: under * 2n });
}

/** The nearest whole number; a tie goes up, as Stripe rounds its fees. */
export function roundHalfUp({ over, under }: Rational): bigint {
  return floor({ over: over * 2n + under, under: under * 2n });
}

/** A short decimal for showing, exact to twelve places. */
export function formatDecimal(value: Rational): string {
  const scaled = roundHalfDown(multiply(value, rational(10n ** 12n)));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(13, "0");
  const fraction = digits.slice(-12).replace(/0+$/, "");
  const whole = digits.slice(0, -12);
  return `${scaled < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
