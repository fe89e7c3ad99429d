import type { Catalog, Plan } from "#sandbox/generate/catalog";
import type { Draws } from "#sandbox/generate/draws";
import type { Hand } from "#sandbox/generate/hand";
import { companyOf } from "#sandbox/generate/names";
import { completeOnboarding } from "#sandbox/resources/onboarding";

/** A tenant of the platform: billed as a customer, paid as an account. */
export type Tenant = {
  account: string;
  customer: string;
  subscription: string;
  plan: Plan;
  /** How it charges: in its own name, through the platform, or with transfers after it. */
  charges: "direct" | "destination" | "separate";
  /** What its customers usually pay, in cents, and how many of them come on a usual day. */
  ticket: number;
  visits: number;
  canTakePayments: boolean;
  card: string;
};

const trialDays = 14;

/** Signs a tenant up: an account, most of them onboarded, a card, and a subscription. */
export function signUp(
  hand: Hand,
  draws: Draws,
  catalog: Catalog,
  place: number,
): Tenant | undefined {
  const { name, email } = companyOf(draws, place);
  const account = hand.call("POST /v2/core/accounts", {
    ...{ display_name: name, contact_email: email, dashboard: "none" },
    identity: { country: "us" },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      customer: {},
      merchant: { capabilities: { card_payments: { requested: true } } },
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  });
  const customer = hand.call("POST /v1/customers", { name, email });
  if (account === undefined || customer === undefined) return undefined;
  // One in eight stops half way through onboarding, as people do.
  const canTakePayments = place % 8 !== 5;
  if (canTakePayments) hand.act((world) => completeOnboarding(world, account.id));

  const card = attach(hand, "pm_card_visa", customer.id);
  const plan = catalog.plans[place % catalog.plans.length]!;
  const subscription = hand.call("POST /v1/subscriptions", {
    ...{ customer: customer.id, default_payment_method: card, items: itemsOf(plan, draws) },
    ...(place % 4 === 1 && { trial_period_days: trialDays }),
    ...(place % 3 === 0 && { discounts: [{ promotion_code: catalog.promotion }] }),
  });
  if (subscription === undefined) return undefined;
  return {
    ...{ account: account.id, customer: customer.id, subscription: subscription.id, plan, card },
    charges: (["direct", "destination", "separate"] as const)[place % 3]!,
    ...{ ticket: draws.amount(4500), visits: 0.3 + draws.below(20) / 10, canTakePayments },
  };
}

/** Saves a card to a customer and answers with its id. */
export function attach(hand: Hand, token: string, customer: string): string {
  const route = "POST /v1/payment_methods/:id/attach";
  return hand.call(route, { customer }, { id: token })?.id ?? token;
}

function itemsOf({ items }: Plan, draws: Draws) {
  return items.map(({ price, kind }) => ({
    price,
    ...(kind === "seat" && { quantity: 2 + draws.below(12) }),
  }));
}
