/** Codes an error may have beside those of the SDK's own list, which is of payments above all. */
export const otherCodes: readonly string[] = [
  // Ours: what says that something of Stripe's is not built here.
  "not_built_in_local_stripe",
  // Documented for meters and their streams.
  ...["duplicate_meter_event", "meter_event_invalid_value", "timestamp_in_future"],
  ...["timestamp_too_far_in_past", "billing_meter_event_session_expired"],
  // In other lists of the SDK.
  ...["amount_details_amount_mismatch"],
  "amount_details_tax_shipping_discount_greater_than_amount",
  // Recorded by others.
  ...["insufficient_capabilities_for_transfer", "subscription_payment_intent_requires_action"],
  // Believed: Stripe refuses this, and with which code nobody has written down.
  ...["account_capability_required", "account_debit_not_allowed", "account_has_balance"],
  ...["application_fee_already_refunded", "checkout_session_expired", "dispute_unexpected_state"],
  ...["event_destination_disabled", "financial_account_unsupported_currency", "invalid_currency"],
  ...["invalid_bank_account_iban", "invalid_timestamp", "invoice_already_paid"],
  ...["invoice_not_payable", "payment_intent_invalid_currency", "payout_cannot_be_canceled"],
  ...["payout_reversal_not_allowed", "price_inactive", "promotion_code_invalid"],
  ...["refund_unexpected_state", "subscription_canceled", "transfer_already_reversed"],
];
