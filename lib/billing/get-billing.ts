import type { AddOnChoice } from "#lib/billing/add-on";
import { type OwnedAddOn, readAddOns } from "#lib/billing/read-add-ons";
import { findCurrentSubscription, findUnderWay } from "#lib/billing/store";
import { type SubscriptionView, toSubscription } from "#lib/billing/subscription";
import { freePlanKey, type Interval, type PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import type { Checkout } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type CheckoutView = {
  id: string;
  status: "opening" | "open";
  planKey: string;
  planName: string;
  interval: Interval;
  currency: string;
  seats: number;
  addOns: AddOnChoice[];
  /** Stripe's page; null while it is not known to be open. */
  url: string | null;
  expiresAt: Date | null;
};

export type BillingPage = {
  /** What the tenant has now: its subscription's plan, or Free. Null where nothing is published. */
  plan: PublicPlan | null;
  /** What it has beside the plan, each at the version it was bought at. */
  addOns: OwnedAddOn[];
  subscription: SubscriptionView | null;
  seats: number | null;
  /** What the next invoice will come to with the seats of now, usage and discounts apart. */
  nextInvoiceEstimate: { amount: Money; at: Date; isUsageExtra: boolean } | null;
  checkoutUnderWay: CheckoutView | null;
};

/** What the billing page says: plan, subscription, the next invoice, an unfinished checkout. */
export async function getBilling(ctx: TenantContext): Promise<BillingPage> {
  requirePermission(ctx, "billing:read");

  return view(ctx, async (tx) => {
    const row = await findCurrentSubscription(tx, ctx.tenantId);
    const subscription = row ? toSubscription(row) : null;
    const plan = row?.version ? toPlan(row.version) : row ? null : await findFreePlan(tx);
    const addOns = row ? await readAddOns(tx, row.id) : [];
    const checkout = await findUnderWay(tx, ctx.tenantId);
    return {
      ...{ plan, addOns },
      subscription,
      seats: subscription?.seats ?? null,
      nextInvoiceEstimate:
        subscription && plan
          ? estimateNext([{ plan, quantity: 1 }, ...addOns], subscription)
          : null,
      checkoutUnderWay: checkout && {
        id: checkout.id,
        status: checkout.status as CheckoutView["status"],
        planKey: checkout.version.plan.key,
        planName: checkout.version.plan.name,
        interval: checkout.interval,
        currency: checkout.currency,
        seats: checkout.seats,
        addOns: await namesOf(tx, checkout),
        url: checkout.url,
        expiresAt: checkout.expiresAt,
      },
    };
  });
}

async function findFreePlan(tx: Tx): Promise<PublicPlan | null> {
  const row = await tx.planVersion.findFirst({
    where: { status: "published", plan: { key: freePlanKey } },
    include: wholeVersion,
    orderBy: { number: "desc" },
  });
  return row && toPlan(row);
}

/** The add-ons of a checkout by their keys. */
async function namesOf(
  tx: Tx,
  { addOnVersionIds: ids, addOnQuantities }: Pick<Checkout, "addOnVersionIds" | "addOnQuantities">,
): Promise<AddOnChoice[]> {
  if (ids.length === 0) return [];
  const where = { id: { in: ids } };
  const versions = await tx.planVersion.findMany({ where, include: { plan: true } });
  return ids.flatMap((id, place) => {
    const version = versions.find((one) => one.id === id);
    return version ? [{ key: version.plan.key, quantity: addOnQuantities[place] ?? 1 }] : [];
  });
}

/** What the next invoice comes to with the seats of now, usage apart; null where none comes. */
export function estimateNext(
  had: readonly OwnedAddOn[],
  { status, currency, interval, seats, currentPeriodEnd, cancelAt }: SubscriptionView,
): BillingPage["nextInvoiceEstimate"] {
  const isEnding = cancelAt && currentPeriodEnd && cancelAt <= currentPeriodEnd;
  if (status === "paused" || !currentPeriodEnd || isEnding || !isCurrency(currency)) return null;
  const minor = had.reduce((sum, { plan, quantity: times }) => {
    return sum + priceOf(plan, { interval, currency, seats: seats ?? 1, times }).total.minor;
  }, 0n);
  const isUsageExtra = had.some(({ plan }) => plan.components.some(({ kind }) => kind === "usage"));
  return { amount: money(minor, currency), at: currentPeriodEnd, isUsageExtra };
}
