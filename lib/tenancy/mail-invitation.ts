import type { Tx } from "#lib/db/client";
import { queueMail } from "#lib/mail/queue-mail";
import type { TenantContext } from "#lib/tenancy/context";
import type { TenantRole } from "#lib/tenancy/permissions";
import { hashSecret } from "#lib/tenancy/secret";

/** Sends the link of an invitation: once for each secret it has had. */
export async function mailInvitation(
  tx: Tx,
  ctx: TenantContext,
  invitation: { id: string; email: string; role: TenantRole; secret: string },
): Promise<void> {
  const { id, email, role, secret } = invitation;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } });
  const inviter = await tx.user.findUniqueOrThrow({ where: { id: ctx.userId } });
  await queueMail(tx, ctx, {
    template: "invitation",
    reference: `invitation:${id}:${hashSecret(secret).slice(0, 12)}`,
    to: email,
    data: { inviter: inviter.name, tenant: tenant.name, role, path: `/invitations/${secret}` },
  });
}
