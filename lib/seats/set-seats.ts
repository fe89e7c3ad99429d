import { transact } from "#lib/db/transaction";
import { requirePool, requireUnchanged } from "#lib/seats/assign-seat";
import { decideSeats } from "#lib/seats/decide-seats";
import type { SetSeatsInput } from "#lib/seats/input";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Buys seats or gives some back. Never fewer than are taken. */
export async function setSeats(ctx: TenantContext, input: SetSeatsInput): Promise<void> {
  requirePermission(ctx, "billing:update");

  await transact(ctx, "seats.set-seats", async (tx) => {
    const pool = await requirePool(tx, ctx.tenantId);
    requireUnchanged(pool, input.from);
    await decideSeats(tx, ctx, pool, input);
  });
}
