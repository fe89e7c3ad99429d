import { liveStatuses } from "#lib/billing/subscription";
import type { PlanKind, PublicPlan } from "#lib/catalog/plan";
import type { VersionStatus } from "#lib/catalog/plan-version";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
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
  mostQuantity: number;
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
    const subscribers = await countSubscribers(tx, plans);
    return plans.map(({ id, key, kind, name, description, versions, ...plan }) => ({
      ...{ id, key, kind, name, description },
      ...{
        besidePlans: plan.besidePlans,
        mostQuantity: plan.mostQuantity,
        position: plan.position,
        retiredAt: plan.retiredAt,
      },
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

/** Live subscriptions by version. Who has an add-on says so among its items. */
async function countSubscribers(
  tx: Tx,
  plans: readonly { kind: PlanKind }[],
): Promise<Map<string | null, number>> {
  const counts = await tx.subscription.groupBy({
    by: ["versionId"],
    where: { status: { in: [...liveStatuses] } },
    _count: true,
  });
  const subscribers = new Map(counts.map(({ versionId, _count }) => [versionId, _count]));
  if (!plans.some(({ kind }) => kind === "add_on")) return subscribers;
  const beside = await tx.$queryRaw<{ versionId: string; count: bigint }[]>`
    select v.id as "versionId", count(distinct s.id) as count
    from subscriptions s
    cross join lateral jsonb_array_elements(s.object->'items'->'data') item
    join prices p on p.stripe_price_id = item#>>'{price,id}'
    join components c on c.id = p.component_id
    join plan_versions v on v.id = c.version_id
    join plans plan on plan.id = v.plan_id and plan.kind = 'add_on'
    where s.status::text = any(${[...liveStatuses]})
    group by v.id`;
  for (const { versionId, count } of beside) subscribers.set(versionId, Number(count));
  return subscribers;
}
