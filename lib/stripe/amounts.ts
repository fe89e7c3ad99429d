import { invariant } from "#lib/errors";
import type { Money } from "#lib/money/money";

/** The amount as Stripe takes it. The only place where money becomes a number. */
export function toStripeAmount(amount: Money): number {
  return toStripeInteger(amount.minor);
}

/** The same of minor units whose currency may be one we never price in. */
export function toStripeInteger(minor: bigint): number {
  const number = Number(minor);
  invariant(Number.isSafeInteger(number), "Stripe takes no amount this large");
  return number;
}
