/** What a refused payment asks of its payer. Each has its words in the message catalogue. */
export const declineKinds = [
  ...(["insufficient_funds", "expired_card", "wrong_details", "authentication"] as const),
  ...(["limit_reached", "not_supported", "card_lost", "try_again", "debit_returned"] as const),
  ...(["debit_refused", "no_method", "bank_refused"] as const),
] as const;
export type DeclineKind = (typeof declineKinds)[number];

/** Stripe's codes and the banks' reasons. https://docs.stripe.com/declines/codes */
const kinds: Readonly<Record<string, DeclineKind>> = {
  insufficient_funds: "insufficient_funds",
  expired_card: "expired_card",
  incorrect_number: "wrong_details",
  incorrect_cvc: "wrong_details",
  incorrect_zip: "wrong_details",
  incorrect_address: "wrong_details",
  invalid_cvc: "wrong_details",
  invalid_number: "wrong_details",
  invalid_expiry_month: "wrong_details",
  invalid_expiry_year: "wrong_details",
  invalid_account: "wrong_details",
  authentication_required: "authentication",
  payment_intent_authentication_failure: "authentication",
  payment_intent_action_required: "authentication",
  invoice_payment_intent_requires_action: "authentication",
  subscription_payment_intent_requires_action: "authentication",
  approve_with_id: "authentication",
  card_velocity_exceeded: "limit_reached",
  withdrawal_count_limit_exceeded: "limit_reached",
  pin_try_exceeded: "limit_reached",
  card_not_supported: "not_supported",
  currency_not_supported: "not_supported",
  transaction_not_allowed: "not_supported",
  service_not_allowed: "not_supported",
  not_permitted: "not_supported",
  lost_card: "card_lost",
  stolen_card: "card_lost",
  pickup_card: "card_lost",
  restricted_card: "card_lost",
  processing_error: "try_again",
  issuer_not_available: "try_again",
  reenter_transaction: "try_again",
  try_again_later: "try_again",
  debit_not_authorized: "debit_refused",
  bank_account_restricted: "debit_refused",
  account_closed: "debit_returned",
  no_account: "debit_returned",
  payment_method_microdeposit_failed: "debit_returned",
};

/** The kind of a refusal, by the bank's reason first: it is the closer word. */
export function declineKindOf(reason: string | null, code: string | null): DeclineKind {
  // Own keys only: a code comes from outside.
  const named = [reason, code].find((word) => word !== null && Object.hasOwn(kinds, word));
  return named ? kinds[named]! : "bank_refused";
}
