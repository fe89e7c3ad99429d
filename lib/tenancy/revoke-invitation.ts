import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { advance } from "#lib/lifecycle";
import type { TenantContext } from "#lib/tenancy/context";
import { invitationLifecycle } from "#lib/tenancy/invitation";
import { requirePermission } from "#lib/tenancy/permissions";

/** Withdraws an invitation. Its link opens nothing from now on. */
export async function revokeInvitation(
  ctx: TenantContext,
  input: { invitationId: string },
): Promise<void> {
  requirePermission(ctx, "members:invite");

  await transact(ctx, "tenancy.revoke-invitation", async (tx) => {
    const where = { id: input.invitationId, tenantId: ctx.tenantId };
    const invitation = await tx.invitation.findFirst({ where });
    if (!invitation) throw new Refusal("not_found", "There is no such invitation.");

    const status = advance(invitationLifecycle, "invitation", invitation.status, "revoke");
    const { count } = await tx.invitation.updateMany({
      where: { ...where, status: invitation.status },
      data: { status },
    });
    if (!count) throw new Refusal("conflict", "This invitation was just answered.");
  });
}
