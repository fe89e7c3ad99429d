import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Gives up a dead letter, with the reason. It stays in the inbox and can be replayed; its object is
 * as the events around it say.
 */
export async function discardEvent(
  ctx: PlatformContext,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  requirePlatform(ctx, "events:replay");

  await transact(ctx, "events.discard-event", async (tx) => {
    const { count } = await tx.inboxEvent.updateMany({
      where: { id, deadAt: { not: null } },
      data: {
        ...{ status: "discarded", reason, deadAt: null },
        ...{ handledAt: ctx.now(), handledBy: ctx.userId },
      },
    });
    if (count > 0) return;
    const known = await tx.inboxEvent.count({ where: { id } });
    if (known === 0) throw new Refusal("not_found", "There is no such event.");
    throw new Refusal("conflict", "This event is no dead letter, so it cannot be given up.");
  });
}
