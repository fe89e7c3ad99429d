import type { StripeInvoice } from "#lib/stripe/objects";

export type Tries = "none" | "at_bank" | "failed";

/**
 * How the tries for an open invoice stand. Stripe counts a debit as a try the moment it leaves for
 * the bank, so the count alone is no failure: https://docs.stripe.com/api/invoices/object
 */
export function triesOf({ status, attempt_count: count, payments }: StripeInvoice): Tries {
  if (status !== "open" || count === 0) return "none";
  const intents = (payments?.data ?? []).map(({ payment }) => payment.payment_intent);
  const isAtBank = intents.some((intent) => {
    return typeof intent === "object" && intent !== null && intent.status === "processing";
  });
  return isAtBank ? "at_bank" : "failed";
}
