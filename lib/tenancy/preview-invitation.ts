import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import { findInvitation } from "#lib/tenancy/find-invitation";
import type { TenantRole } from "#lib/tenancy/permissions";

export type InvitationPreview = {
  readonly tenantName: string;
  readonly inviterName: string;
  readonly email: string;
  readonly role: TenantRole;
  readonly expiresAt: Date;
  /** True where the invited address can sign in already, and so accepts instead of joining. */
  readonly hasAccount: boolean;
};

/** What an invitation offers, to whoever holds its link. */
export async function previewInvitation(
  ctx: Context,
  input: { token: string },
): Promise<InvitationPreview> {
  const { tenant, invitedBy, email, role, expiresAt } = await findInvitation(ctx, input.token);
  const account = await view(asSystem(ctx), (tx) =>
    tx.user.findUnique({ where: { email }, select: { id: true } }),
  );
  const [tenantName, inviterName] = [tenant.name, invitedBy.name];
  return { tenantName, inviterName, email, role, expiresAt, hasAccount: account !== null };
}
