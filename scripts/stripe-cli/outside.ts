/** Triggers of the CLI's list that the local Stripe does not answer, and why. A trigger that is
 *  here and passes all the same makes the report fail, so that nothing stays here too long. */
export const outside: Record<string, string> = {
  ...each(
    ["account.application.deauthorized", "account.updated"],
    "makes an account through v1; accounts are made through v2",
  ),
  ...each(
    ["transfer.created", "transfer.updated", "transfer.reversed"],
    "pays an account made through v1, which nobody has onboarded",
  ),
  ...each(
    ["cash_balance.funds_available", "customer_cash_balance_transaction.created"],
    "cash balances are left out",
  ),
  "payment_intent.partially_funded": "cash balances are left out",
  ...each(
    ["customer.discount.created", "customer.discount.deleted", "customer.discount.updated"],
    "gives a customer a coupon, which our version does not take",
  ),
  ...each(
    ["payout.created", "payout.updated"],
    "pays out of a platform that has no bank account yet",
  ),
  "balance.available": "comes at the next UTC midnight of the world's clock",
  ...each(
    ["subscription_schedule.aborted", "subscription_schedule.expiring"],
    "the local Stripe does not send this event yet",
  ),
  "subscription_schedule.completed":
    "ends by releasing its subscription, which is told as subscription_schedule.released",
  ...each(["customer.source.created", "customer.source.updated"], "sources are before our version"),
  ...each(
    ["plan.created", "plan.updated", "plan.deleted"],
    "plans are before our version: prices took their place",
  ),
  ...each(
    ["quote.accepted", "quote.canceled", "quote.created", "quote.finalized"],
    "quotes are not in the surface",
  ),
  ...each(
    [
      "identity.verification_session.canceled",
      "identity.verification_session.created",
      "identity.verification_session.redacted",
    ],
    "Identity is not in the surface",
  ),
  ...each(
    [
      "issuing_authorization.request",
      "issuing_authorization.request.eu",
      "issuing_authorization.request.gb",
      "issuing_card.created",
      "issuing_card.created.eu",
      "issuing_card.created.gb",
      "issuing_cardholder.created",
      "issuing_cardholder.created.eu",
      "issuing_cardholder.created.gb",
      "issuing_transaction.created",
      "issuing_transaction.purchase_details_receipt_updated",
      "issuing_transaction.updated",
    ],
    "of Issuing only what the embedded components show is built",
  ),
  ...each(
    ["v1.billing.meter.error_report_triggered", "v1.billing.meter.no_meter_found"],
    "the CLI sends meter events to a host of Stripe's that --api-base does not move",
  ),
};

/** What a trigger is called and what it causes, where these differ. */
export const causes: Record<string, string> = {
  "subscription.payment_failed": "invoice.payment_failed",
  "subscription.payment_succeeded": "invoice.payment_succeeded",
};

function each(names: string[], why: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, why]));
}
