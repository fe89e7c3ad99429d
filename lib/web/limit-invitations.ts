import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { limitedAddress } from "#lib/web/origin";
import { countUse } from "#lib/web/rate-limit";

/**
 * Counts invitation mails before they are written: each address is one use, however many a request
 * names, so that nobody makes a mail relay of us. Who has not confirmed their own e-mail could be
 * anybody, and many of them one, so they may fewer, by person and by where they call from.
 */
export async function countInvitations(ctx: TenantContext, addresses: number): Promise<void> {
  requirePermission(ctx, "members:invite");
  const { db, userId, tenantId, origin } = ctx;
  if (!(await isVerified(ctx))) {
    await countUse(db, "invitation.unverified", userId, addresses);
    await countUse(db, "invitation.unverified-address", limitedAddress(origin.ip), addresses);
  }
  await countUse(db, "invitation.person", userId, addresses);
  await countUse(db, "invitation.tenant", tenantId, addresses);
}

async function isVerified(ctx: TenantContext): Promise<boolean> {
  const { emailVerifiedAt } = await view(ctx, (tx) =>
    tx.user.findUniqueOrThrow({ where: { id: ctx.userId }, select: { emailVerifiedAt: true } }),
  );
  return emailVerifiedAt !== null;
}
