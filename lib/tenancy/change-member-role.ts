import { transact } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { findMember } from "#lib/tenancy/find-member";
import { requirePermission, type TenantRole } from "#lib/tenancy/permissions";
import { requireOtherOwner } from "#lib/tenancy/require-other-owner";

/** Gives a member another role. Only owners make owners or unmake them; the last one stays. */
export async function changeMemberRole(
  ctx: TenantContext,
  input: { memberId: string; role: TenantRole },
): Promise<void> {
  requirePermission(ctx, "members:update");

  await transact(ctx, "tenancy.change-member-role", async (tx) => {
    const member = await findMember(tx, ctx, input.memberId);
    if (member.role === input.role) return;
    if (member.role === "owner" || input.role === "owner") requirePermission(ctx, "owners:update");
    if (member.role === "owner") await requireOtherOwner(tx, member);
    await tx.member.update({ where: { id: member.id }, data: { role: input.role } });
  });
}
