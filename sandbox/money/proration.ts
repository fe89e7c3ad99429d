import { multiply, type Rational, rational, roundHalfOut } from "#sandbox/money/rational";

/** The part of a period that is left. */
export function remainingShare(period: { start: number; end: number }, now: number): Rational {
  return shareBetween(period, now, period.end);
}

/** The part of a period that lies between two instants. */
export function shareBetween(
  period: { start: number; end: number },
  from: number,
  until: number,
): Rational {
  const [first, last] = [Math.max(from, period.start), Math.min(until, period.end)];
  return rational(Math.max(0, last - first), period.end - period.start);
}

/** A share of an amount, rounded as a line of its own. */
export function shareOf(minor: bigint, share: Rational): bigint {
  return roundHalfOut(multiply(rational(minor), share));
}
