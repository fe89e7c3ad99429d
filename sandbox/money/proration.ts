import { multiply, type Rational, rational, roundHalfDown } from "#sandbox/money/rational";

/** The part of a period that is left. */
export function remainingShare(period: { start: number; end: number }, now: number): Rational {
  const left = Math.max(0, Math.min(period.end - now, period.end - period.start));
  return rational(left, period.end - period.start);
}

/** What changing an amount midway comes to: all of the old is credited and all of the new is
 *  debited for the time that is left, each rounded by itself. */
export function prorate(oldMinor: bigint, newMinor: bigint, share: Rational) {
  return {
    credit: roundHalfDown(multiply(rational(-oldMinor), share)),
    debit: roundHalfDown(multiply(rational(newMinor), share)),
  };
}
