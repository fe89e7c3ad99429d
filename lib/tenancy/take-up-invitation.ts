import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { newId } from "#lib/ids";
import { advance } from "#lib/lifecycle";
import type { findInvitation } from "#lib/tenancy/find-invitation";
import { invitationLifecycle, requireOpen } from "#lib/tenancy/invitation";

/**
 * Turns an invitation into a membership. Of two at once one wins, as only a pending one moves on.
 * Somebody who is in already by another way keeps the role they have.
 */
export async function takeUpInvitation(
  tx: Tx,
  ctx: Context,
  invitation: Awaited<ReturnType<typeof findInvitation>>,
  userId: string,
): Promise<void> {
  const { id, tenantId, role, status } = invitation;
  const accepted = advance(invitationLifecycle, "invitation", status, "accept");
  const { count } = await tx.invitation.updateMany({
    where: { id, status, expiresAt: { gt: ctx.now() } },
    data: { status: accepted },
  });
  requireOpen(count ? invitation : { ...invitation, status: "accepted" }, ctx.now());

  await tx.member.createMany({
    data: [{ id: newId("member", ctx.now()), tenantId, userId, role, createdAt: ctx.now() }],
    skipDuplicates: true,
  });
}
