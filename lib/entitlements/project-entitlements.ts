import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { writeEntitlement } from "#lib/entitlements/write-entitlement";
import { type Fact, keyOf, type Owned } from "#lib/events/converger";
import type { StripeSubscription } from "#lib/stripe/objects";

/**
 * Keeps what tenants may use with their subscriptions, in the transaction that mirrors them: what a
 * webhook changed is to be read as soon as it is handled. Comes after subscription and seats.
 */
export async function projectEntitlements(
  tx: Tx,
  seen: readonly Owned<StripeSubscription>[],
  ctx: Context,
): Promise<Map<string, Fact[]>> {
  const first = new Map<string, Owned<StripeSubscription>>();
  for (const one of seen)
    if (one.tenantId && !first.has(one.tenantId)) first.set(one.tenantId, one);
  const facts = new Map<string, Fact[]>();
  // In one order, so that none deadlock.
  for (const [tenantId, one] of [...first].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const fact = await writeEntitlement(tx, ctx, tenantId);
    if (fact) facts.set(keyOf(one), [fact]);
  }
  return facts;
}
