import { offersBanking } from "#lib/connect/offers-banking";
import type { ProfileName } from "#lib/connect/profile";
import { profiles } from "#lib/connect/profile";
import type { SessionComponents } from "#lib/stripe/gateway-connect";
import type { TenantPermission } from "#lib/tenancy/permissions";

/** What a component takes, and what each of its features takes; a feature without a row is off. */
type Grant = {
  readonly permission: TenantPermission;
  readonly features: Readonly<Record<string, TenantPermission>>;
  /** What Stripe has to have agreed with the platform: a session that names it fails without. */
  readonly takes?: "banking";
};

const account = { external_account_collection: "payouts:update" } as const;
const payouts = {
  ...account,
  edit_payout_schedule: "payouts:update",
  instant_payouts: "payouts:create",
  standard_payouts: "payouts:create",
} as const;
const disputes = {
  dispute_management: "disputes:respond",
  refund_management: "payments:refund",
  // Stripe turns it on with the component unless it is named.
  smart_disputes_management: "disputes:respond",
} as const;
const payments = { ...disputes, capture_payments: "payments:capture" } as const;
const cards = {
  card_management: "cards:update",
  card_spend_dispute_management: "cards:update",
  cardholder_management: "cards:update",
  spend_control_management: "cards:update",
} as const;

/**
 * Every embedded component that is generally available, by the name an account session gives it.
 * https://docs.stripe.com/connect/supported-embedded-components
 */
export const grants = {
  account_onboarding: { permission: "connect:onboard", features: account },
  account_management: { permission: "connect:onboard", features: account },
  notification_banner: { permission: "connect:read", features: account },
  payments: { permission: "payments:read", features: payments },
  payment_details: { permission: "payments:read", features: payments },
  payment_disputes: { permission: "payments:read", features: disputes },
  disputes_list: { permission: "payments:read", features: payments },
  balances: { permission: "payouts:read", features: payouts },
  payouts: { permission: "payouts:read", features: payouts },
  payouts_list: { permission: "payouts:read", features: {} },
  payout_details: { permission: "payouts:read", features: {} },
  instant_payouts_promotion: {
    permission: "payouts:create",
    features: { ...account, instant_payouts: "payouts:create" },
  },
  balance_report: { permission: "payouts:read", features: {} },
  payout_reconciliation_report: { permission: "payouts:read", features: {} },
  documents: { permission: "payouts:read", features: {} },
  tax_settings: { permission: "taxes:update", features: {} },
  tax_registrations: { permission: "taxes:update", features: {} },
  issuing_card: { permission: "cards:read", features: cards, takes: "banking" },
  issuing_cards_list: { permission: "cards:read", features: cards, takes: "banking" },
  financial_account: {
    permission: "payouts:read",
    features: { ...account, send_money: "payouts:create", transfer_balance: "payouts:create" },
    takes: "banking",
  },
  financial_account_transactions: {
    permission: "payouts:read",
    features: { card_spend_dispute_management: "cards:update" },
    takes: "banking",
  },
} as const satisfies Record<string, Grant>;

export type ComponentName = keyof typeof grants;
export const componentNames = Object.keys(grants) as [ComponentName, ...ComponentName[]];

/**
 * What a session enables for whoever may do these things: each component they may see, each feature
 * they may use, and by name all they may not. Stripe's own sign-in stays on, but for accounts whose
 * requirements the platform collects, where nobody has one.
 */
export function componentsFor(
  mayDo: (permission: TenantPermission) => boolean,
  profile: ProfileName,
  hasBanking = offersBanking(),
): SessionComponents {
  const withoutSignIn = profiles[profile].requirementsCollector === "application";
  const enabled = Object.entries<Grant>(grants).filter(
    ([, { permission, takes }]) => mayDo(permission) && (takes === undefined || hasBanking),
  );
  return Object.fromEntries(
    enabled.map(([name, { features }]) => {
      const states = Object.entries(features).map(([key, takes]) => [key, mayDo(takes)]);
      const signIn = withoutSignIn && hasSignIn(features) && mayDo("payouts:update");
      return [
        name,
        {
          enabled: true,
          features: {
            ...Object.fromEntries(states),
            ...(signIn && { disable_stripe_user_authentication: true }),
          },
        },
      ];
    }),
  );
}

/** The components that would ask for Stripe's sign-in are those that can change a bank account. */
function hasSignIn(features: Grant["features"]): boolean {
  return "external_account_collection" in features;
}
