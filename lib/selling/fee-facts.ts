import { liveStatuses } from "#lib/billing/subscription";
import { freePlanKey } from "#lib/catalog/plan";
import type { Tx } from "#lib/db/client";
import type { Currency } from "#lib/money/currency";

/** The plan a tenant is on at this moment, by its key. */
export async function planOf(tx: Tx, tenantId: string): Promise<string> {
  const found = await tx.subscription.findFirst({
    where: { tenantId, status: { in: [...liveStatuses] } },
    orderBy: { createdAt: "desc" },
    select: { version: { select: { plan: { select: { key: true } } } } },
  });
  return found?.version?.plan.key ?? freePlanKey;
}

/** What a tenant took in a currency in the month (UTC) of an instant, before it. */
export async function volumeBefore(
  tx: Tx,
  { tenantId, currency }: { tenantId: string; currency: Currency },
  at: Date,
): Promise<bigint> {
  const sum = await tx.sale.aggregate({
    _sum: { amountMinor: true },
    where: { tenantId, currency, status: "succeeded", createdAt: { gte: monthOf(at), lt: at } },
  });
  return sum._sum.amountMinor ?? 0n;
}

/** When the month of an instant began, in UTC. */
export function monthOf(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}
