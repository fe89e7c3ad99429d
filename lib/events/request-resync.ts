import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type ResyncTarget, resyncObject } from "#lib/events/resync-object";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Has one object asked for at Stripe and written as it is there. Answers with the event of ours
 * that does it, which shows how it went. One that waits already is answered again.
 */
export async function requestResync(
  ctx: PlatformContext,
  target: ResyncTarget,
): Promise<{ eventId: string }> {
  requirePlatform(ctx, "events:replay");

  const { account, objectType, objectId } = target;
  const known = await view(ctx, async (tx) => ({
    account: account === "" || (await tx.tenant.count({ where: { stripeAccountId: account } })) > 0,
    waiting: await tx.inboxEvent.findFirst({
      where: { objectId, account, objectType, handledAt: null, endpoint: "resync" },
      select: { id: true },
    }),
  }));
  if (!known.account) {
    throw new Refusal("not_found", "No tenant has this account.", { field: "account" });
  }
  if (known.waiting) return { eventId: known.waiting.id };
  return { eventId: await resyncObject(ctx, target) };
}
