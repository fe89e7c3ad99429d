import { add, multiply, rational, roundHalfUp } from "#sandbox/money/rational";

/** What Stripe takes of a card charge. */
interface FeeRule {
  /** Parts of ten thousand. */
  bps: bigint;
  fixedMinor: bigint;
}

const standard: FeeRule = { bps: 290n, fixedMinor: 30n };

/** Stripe's fee on an amount: the percentage and the fixed part together, rounded half up. */
export function processingFee(amountMinor: bigint, rule: FeeRule = standard): bigint {
  const share = multiply(rational(amountMinor), rational(rule.bps, 10_000n));
  return roundHalfUp(add(share, rational(rule.fixedMinor)));
}
