import type { Catalog } from "#sandbox/generate/catalog";
import type { Draws } from "#sandbox/generate/draws";
import type { Answer, Hand } from "#sandbox/generate/hand";
import { drawCard, giveBack, type Sale, sell } from "#sandbox/generate/payments";
import { attach, type Tenant } from "#sandbox/generate/tenants";
import { failPayout } from "#sandbox/payments/payout";
import { get } from "#sandbox/protocol/route";

/** What the story is told with, and what has happened so far. */
export interface Story {
  hand: Hand;
  draws: Draws;
  catalog: Catalog;
  tenants: Tenant[];
  sales: Sale[];
}

/** Something that happens to a tenant on a day. Says whether it did. */
type Happening = {
  /** How likely on a day, for one tenant. */
  chance: number;
  /** By which part of the story it has happened at least once, likely or not. */
  mustBy: number;
  run(story: Story, tenant: Tenant): Answer | undefined;
};

const item = (subscription: Answer, place: number) =>
  (subscription.items as { data: { id: string; quantity?: number }[] }).data[place];
const subscriptionOf = ({ hand }: Story, { subscription }: Tenant) =>
  hand.call("GET /v1/subscriptions/:id", {}, { id: subscription });

/** What goes on beside the sales of every day. */
export const happenings = {
  refund: {
    ...{ chance: 0.08, mustBy: 0.2 },
    run: ({ hand, draws, sales }, tenant) => {
      const sale = sales.findLast((one) => one.tenant === tenant);
      return sale && giveBack(hand, draws, sale);
    },
  },
  changeSeats: {
    ...{ chance: 0.02, mustBy: 0.3 },
    run: (story, tenant) => {
      const place = tenant.plan.items.findIndex(({ kind }) => kind === "seat");
      const now = place < 0 ? undefined : subscriptionOf(story, tenant);
      const seats = now && item(now, place);
      if (now?.status !== "active" || !seats) return undefined;
      const quantity = Math.max(1, (seats.quantity ?? 1) + story.draws.below(7) - 2);
      const items = [{ id: seats.id, quantity }];
      return story.hand.call("POST /v1/subscriptions/:id", { items }, { id: now.id });
    },
  },
  changePlan: {
    ...{ chance: 0.006, mustBy: 0.4 },
    run: (story, tenant) => {
      const [flat, other] = [tenant.plan, story.catalog.plans[0]!];
      if (flat.items[0]?.kind !== "flat" || flat === other) return undefined;
      const now = subscriptionOf(story, tenant);
      const base = now && item(now, 0);
      if (now?.status !== "active" || !base) return undefined;
      const sent = {
        items: [{ id: base.id, price: other.items[0]?.price }],
        proration_behavior: "always_invoice",
      };
      const changed = story.hand.call("POST /v1/subscriptions/:id", sent, { id: now.id });
      if (changed) tenant.plan = { ...flat, items: [other.items[0]!, ...flat.items.slice(1)] };
      return changed;
    },
  },
  cardStartsFailing: {
    ...{ chance: 0.004, mustBy: 0.1 },
    run: ({ hand }, tenant) => {
      const card = attach(hand, "pm_card_chargeCustomerFail", tenant.customer);
      const sent = { default_payment_method: card };
      return hand.call("POST /v1/subscriptions/:id", sent, { id: tenant.subscription });
    },
  },
  cardIsReplaced: {
    ...{ chance: 0.03, mustBy: 0.9 },
    run: (story, tenant) => {
      const { hand } = story;
      const now = subscriptionOf(story, tenant);
      if (now?.status !== "past_due") return undefined;
      const card = attach(hand, "pm_card_visa", tenant.customer);
      hand.call("POST /v1/subscriptions/:id", { default_payment_method: card }, { id: now.id });
      const invoice = String(now.latest_invoice);
      return hand.call("POST /v1/invoices/:id/pay", { payment_method: card }, { id: invoice });
    },
  },
  cancel: {
    ...{ chance: 0.002, mustBy: 0.6 },
    run: ({ hand, draws }, tenant) => {
      const feedback = draws.one(["too_expensive", "unused", "switched_service", "low_quality"]);
      const comment = "We have moved this in house.";
      const sent = { cancel_at_period_end: true, cancellation_details: { feedback, comment } };
      return hand.call("POST /v1/subscriptions/:id", sent, { id: tenant.subscription });
    },
  },
  creditNote: {
    ...{ chance: 0.004, mustBy: 0.7 },
    run: ({ hand }, { subscription }) => {
      const list = hand.call("GET /v1/invoices", { subscription, status: "paid", limit: 1 });
      const [invoice] = (list?.data ?? []) as { id: string; amount_paid: number }[];
      if (!invoice || invoice.amount_paid < 1000) return undefined;
      const note = { reason: "order_change", memo: "One day of the month was ours." };
      const split = { amount: 500, credit_amount: 500 };
      return hand.call("POST /v1/credit_notes", { invoice: invoice.id, ...split, ...note });
    },
  },
  feeIsGivenBack: {
    ...{ chance: 0.002, mustBy: 0.8 },
    run: ({ hand, sales }, tenant) => {
      const charge = sales.findLast(({ account }) => account === tenant.account)?.charge;
      if (charge === undefined) return undefined;
      const fees = hand.call("GET /v1/application_fees", { charge });
      const [fee] = (fees?.data ?? []) as { id: string; amount: number; amount_refunded: number }[];
      if (!fee || fee.amount - fee.amount_refunded < 2) return undefined;
      const amount = Math.floor((fee.amount - fee.amount_refunded) / 2);
      return hand.call("POST /v1/application_fees/:id/refunds", { amount }, { id: fee.id });
    },
  },
  payoutFails: {
    ...{ chance: 0.003, mustBy: 0.5 },
    run: ({ hand }, { account }) => {
      const list = hand.call("GET /v1/payouts", { limit: 1 }, { account });
      const [payout] = (list?.data ?? []) as { id: string; status: string }[];
      if (payout?.status !== "in_transit" && payout?.status !== "paid") return undefined;
      const fail = failPayout;
      hand.act((world) => fail(world, get(world, "payout", payout.id), "account_closed"), account);
      return payout;
    },
  },
  topUp: {
    ...{ chance: 0.002, mustBy: 0.3 },
    run: ({ hand, draws }) => {
      const amount = 50_000 + draws.below(200_000);
      return hand.call("POST /v1/topups", { amount, currency: "usd" });
    },
  },
} satisfies Record<string, Happening>;

