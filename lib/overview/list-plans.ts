import { liveStatuses } from "#lib/billing/subscription";
import type { PlanKind, PublicPlan } from "#lib/catalog/plan";
import type { VersionStatus } from "#lib/catalog/plan-version";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type AdminPlanVersion = PublicPlan & {
  number: number;
  status: VersionStatus;
  createdAt: Date;
  publishedAt: Date | null;
  stripeProductId: string | null;
  /** How far publishing is: prices that Stripe knows, of all. */
  prices: { published: number; all: number };
  subscribers: number;
};
export type AdminPlan = {
  id: string;
  key: string;
  kind: PlanKind;
  name: string;
  description: string;
  /** Add-ons: the plans it is bought beside; none is any. */
  besidePlans: string[];
  /** Its place among the plans. */
  position: number;
  /** Since when it is not offered any more. */
  retiredAt: Date | null;
  versions: AdminPlanVersion[];
};

/** Every plan with every version of it, newest first, and who is on it. */
export async function listPlans(ctx: PlatformContext): Promise<AdminPlan[]> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const plans = await tx.plan.findMany({
      orderBy: { position: "asc" },
      include: { versions: { include: wholeVersion, orderBy: { number: "desc" } } },
    });
    const counts = await tx.subscription.groupBy({
      by: ["versionId"],
      where: { status: { in: [...liveStatuses] } },
      _count: true,
    });
    const subscribers = new Map(counts.map(({ versionId, _count }) => [versionId, _count]));
    return plans.map(({ id, key, kind, name, description, versions, ...plan }) => ({
      ...{ id, key, kind, name, description },
      ...{ besidePlans: plan.besidePlans, position: plan.position, retiredAt: plan.retiredAt },
      versions: versions.map((version) => {
        const { number, status, createdAt, publishedAt, stripeProductId } = version;
        const prices = version.components.flatMap((component) => component.prices);
        const published = prices.filter(({ stripePriceId }) => stripePriceId).length;
        return {
          ...toPlan(version),
          ...{ number, status, createdAt, publishedAt, stripeProductId },
          prices: { published, all: prices.length },
          subscribers: subscribers.get(version.id) ?? 0,
        };
      }),
    }));
  });
}
