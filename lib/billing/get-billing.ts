import { findCurrentSubscription, findUnderWay } from "#lib/billing/store";
import { type SubscriptionView, toSubscription } from "#lib/billing/subscription";
import { freePlanKey, type Interval, type PublicPlan } from "#lib/catalog/plan";
import { priceOf } from "#lib/catalog/price-of";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import type { Money } from "#lib/money/money";
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
  /** Stripe's page; null while it is not known to be open. */
  url: string | null;
  expiresAt: Date | null;
};

export type BillingPage = {
  /** What the tenant has now: its subscription's plan, or Free. Null where nothing is published. */
  plan: PublicPlan | null;
  subscription: SubscriptionView | null;
  seats: number | null;
  /** What the next invoice will come to with the seats of now, usage apart. */
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
    const checkout = await findUnderWay(tx, ctx.tenantId);
    return {
      plan,
      subscription,
      seats: subscription?.seats ?? null,
      nextInvoiceEstimate: subscription && plan ? estimate(plan, subscription) : null,
      checkoutUnderWay: checkout && {
        id: checkout.id,
        status: checkout.status as CheckoutView["status"],
        planKey: checkout.version.plan.key,
        planName: checkout.version.plan.name,
        interval: checkout.interval,
        currency: checkout.currency,
        seats: checkout.seats,
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

function estimate(
  plan: PublicPlan,
  { currency, interval, seats, currentPeriodEnd, cancelAt }: SubscriptionView,
): BillingPage["nextInvoiceEstimate"] {
  const isEnding = cancelAt && currentPeriodEnd && cancelAt <= currentPeriodEnd;
  if (!currentPeriodEnd || isEnding || !isCurrency(currency)) return null;
  const { total } = priceOf(plan, { interval, currency, seats: seats ?? 1 });
  const isUsageExtra = plan.components.some(({ kind }) => kind === "usage");
  return { amount: total, at: currentPeriodEnd, isUsageExtra };
}
