import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { findMember } from "#lib/tenancy/find-member";
import { requirePermission } from "#lib/tenancy/permissions";
import { requireOtherOwner } from "#lib/tenancy/require-other-owner";

/** Takes oneself out of the tenant. The last owner cannot. */
export async function leaveTenant(ctx: TenantContext): Promise<void> {
  requirePermission(ctx, "tenant:read");

  await transact(ctx, "tenancy.leave-tenant", async (tx) => {
    const { tenantId, userId } = ctx;
    const own = await tx.member.findUnique({ where: { tenantId_userId: { tenantId, userId } } });
    if (!own) throw new Refusal("not_found", "You have left already.");
    const member = await findMember(tx, ctx, own.id);
    if (member.role === "owner") await requireOtherOwner(tx, member);
    await tx.member.delete({ where: { id: member.id } });
  });
}
