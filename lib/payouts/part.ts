/** What a balance transaction is to whoever wonders what a payout is made of. */
export const partKinds = [
  ...(["payments", "refunds", "disputes", "transfers", "debits"] as const),
  ...(["fees", "returned", "kept", "reserves", "taxes", "other"] as const),
] as const;
export type PartKind = (typeof partKinds)[number];

/**
 * Stripe's reporting categories by what they are to us. One that is not here is `other`: it counts,
 * and is shown under Stripe's own word.
 * https://docs.stripe.com/reports/reporting-categories
 */
export const kindOfCategory: Readonly<Record<string, PartKind>> = {
  charge: "payments",
  charge_failure: "refunds",
  partial_capture_reversal: "refunds",
  refund: "refunds",
  refund_failure: "refunds",
  dispute: "disputes",
  dispute_reversal: "disputes",
  transfer: "transfers",
  transfer_reversal: "transfers",
  platform_earning: "transfers",
  platform_earning_refund: "transfers",
  connect_collection_transfer: "debits",
  other_adjustment: "debits",
  topup: "transfers",
  topup_reversal: "transfers",
  fee: "fees",
  network_cost: "fees",
  tax: "taxes",
  payout: "returned",
  payout_reversal: "returned",
  payout_minimum_balance_hold: "kept",
  payout_minimum_balance_release: "kept",
  connect_reserved_funds: "reserves",
  payment_network_reserved_funds: "reserves",
  risk_reserved_funds: "reserves",
  reserved_funds: "reserves",
};

export function kindOf(category: string): PartKind {
  return kindOfCategory[category] ?? "other";
}
