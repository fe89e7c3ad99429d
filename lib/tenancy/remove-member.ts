import { transact } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { findMember } from "#lib/tenancy/find-member";
import { requirePermission } from "#lib/tenancy/permissions";
import { requireOtherOwner } from "#lib/tenancy/require-other-owner";

/** Takes a member out of the tenant; their next request no longer finds it. */
export async function removeMember(ctx: TenantContext, input: { memberId: string }): Promise<void> {
  requirePermission(ctx, "members:remove");

  await transact(ctx, "tenancy.remove-member", async (tx) => {
    const member = await findMember(tx, ctx, input.memberId);
    if (member.role === "owner") {
      requirePermission(ctx, "owners:update");
      await requireOtherOwner(tx, member);
    }
    await tx.member.delete({ where: { id: member.id } });
  });
}
