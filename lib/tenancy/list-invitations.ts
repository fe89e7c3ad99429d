import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { findNames } from "#lib/tenancy/find-names";
import { requirePermission, type TenantRole } from "#lib/tenancy/permissions";

export type InvitationRow = {
  readonly id: string;
  readonly email: string;
  readonly role: TenantRole;
  readonly inviterName: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly isExpired: boolean;
};

/** The invitations nobody has answered, newest first; also those that ran out, to send again. */
export async function listInvitations(ctx: TenantContext): Promise<InvitationRow[]> {
  requirePermission(ctx, "members:read");

  const invitations = await view(ctx, (tx) =>
    tx.invitation.findMany({
      where: { tenantId: ctx.tenantId, status: "pending" },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 1000,
    }),
  );
  const names = await findNames(
    ctx,
    invitations.map(({ invitedById }) => invitedById),
  );
  return invitations.map(({ id, email, role, invitedById, createdAt, expiresAt }) => ({
    ...{ id, email, role, createdAt, expiresAt },
    inviterName: names.get(invitedById) ?? "",
    isExpired: expiresAt <= ctx.now(),
  }));
}
