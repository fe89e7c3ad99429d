import { liveStatuses } from "#lib/billing/subscription";
import type { VersionRow } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";

export type Subscriber = {
  id: string;
  tenantId: string;
  status: string;
  currency: string;
  interval: string;
  seats: number | null;
  currentPeriodEnd: Date | null;
  createdAt: Date;
};

/** The live subscriptions of a version, in order of their ids, a page at a time. */
export function findSubscribers(
  tx: Tx,
  version: VersionRow,
  { after = "", limit }: { after?: string; limit: number },
): Promise<Subscriber[]> {
  return tx.subscription.findMany({
    where: {
      AND: [{ id: { gt: after } }, { status: { in: [...liveStatuses] } }, onVersion(version)],
    },
    orderBy: { id: "asc" },
    take: limit,
    select: {
      ...{ id: true, tenantId: true, status: true, currency: true, interval: true },
      ...{ seats: true, currentPeriodEnd: true, createdAt: true },
    },
  });
}

/** How many live subscriptions a version has. */
export function countSubscribers(tx: Tx, version: VersionRow): Promise<number> {
  const where = { AND: [{ status: { in: [...liveStatuses] } }, onVersion(version)] };
  return tx.subscription.count({ where });
}

/** A plan's subscribers are named by it; who has an add-on says so among its items. */
function onVersion({ id, plan, components }: VersionRow) {
  if (plan.kind === "base") return { versionId: id };
  const priceIds = components.flatMap(({ prices }) =>
    prices.flatMap(({ stripePriceId }) => stripePriceId ?? []),
  );
  // The item's price is deep in Stripe's object; a containment per price finds it.
  return {
    OR: priceIds.map((priceId) => ({
      object: { path: ["items", "data"], array_contains: [{ price: { id: priceId } }] },
    })),
  };
}
