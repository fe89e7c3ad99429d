import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { lockPool } from "#lib/seats/pool";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Takes a seat back. It is free for the next, or given back where the rules say so. */
export async function unassignSeat(
  ctx: TenantContext,
  input: { assignmentId: string },
): Promise<void> {
  requirePermission(ctx, "seats:assign");

  await transact(ctx, "seats.unassign-seat", async (tx) => {
    await lockPool(tx, ctx.tenantId);
    const where = { id: input.assignmentId, tenantId: ctx.tenantId };
    const { count } = await tx.seatAssignment.deleteMany({ where });
    if (!count) throw new Refusal("not_found", "Nobody has this seat any more.");
  });
}
