import { underWay } from "#lib/billing/checkout";
import { liveStatuses, type SubscriptionStatus } from "#lib/billing/subscription";
import { freePlanKey } from "#lib/catalog/plan";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type SubscriptionStatusView = {
  planKey: string;
  status: SubscriptionStatus | "none";
  seats: number | null;
  checkout: "opening" | "open" | "none";
};

/** What a page that waits for Stripe asks again and again; cheap on purpose. */
export async function getSubscriptionStatus(ctx: TenantContext): Promise<SubscriptionStatusView> {
  requirePermission(ctx, "billing:read");

  return view(ctx, async (tx) => {
    const { tenantId } = ctx;
    const subscription = await tx.subscription.findFirst({
      where: { tenantId, status: { in: [...liveStatuses] } },
      orderBy: { createdAt: "desc" },
      select: { status: true, seats: true, version: { select: { plan: true } } },
    });
    const checkout = await tx.checkout.findFirst({
      where: { tenantId, status: { in: [...underWay] } },
      select: { status: true },
    });
    return {
      planKey: subscription?.version?.plan.key ?? freePlanKey,
      status: (subscription?.status as SubscriptionStatus | undefined) ?? "none",
      seats: subscription?.seats ?? null,
      checkout: (checkout?.status as "opening" | "open" | undefined) ?? "none",
    };
  });
}
