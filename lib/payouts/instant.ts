import { Refusal } from "#lib/errors";
import type { CurrencyBalance } from "#lib/payouts/get-balances";
import { formatSum, type Sum } from "#lib/payouts/sum";

/** What having an amount within minutes costs and leaves. */
export type InstantDraw = {
  fee: Sum;
  /** Stripe tells the fee of all there is; a part's is that part of it, to within rounding. */
  isFeeEstimated: boolean;
  /** The most that can arrive within minutes now. */
  most: Sum;
  /** What could still be had so. */
  leaves: Sum;
};

/** Says what an instant payout takes beside its amount. Refuses more than can arrive. */
export function drawInstantly(
  instant: CurrencyBalance["instant"],
  { minor, currency }: Sum,
): InstantDraw {
  const sum = (amount: bigint): Sum => ({ minor: amount, currency });
  const most = instant?.arrives.minor ?? 0n;
  if (!instant || minor > most) {
    const message = `At most ${formatSum(sum(most))} can arrive within minutes now.`;
    throw new Refusal("invalid", message, { field: "minor" });
  }
  const whole = instant.drawn.minor - most;
  const fee = (minor * whole + most - 1n) / most;
  return {
    ...{ fee: sum(fee), isFeeEstimated: minor !== most, most: sum(most) },
    leaves: sum(instant.drawn.minor - minor - fee),
  };
}
