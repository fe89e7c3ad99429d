import type { ComponentName } from "#lib/connect/grants";

/**
 * The page each of Stripe's embedded components is on, below a workspace's address. Who may see it
 * is its grant's to say (`lib/connect/grants.ts`).
 */
export const componentPages = {
  account_onboarding: "onboarding",
  account_management: "settings/account",
  notification_banner: "payments",
  payments: "payments",
  payment_details: "payments/[sale]",
  payment_disputes: "disputes/[dispute]",
  disputes_list: "payments",
  balances: "payouts",
  payouts: "payouts/schedule",
  payouts_list: "payouts",
  payout_details: "payouts/[id]",
  instant_payouts_promotion: "payouts",
  balance_report: "payouts",
  payout_reconciliation_report: "payouts",
  documents: "settings/account",
  tax_settings: "tax",
  tax_registrations: "tax",
  issuing_card: "cards",
  issuing_cards_list: "cards",
  financial_account: "cards/account",
  financial_account_transactions: "cards/account",
} as const satisfies Record<ComponentName, string>;
