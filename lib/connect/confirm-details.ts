import { askToJudge } from "#lib/connect/judge-account";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Says that the details of the business are right. What waited for it goes on. */
export async function confirmDetails(ctx: TenantContext): Promise<void> {
  requirePermission(ctx, "connect:onboard");
  const { tenantId } = ctx;

  await transact(ctx, "connect.confirm-details", async (tx) => {
    const { count } = await tx.connectedAccount.updateMany({
      where: { tenantId, activeAt: { not: null } },
      data: { confirmedAt: ctx.now() },
    });
    if (count === 0) throw new Refusal("conflict", "There is nothing to confirm yet.");
    await askToJudge(tx, tenantId);
  });
}
