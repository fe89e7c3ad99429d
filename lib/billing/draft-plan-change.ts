import type { PlanTerms } from "#lib/billing/change";
import type { PlanChangeInput } from "#lib/billing/change-input";
import { leavingUsage, planItems, type TargetItem } from "#lib/billing/change-items";
import { timingOf } from "#lib/billing/change-policy";
import { periodEndOf, requireChangeable, type Standing } from "#lib/billing/change-standing";
import type { ChangeDraft } from "#lib/billing/draft-change";
import { draftCode } from "#lib/billing/draft-code";
import { findOffered } from "#lib/billing/find-offered";
import { productOf } from "#lib/catalog/at-stripe";
import type { PublicPlan } from "#lib/catalog/plan";
import { toPlan, type VersionRow } from "#lib/catalog/read-version";
import { view } from "#lib/db/transaction";
import { invariant, Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";
import type { TenantContext } from "#lib/tenancy/context";

/** What is chosen: the plan, and what is beside it. */
type To = { plans: PublicPlan[]; terms: PlanTerms; items: TargetItem[]; productIds: string[] };

/** What changing plan, interval and seats together comes to: when, and what Stripe is asked. */
export async function draftPlanChange(
  ctx: TenantContext,
  standing: Standing,
  input: PlanChangeInput,
  prorationAt: Date,
  gateway: StripeGateway,
): Promise<ChangeDraft> {
  requireChangeable(standing, "plan");
  const { live } = standing;
  const now = requireKnown(standing);
  refuseOtherCurrency(live, input);
  const to = await readTarget(ctx, standing, input);
  const { items, removes, dropsUsage } = planItems(now.items, to.items);
  if (items.length === 0) throw nothingChanges(input);
  const { isTrial, currency, timing, why, restarts } = timed(live, now, to, input, dropsUsage);
  const target = to.items.map(({ priceId, quantity }) => ({ priceId, quantity }));
  const at = within(live, prorationAt);
  const chosen = { ...to, currency, interval: input.interval };
  const when = { at, timing, restarts };
  const off = await draftCode(ctx, standing, { typed: input.code, chosen, when }, gateway);
  const { given, ofNext, discounts, replaces } = off;
  const changed = { from: now.terms, to: to.terms, timing, why };
  const choice = { kind: "plan", ...changed, ...(off.code && { code: off.code }) } as const;
  const subject = { subscriptionId: live.id, items };
  const next = { kind: "items_next", ...subject, ...(ofNext && { discounts: ofNext }) } as const;
  const releases = live.scheduleId;
  const common = { kind: "plan", choice, isExact: true, discounts, replaces } as const;
  if (timing === "period_end") {
    return {
      ...{ ...common, effectiveAt: periodEndOf(live) },
      request: { call: "schedule", target, interval: input.interval, releases, ...given },
      questions: { now: null, next: { ...next, isRecurring: true } },
    };
  }
  return {
    ...{ ...common, effectiveAt: null },
    ...(!isTrial && { prorationAt: at }),
    request: {
      ...{ call: "items", items, target, releases, ifUnpaid: removes ? "refuse" : "hold" },
      ...{ prorationAt: isTrial ? null : at.toISOString(), ...given },
      ...(!isTrial && { leaves: leavingUsage(now.items, items) }),
    },
    questions: {
      now: isTrial ? null : { kind: "items_now", ...subject, prorationAt: at, ...given },
      next: { ...next, isRecurring: restarts },
    },
  };
}

/** When a change is made, by which rule, and whether another cycle begins with it. */
function timed(
  { currency, status }: LiveSubscription,
  now: NonNullable<Standing["now"]>,
  to: To,
  { interval, timing }: PlanChangeInput,
  dropsUsage: boolean,
) {
  invariant(isCurrency(currency), "what we sold is in a currency of ours");
  const isTrial = status === "trialing";
  const isPutOff = timing === "period_end";
  const asked = { from: now, to, currency, isTrial, dropsUsage, isPutOff };
  const restarts = interval !== now.terms.interval && !isTrial;
  return { isTrial, currency, restarts, ...timingOf(asked) };
}

function nothingChanges({ code }: PlanChangeInput): Refusal {
  const message = "That is what you have already. Nothing would change.";
  if (code === undefined) return new Refusal("conflict", message);
  const mend = "That is what you have already. A code for it alone is used under Promotion code.";
  return new Refusal("conflict", mend, { field: "code" });
}

function requireKnown({ now }: Standing): NonNullable<Standing["now"]> {
  if (now) return now;
  const message = "This subscription was set up with Stripe directly. Write to us to change it.";
  throw new Refusal("conflict", message);
}

/** Stripe prorates from an instant inside the period of now. */
function within({ items }: LiveSubscription, at: Date): Date {
  const start = Math.max(...items.map(({ periodStart }) => periodStart.getTime()));
  const end = Math.min(...items.map(({ periodEnd }) => periodEnd.getTime()));
  const seconds = Math.floor(Math.min(Math.max(at.getTime(), start), end) / 1000);
  return new Date(seconds * 1000);
}

function refuseOtherCurrency({ currency }: LiveSubscription, input: PlanChangeInput): void {
  if (input.currency === undefined || input.currency.toLowerCase() === currency) return;
  const [has, wants] = [currency.toUpperCase(), input.currency.toUpperCase()];
  throw new Refusal(
    "invalid",
    `Your plan is paid in ${has}, and a running plan keeps its currency. Cancel it for the ` +
      `period's end, then choose one in ${wants}; nothing in the workspace is lost.`,
    { field: "currency" },
  );
}

async function readTarget(
  ctx: TenantContext,
  { live, now }: Standing,
  input: PlanChangeInput,
): Promise<To> {
  const { interval, seats } = input;
  const currency = live.currency;
  const had = now?.terms.addOns ?? [];
  const addOns = input.addOns ?? had;
  const owned = (now?.plans ?? []).map(({ key, versionId }) => ({
    ...{ key, versionId },
    quantity: had.find((one) => one.key === key)?.quantity ?? 1,
  }));
  const found = await view(ctx, (tx) =>
    findOffered(tx, { plan: input.plan, addOns, interval, currency }, owned),
  );
  const plans = found.map(({ version }) => toPlan(version));
  const [base] = plans;
  invariant(base, "a plan was found");
  const hasSeats = base.components.some(({ kind }) => kind === "seat");
  return {
    plans,
    terms: {
      ...{ planKey: base.key, planName: base.name, versionId: base.versionId, interval, currency },
      seats: hasSeats ? seats : null,
      addOns: found.slice(1).map(({ version: { plan }, quantity }) => ({
        ...{ key: plan.key, name: plan.name, quantity },
      })),
    },
    productIds: found.flatMap(({ version }) =>
      version.components.map((component) => productOf(version, component).id),
    ),
    items: found.flatMap(({ version, quantity }) =>
      itemsOf(version, { interval, currency, seats, quantity }),
    ),
  };
}

type Terms = { interval: string; currency: string; seats: number; quantity: number };

/** Every component of a version as an item, in one interval and currency. */
export function itemsOf(
  { components, plan }: VersionRow,
  { interval, currency, seats, quantity: times }: Terms,
): TargetItem[] {
  return components.map(({ kind, key, prices }) => {
    const price = prices.find((one) => one.interval === interval && one.currency === currency);
    invariant(price?.stripePriceId, `${key} is published in ${currency} per ${interval}`);
    const quantity = { flat: times, seat: seats, usage: null }[kind];
    return { priceId: price.stripePriceId, quantity, kind, key, planKey: plan.key };
  });
}
