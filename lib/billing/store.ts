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

/** The latest paid checkout while its subscription has not been heard of: events keep no order. */
export async function findPaidCheckout(tx: Tx, tenantId: string) {
  const paid = await tx.checkout.findFirst({
    where: { tenantId, status: "completed" },
    orderBy: { createdAt: "desc" },
  });
  if (!paid) return null;
  const subscription = await tx.subscription.findFirst({
    where: { tenantId, object: { path: ["metadata", "checkout_id"], equals: paid.id } },
    select: { id: true },
  });
  return subscription ? null : paid;
}

/**
 * The tenant behind an object of the platform's: the account billed says it. What is written on the
 * object counts only where no account is billed.
 */
export async function findTenantOf(
  tx: Tx,
  object: { account: string | null; metadata: Record<string, string> | null | undefined },
) {
  if (object.account) return tx.tenant.findFirst({ where: { stripeAccountId: object.account } });
  const id = object.metadata?.tenant_id;
  return id ? tx.tenant.findFirst({ where: { id } }) : null;
}
