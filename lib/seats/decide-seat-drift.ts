import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { lockPool } from "#lib/seats/pool";
import { adoptQuantity, restoreQuantity } from "#lib/seats/quantity";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

type Decision = { id: string; decision: "adopt" | "restore" | "dismiss" };

/** What a decision about a finding makes of it. */
const becomes = { adopt: "settled", restore: "repairing", dismiss: "dismissed" } as const;

/** Decides about a quantity that differs: Stripe's becomes ours, ours is put back, or it stays. */
export async function decideSeatDrift(
  ctx: PlatformContext,
  { id, decision }: Decision,
): Promise<void> {
  requirePlatform(ctx, "seats:decide");

  await transact(ctx, "seats.decide-drift", async (tx) => {
    const drift = await tx.seatDrift.findUnique({ where: { id } });
    if (!drift) throw new Refusal("not_found", "There is no such finding.");
    const pool = await lockPool(tx, drift.tenantId);
    const { count } = await tx.seatDrift.updateMany({
      where: { id, status: "proposed" },
      data: {
        ...{ status: becomes[decision], decidedById: ctx.userId },
        settledAt: decision === "restore" ? null : ctx.now(),
      },
    });
    if (count === 0) throw new Refusal("conflict", "This finding was decided about already.");
    if (decision === "dismiss") return;
    if (pool?.subscriptionId !== drift.subscriptionId) {
      throw new Refusal("conflict", "The subscription has ended since. Dismiss the finding.");
    }
    if (decision === "adopt") await adoptQuantity(tx, pool, pool.sync.stripeSeats);
    else await restoreQuantity(tx, ctx, pool);
  });
}
