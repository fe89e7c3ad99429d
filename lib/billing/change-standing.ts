import { quantityIn } from "#lib/billing/add-on";
import { type ChangeKind, changesIn, changeUnderWay, type PlanTerms } from "#lib/billing/change";
import type { KnownPrice } from "#lib/billing/change-items";
import { findCurrentSubscription } from "#lib/billing/store";
import { type SubscriptionStatus, subscriptionStatuses } from "#lib/billing/subscription";
import type { Interval, PublicPlan } from "#lib/catalog/plan";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import type { SubscriptionChange } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { LiveItem, LiveSubscription } from "#lib/stripe/gateway-subscriptions";
import type { TenantContext } from "#lib/tenancy/context";

/** How a tenant's subscription stands before it is changed: Stripe's word of now, and our rows. */
export type Standing = {
  live: LiveSubscription;
  /** What it consists of by what we sell; null where Stripe sells it something we do not know. */
  now: { terms: PlanTerms; plans: PublicPlan[]; items: (LiveItem & KnownPrice)[] } | null;
  underWay: SubscriptionChange | null;
  scheduled: SubscriptionChange | null;
  /** How many changes had been asked for before this was read; one more, and it is out of date. */
  asked: number;
};

/** Reads all that a change depends on. Refuses where there is nothing to change. */
export async function readStanding(ctx: TenantContext, gateway: StripeGateway): Promise<Standing> {
  const { tenantId } = ctx;
  // Counted before Stripe is asked: whatever is decided from then on has not been seen here.
  const { current, asked } = await view(ctx, async (tx) => ({
    current: await findCurrentSubscription(tx, tenantId),
    asked: await tx.subscriptionChange.count({ where: { tenantId } }),
  }));
  const live = current && (await gateway.readSubscription(current.id));
  if (!live || !subscriptionStatuses[live.status as SubscriptionStatus]?.isLive) {
    throw new Refusal("conflict", "There is no plan to change. Choose one on the billing page.");
  }
  return view(ctx, async (tx) => ({
    ...{ live, asked },
    now: await readTerms(tx, live),
    underWay: await findUnsettled(tx, tenantId, changeUnderWay),
    scheduled: await findUnsettled(tx, tenantId, ["scheduled"]),
  }));
}

/** The change in one of these states, of which an index allows one. */
export function findUnsettled(
  tx: Tx,
  tenantId: string,
  statuses: readonly SubscriptionChange["status"][],
): Promise<SubscriptionChange | null> {
  return tx.subscriptionChange.findFirst({ where: { tenantId, status: { in: [...statuses] } } });
}

/** What a subscription's items are by what we sell: the plan, and what is bought beside it. */
async function readTerms(tx: Tx, live: LiveSubscription): Promise<Standing["now"]> {
  const versions = await tx.planVersion.findMany({
    where: {
      components: {
        some: { prices: { some: { stripePriceId: { in: live.items.map(priceIdOf) } } } },
      },
    },
    include: wholeVersion,
  });
  const known = new Map<string, KnownPrice>();
  for (const { plan, components } of versions) {
    for (const { kind, key, prices } of components) {
      for (const { stripePriceId: id } of prices) {
        if (id) known.set(id, { planKey: plan.key, kind, key });
      }
    }
  }
  const items = live.items.flatMap((item) => {
    const price = known.get(item.priceId);
    return price ? [{ ...item, ...price }] : [];
  });
  const plans = versions.map(toPlan);
  const base = plans.find(({ kind }) => kind === "base");
  if (!base || items.length < live.items.length) return null;
  const seat = items.find(({ kind, planKey }) => kind === "seat" && planKey === base.key);
  const terms: PlanTerms = {
    planKey: base.key,
    planName: base.name,
    versionId: base.versionId,
    interval: items[0]!.interval as Interval,
    currency: live.currency,
    seats: seat?.quantity ?? null,
    addOns: versions
      .filter(({ plan }) => plan.kind === "add_on")
      .map((version) => ({
        ...{ key: version.plan.key, name: version.plan.name },
        quantity: quantityIn(version, live.items),
      })),
  };
  return { terms, plans, items };
}

/** When the period ends that is paid for. */
export function periodEndOf({ items }: LiveSubscription): Date {
  return new Date(Math.min(...items.map(({ periodEnd }) => periodEnd.getTime())));
}

/** How often it is billed. */
export function intervalOf({ items }: LiveSubscription): Interval {
  return items[0]?.interval === "year" ? "year" : "month";
}

const priceIdOf = ({ priceId }: { priceId: string }) => priceId;

/** Refuses what the state of a subscription does not allow, with what to do instead. */
export function requireChangeable(standing: Standing, kind: ChangeKind): void {
  const { live, underWay, scheduled } = standing;
  if (underWay) throw new Refusal("conflict", underWayWords(underWay));
  const status = live.status as SubscriptionStatus;
  if (!(changesIn[status] as readonly ChangeKind[]).includes(kind)) {
    throw new Refusal("conflict", mendOf(status, kind));
  }
  const isEnding = live.cancelAt !== null;
  if (kind === "undo_cancel") {
    if (!isEnding)
      throw new Refusal("conflict", "The plan is not ending: there is nothing to undo.");
    return;
  }
  if (isEnding && kind !== "cancel_now") {
    const message =
      kind === "cancel"
        ? "The plan is ending already. Nothing more has to be done."
        : "The plan is ending. Keep it first, then change it.";
    throw new Refusal("conflict", message);
  }
  if (scheduled && (kind === "plan" || kind === "pause")) {
    throw new Refusal("conflict", "A change is planned for the period's end. Undo it first.");
  }
}

function underWayWords({ status }: SubscriptionChange): string {
  return status === "awaiting_payment"
    ? "A change waits for its payment. Pay its invoice or drop the change, then go on."
    : "Another change is being made right now. Reload the page in a moment and look.";
}

function mendOf(status: SubscriptionStatus, kind: ChangeKind): string {
  if (status === "past_due" || status === "unpaid") {
    return "An invoice is open. Pay it first; then the plan can be changed.";
  }
  if (status === "paused") return "The plan is paused. Resume it first, then change it.";
  if (kind === "resume") return "The plan is not paused.";
  if (kind === "pause") return "A trial costs nothing, so there is nothing to pause.";
  return "The plan cannot be changed in this state.";
}
