import type { PlanTerms } from "#lib/billing/change";
import type { PlanChangeInput } from "#lib/billing/change-input";
import { leavingUsage, planItems, type TargetItem } from "#lib/billing/change-items";
import { timingOf } from "#lib/billing/change-policy";
import { requireChangeable, type Standing } from "#lib/billing/change-standing";
import type { ChangeDraft } from "#lib/billing/draft-change";
import { findOffered } from "#lib/billing/find-offered";
import type { PublicPlan } from "#lib/catalog/plan";
import { toPlan, type VersionRow } from "#lib/catalog/read-version";
import { view } from "#lib/db/transaction";
import { invariant, Refusal } from "#lib/errors";
import { isCurrency } from "#lib/money/currency";
import type { LiveSubscription } from "#lib/stripe/gateway-subscriptions";
import type { TenantContext } from "#lib/tenancy/context";

type To = { plans: PublicPlan[]; terms: PlanTerms; items: TargetItem[] };

/** What changing plan, interval and seats together comes to: when, and what Stripe is asked. */
export async function draftPlanChange(
  ctx: TenantContext,
  standing: Standing,
  input: PlanChangeInput,
  prorationAt: Date,
): Promise<ChangeDraft> {
  requireChangeable(standing, "plan");
  const { live } = standing;
  const now = requireKnown(standing);
  refuseOtherCurrency(live, input);
  const to = await readTarget(ctx, standing, input);
  const { items, removes, dropsUsage } = planItems(now.items, to.items);
  if (items.length === 0) {
    throw new Refusal("conflict", "That is what you have already. Nothing would change.");
  }
  const { currency } = live;
  invariant(isCurrency(currency), "what we sold is in a currency of ours");
  const isTrial = live.status === "trialing";
  const { timing, why } = timingOf({
    ...{ from: now, to, currency, isTrial, dropsUsage },
    isPutOff: input.timing === "period_end",
  });
  const target = to.items.map(({ priceId, quantity }) => ({ priceId, quantity }));
  const choice = { kind: "plan", from: now.terms, to: to.terms, timing, why } as const;
  const periodEnd = new Date(Math.min(...live.items.map((item) => item.periodEnd.getTime())));
  const restarts = input.interval !== now.terms.interval && !isTrial;
  const next = { kind: "items_next", subscriptionId: live.id, items } as const;
  const releases = live.scheduleId;
  if (timing === "period_end") {
    return {
      ...{ kind: "plan", choice, effectiveAt: periodEnd, isExact: true },
      request: { call: "schedule", target, interval: input.interval, releases },
      questions: { now: null, next: { ...next, isRecurring: true } },
    };
  }
  const at = within(live, prorationAt);
  return {
    ...{ kind: "plan", choice, effectiveAt: null, isExact: true },
    ...(!isTrial && { prorationAt: at }),
    request: {
      ...{ call: "items", items, target, releases, ifUnpaid: removes ? "refuse" : "hold" },
      prorationAt: isTrial ? null : at.toISOString(),
      ...(!isTrial && { leaves: leavingUsage(now.items, items) }),
    },
    questions: {
      now: isTrial ? null : { kind: "items_now", subscriptionId: live.id, items, prorationAt: at },
      next: { ...next, isRecurring: restarts },
    },
  };
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
