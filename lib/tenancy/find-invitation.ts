import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import { requireOpen } from "#lib/tenancy/invitation";
import { hashSecret } from "#lib/tenancy/secret";

/** The open invitation behind a mailed secret; refuses one that opens nothing any more. */
export async function findInvitation(ctx: Context, secret: string) {
  const invitation = await view(asSystem(ctx), (tx) =>
    tx.invitation.findUnique({
      where: { tokenHash: hashSecret(secret) },
      include: { tenant: true, invitedBy: true },
    }),
  );
  requireOpen(invitation, ctx.now());
  return invitation;
}
