import { askToApply } from "#lib/connect/keep-holds";
import { isUniqueViolation, transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Says why a hold should end. One appeal waits at a time; what was decided can be said again. */
export async function appealHold(
  ctx: TenantContext,
  { holdId, text }: { holdId: string; text: string },
): Promise<{ id: string }> {
  requirePermission(ctx, "connect:onboard");
  const { tenantId } = ctx;
  const madeAt = ctx.now();
  const id = newId("connectAppeal", madeAt);

  try {
    await transact(ctx, "connect.appeal-hold", async (tx) => {
      const hold = await tx.connectHold.findUnique({ where: { id: holdId, tenantId } });
      if (!hold) throw new Refusal("not_found", "There is no such hold.");
      if (hold.endedAt) throw new Refusal("conflict", "This hold has ended; nothing is stopped.");
      const appeal = { id, tenantId, holdId, text, madeAt, madeById: ctx.userId };
      await tx.connectAppeal.create({ data: appeal });
      await askToApply(tx, tenantId);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new Refusal("conflict", "Your appeal is with us already; we answer that one first.");
  }
  return { id };
}
