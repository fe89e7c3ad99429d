import { underWay } from "#lib/billing/checkout";
import { liveStatuses } from "#lib/billing/subscription";
import { wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";

/** The subscription that counts now: the newest that is live, or null. */
export function findCurrentSubscription(tx: Tx, tenantId: string) {
  return tx.subscription.findFirst({
    where: { tenantId, status: { in: [...liveStatuses] } },
    orderBy: { createdAt: "desc" },
    include: { version: { include: wholeVersion } },
    omit: { object: true },
  });
}

/** The tenant's unfinished checkout, or null. */
export function findUnderWay(tx: Tx, tenantId: string) {
  return tx.checkout.findFirst({
    where: { tenantId, status: { in: [...underWay] } },
    include: { version: { include: { plan: true } } },
  });
}
