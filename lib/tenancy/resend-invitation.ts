import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { invitationEnd } from "#lib/tenancy/invitation";
import { mailInvitation } from "#lib/tenancy/mail-invitation";
import { requirePermission } from "#lib/tenancy/permissions";
import { newSecret } from "#lib/tenancy/secret";

/** Sends an open invitation again with a new secret and seven new days; the old link dies. */
export async function resendInvitation(
  ctx: TenantContext,
  input: { invitationId: string },
): Promise<void> {
  requirePermission(ctx, "members:invite");

  await transact(ctx, "tenancy.resend-invitation", async (tx) => {
    const invitation = await tx.invitation.findFirst({
      where: { id: input.invitationId, tenantId: ctx.tenantId, status: "pending" },
    });
    if (!invitation) throw new Refusal("not_found", "There is no such open invitation.");
    if (invitation.role === "owner") requirePermission(ctx, "owners:update");

    const { secret, hash } = newSecret();
    const { id, email, role } = invitation;
    await tx.invitation.update({
      where: { id },
      data: { tokenHash: hash, expiresAt: invitationEnd(ctx.now()) },
    });
    await mailInvitation(tx, ctx, { id, email, role, secret });
  });
}
