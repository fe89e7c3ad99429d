import { endHold } from "#lib/connect/end-hold";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** Ends a hold and says why. Of two who do at once the second is told that it has ended. */
export async function releaseHold(
  ctx: PlatformContext,
  { id, note }: { id: string; note: string },
): Promise<void> {
  requirePlatform(ctx, "connect:hold");

  await transact(ctx, "connect.release-hold", async (tx) => {
    const hold = await tx.connectHold.findUnique({ where: { id } });
    if (!hold) throw new Refusal("not_found", "There is no such hold.");
    const end = { ending: "released", endedById: ctx.userId, endNote: note } as const;
    if (await endHold(tx, ctx, hold, end)) return;
    throw new Refusal("conflict", "This hold has ended already; open the page anew.");
  });
}
