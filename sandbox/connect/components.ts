const authentication = ["disable_stripe_user_authentication"] as const;
const accountFeatures = [...authentication, "external_account_collection"] as const;
const payoutFeatures = [
  ...accountFeatures,
  "edit_payout_schedule",
  "instant_payouts",
  "standard_payouts",
] as const;
const disputeFeatures = [
  "destination_on_behalf_of_charge_management",
  "dispute_management",
  "refund_management",
  "smart_disputes_management",
] as const;
const paymentFeatures = ["capture_payments", ...disputeFeatures] as const;
const cardFeatures = [
  "card_management",
  "card_spend_dispute_management",
  "cardholder_management",
  "spend_control_management",
] as const;

/** Every embedded component an account session can enable, with the features of each. */
export const components = {
  account_management: accountFeatures,
  account_onboarding: accountFeatures,
  balance_report: [],
  balances: payoutFeatures,
  disputes_list: paymentFeatures,
  documents: [],
  financial_account: [...accountFeatures, "send_money", "transfer_balance"],
  financial_account_transactions: ["card_spend_dispute_management"],
  instant_payouts_promotion: [...accountFeatures, "instant_payouts"],
  issuing_card: cardFeatures,
  issuing_cards_list: [...cardFeatures, ...authentication],
  notification_banner: accountFeatures,
  payment_details: paymentFeatures,
  payment_disputes: disputeFeatures,
  payment_method_settings: authentication,
  payments: paymentFeatures,
  payout_details: [],
  payout_reconciliation_report: [],
  payouts: payoutFeatures,
  payouts_list: [],
  reporting_chart: [],
  tax_registrations: [],
  tax_settings: [],
  terminal_hardware_orders: [],
  terminal_hardware_shop: [],
} as const satisfies Record<string, readonly string[]>;

export type ComponentName = keyof typeof components;

/** Features that are off until they are asked for; the others follow their component. */
export const featuresOffByDefault: readonly string[] = [
  "destination_on_behalf_of_charge_management",
  "disable_stripe_user_authentication",
  "instant_payouts",
  "send_money",
  "transfer_balance",
  "card_management",
  "cardholder_management",
  "spend_control_management",
];
