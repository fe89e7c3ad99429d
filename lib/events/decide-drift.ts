import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { resyncObject } from "#lib/events/resync-object";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Decides about a mirror that was found to differ: repaired from Stripe's object, or left as it is.
 * A repair is asked for at Stripe anew, whatever was found when.
 */
export async function decideDrift(
  ctx: PlatformContext,
  { id, decision }: { id: string; decision: "repair" | "dismiss" },
): Promise<void> {
  requirePlatform(ctx, "events:replay");

  const status = decision === "repair" ? ("repairing" as const) : ("dismissed" as const);
  const drift = await transact(ctx, "events.decide-drift", async (tx) => {
    const found = await tx.drift.findUnique({ where: { id } });
    if (!found) throw new Refusal("not_found", "There is no such finding.");
    const { count } = await tx.drift.updateMany({
      where: { id, status: "proposed" },
      data: {
        ...{ status, decidedById: ctx.userId },
        settledAt: decision === "dismiss" ? ctx.now() : null,
      },
    });
    if (count === 0) throw new Refusal("conflict", "This finding was decided about already.");
    return found;
  });
  if (decision === "dismiss") return;
  const { account, objectType, objectId } = drift;
  await resyncObject(ctx, { account, objectType, objectId });
}
