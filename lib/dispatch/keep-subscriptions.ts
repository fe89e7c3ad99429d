import { projectSubscriptions } from "#lib/billing/project-subscriptions";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { projectEntitlements } from "#lib/entitlements/project-entitlements";
import type { Fact, Owned } from "#lib/events/converger";
import { projectSeats } from "#lib/seats/project-seats";
import type { StripeSubscription } from "#lib/stripe/objects";

/** What is kept of a subscription: itself, the seats it pays for, and what it lets a tenant use. */
export async function keepSubscriptions(
  tx: Tx,
  seen: readonly Owned<StripeSubscription>[],
  ctx: Context,
): Promise<Map<string, Fact[]>> {
  const facts = await projectSubscriptions(tx, seen);
  await projectSeats(tx, seen, ctx);
  for (const [key, more] of await projectEntitlements(tx, seen, ctx)) {
    facts.set(key, [...(facts.get(key) ?? []), ...more]);
  }
  return facts;
}