export type HappeningName = keyof typeof happenings;

/** The cards of the rare turns a payment can take: each is seen once at least. */
export const rareCards: readonly string[] = [
  ...["pm_card_createDispute", "pm_card_createDispute", "pm_card_createDispute"],
  ...["pm_card_createDisputeInquiry", "pm_card_createIssuerFraudRecord"],
  ...["pm_card_chargeDeclined", "pm_card_threeDSecure2Required", "pm_card_refundFail"],
  ...["pm_card_riskLevelElevated"],
];

/** A customer of the tenant's pays; what came of it is remembered where it worked. */
export function takePayment(
  story: Story,
  tenant: Tenant,
  card = drawCard(story.draws),
): Sale | undefined {
  const sale = sell(story.hand, story.draws, tenant, card);
  if (sale) story.sales.push(sale);
  return sale;
}

/** A turn that is rare: the card decides what comes of it. A refund fails where it is tried. */
export function takeRarePayment(story: Story, tenant: Tenant, card: string): void {
  const sale = takePayment(story, tenant, card);
  if (sale && card === "pm_card_refundFail") giveBack(story.hand, story.draws, sale);
}

/** Usage as it comes: a few calls, more on some days. */
export function reportUsage({ hand, draws, catalog }: Story, tenant: Tenant): void {
  if (!tenant.plan.items.some(({ kind }) => kind === "usage")) return;
  const payload = { stripe_customer_id: tenant.customer, value: String(draws.below(400)) };
  hand.call("POST /v1/billing/meter_events", { event_name: catalog.meter, payload });
}

const answers = ["winning_evidence", "losing_evidence", undefined] as const;

/** Disputes are answered well, badly or not at all: the first of each, then as it comes. */
export function answerDisputes(story: Story, account: string | undefined, seen: Set<string>): void {
  const { hand, draws } = story;
  const where = account === undefined ? {} : { account };
  const open = hand.call("GET /v1/disputes", { limit: 20 }, where);
  for (const { id, status } of (open?.data ?? []) as { id: string; status: string }[]) {
    if (status !== "needs_response" || seen.has(id)) continue;
    const text = seen.size < answers.length ? answers[seen.size] : draws.one(answers);
    seen.add(id);
    if (text === undefined) continue;
    const evidence = { uncategorized_text: text };
    hand.call("POST /v1/disputes/:id", { evidence }, { id, ...where });
  }
}
