import { Refusal } from "#lib/errors";
import { drawOf } from "#lib/payouts/draw";
import { formatSum, type Sum } from "#lib/payouts/sum";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { SourceType } from "#lib/stripe/gateway-balances";

/** What taking an amount off the platform's balance leaves of it. */
export type DrawOnOurs = {
  amount: Sum;
  /** The most that can be drawn of one kind of money now: send it as `seenMinor`. */
  most: Sum;
  leaves: Sum;
  sourceType: SourceType | null;
};

/** Asks Stripe what is there, and refuses more than that in the words of who draws. */
export async function drawOnOurs(
  gateway: StripeGateway,
  { currency, minor }: { currency: string; minor: bigint },
  tooMuch: (most: string) => string,
): Promise<DrawOnOurs> {
  const { available } = await gateway.readBalance("");
  const here = available.find((sum) => sum.currency === currency);
  const { most, sourceType } = drawOf(here, minor);
  const sum = (amount: bigint): Sum => ({ minor: amount, currency });
  if (minor > most) {
    const there = formatSum(sum(most > 0n ? most : 0n));
    throw new Refusal("invalid", tooMuch(there), { field: "minor" });
  }
  return { amount: sum(minor), most: sum(most), leaves: sum(most - minor), sourceType };
}
