import { transact } from "#lib/db/transaction";
import { isLiveMode } from "#lib/env";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Lets the inbox handle an event again, dead or done. The object converges on what is newest, and
 * effects that happened do not happen again, so this is always safe.
 */
export async function replayEvent(
  ctx: PlatformContext,
  input: { id: string },
  isLive = isLiveMode(),
): Promise<void> {
  requirePlatform(ctx, "events:replay");

  await transact(ctx, "events.replay-event", async (tx) => {
    const event = await tx.inboxEvent.findFirst({ where: { id: input.id } });
    if (!event) throw new Refusal("not_found", "There is no such event.");
    if (event.status === "waiting" && !event.retryAt) {
      throw new Refusal("conflict", "This event is waiting already.");
    }
    if ((event.body as { livemode?: unknown }).livemode === !isLive) {
      throw new Refusal(
        "conflict",
        "This event is of the other mode of Stripe's, so it changes nothing here.",
      );
    }
    await tx.inboxEvent.updateMany({
      where: { id: event.id },
      data: {
        status: "waiting",
        attempts: 0,
        retryAt: null,
        handledAt: null,
        deadAt: null,
        error: null,
        handledBy: null,
        reason: null,
      },
    });
    await tx.$executeRaw`select pg_notify('inbox', ${String(event.partition)})`;
  });
}
