import { invariant } from "#lib/errors";
import type { Money } from "#lib/money/money";

/** The amount as Stripe takes it. The only place where money becomes a number. */
export function toStripeAmount(amount: Money): number {
  const number = Number(amount.minor);
  invariant(Number.isSafeInteger(number), "Stripe takes no amount this large");
  return number;
}
