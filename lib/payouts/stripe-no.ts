import { noOf } from "#lib/stripe/decline";

/** What Stripe's refusals mean for somebody who moves money, by its code. */
const words: Readonly<Record<string, string>> = {
  account_debit_not_allowed: "Stripe bears this account's losses, so it cannot be debited.",
  application_fee_already_refunded: "All of this fee was given back already. Nothing was moved.",
  balance_insufficient: "The balance does not cover this. Nothing was moved.",
  instant_payouts_unsupported: "This bank account takes no instant payouts. Nothing was moved.",
  insufficient_capabilities_for_transfer:
    "This account cannot be sent money yet: Stripe wants more.",
  payout_cannot_be_canceled: "The payout has left already, so it cannot be stopped any more.",
  payouts_not_allowed: "Stripe pays this account nothing out until it has what it asks for.",
  resource_missing: "Stripe does not have this any more. Look at it anew.",
  transfer_already_reversed: "All of this transfer was taken back already. Nothing was moved.",
};

/** Why Stripe refused, in words for people; Stripe's own sentence where we have none. */
export function wordsOf(error: unknown): string {
  const { code, message } = noOf(error);
  return (code && words[code]) ?? `Stripe refused: ${message}`;
}
