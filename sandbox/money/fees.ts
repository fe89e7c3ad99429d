import { add, multiply, rational, roundHalfUp } from "#sandbox/money/rational";

/** What Stripe takes of a charge. */
export interface FeeRule {
  /** Parts of ten thousand. */
  bps: bigint;
  fixedMinor: bigint;
  /** The most it takes. */
  capMinor?: bigint;
}

const standard: FeeRule = { bps: 290n, fixedMinor: 30n };

/** Stripe's fee on an amount: the percentage and the fixed part together, rounded half up, and no
 *  more than its cap. */
export function processingFee(amountMinor: bigint, rule: FeeRule = standard): bigint {
  const share = multiply(rational(amountMinor), rational(rule.bps, 10_000n));
  const fee = roundHalfUp(add(share, rational(rule.fixedMinor)));
  return rule.capMinor !== undefined && fee > rule.capMinor ? rule.capMinor : fee;
}
