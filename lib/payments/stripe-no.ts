import { noOf } from "#lib/stripe/decline";

/** What Stripe's refusals mean for somebody who acts on an invoice, by its code. */
const words: Readonly<Record<string, string>> = {
  charge_already_refunded: "All of this payment was given back already. Nothing was moved.",
  charge_disputed: "This payment is disputed; the bank decides about it. Nothing was moved.",
  insufficient_funds: "Stripe's balance does not cover this yet. Nothing was moved; try later.",
  invoice_not_editable: "The invoice is no longer in a state that allows this. Look at it anew.",
  resource_missing: "Stripe does not have this object any more.",
  amount_too_large: "This is more than can still be given back. Nothing was moved.",
};

/** Why Stripe refused, in words for people; Stripe's own sentence where we have none. */
export function wordsOf(error: unknown): string {
  const { code, message } = noOf(error);
  return (code && words[code]) ?? `Stripe refused: ${message}`;
}
