import { add, multiply, type Rational, rational, roundHalfUp } from "#sandbox/money/rational";

/** The tax on an amount, rounded half up: on top of it, or the part of it that is tax. */
export function taxOf(amount: number, percentage: Rational, isInclusive: boolean): number {
  const share = multiply(percentage, rational(1, 100));
  if (!isInclusive) return round(multiply(rational(amount), share));
  const whole = add(rational(1), share);
  const part = { over: share.over * whole.under, under: share.under * whole.over };
  return round(multiply(rational(amount), part));
}

// A credit is taxed as the debit was, so both round alike.
function round(value: Rational): number {
  if (value.over >= 0n) return Number(roundHalfUp(value));
  return -Number(roundHalfUp({ over: -value.over, under: value.under }));
}
