import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import type { InviteMembersInput } from "#lib/tenancy/input";
import { invitationEnd } from "#lib/tenancy/invitation";
import { mailInvitation } from "#lib/tenancy/mail-invitation";
import { requirePermission, type TenantRole } from "#lib/tenancy/permissions";
import { newSecret } from "#lib/tenancy/secret";
import { transactUnique } from "#lib/tenancy/transact-unique";

/** Invites people into the tenant, all or none. Only an owner may invite an owner. */
export async function inviteMembers(
  ctx: TenantContext,
  input: InviteMembersInput,
): Promise<{ id: string; email: string }[]> {
  requirePermission(ctx, "members:invite");
  const { invitations } = input;
  if (invitations.some(({ role }) => role === "owner")) requirePermission(ctx, "owners:update");
  requireDistinct(invitations.map(({ email }) => email));

  return transactUnique(ctx, "tenancy.invite-members", async (tx) => {
    const made: { id: string; email: string }[] = [];
    for (const [index, { email, role }] of invitations.entries()) {
      await requireInvitable(tx, ctx, email, fieldOf(index));
      made.push({ id: await invite(tx, ctx, email, role), email });
    }
    return made;
  });
}

async function invite(tx: Tx, ctx: TenantContext, email: string, role: TenantRole) {
  const createdAt = ctx.now();
  const id = newId("invitation", createdAt);
  const { secret, hash } = newSecret();
  await tx.invitation.create({
    data: {
      ...{ id, email, role, createdAt },
      tenantId: ctx.tenantId,
      status: "pending",
      tokenHash: hash,
      invitedById: ctx.userId,
      expiresAt: invitationEnd(createdAt),
    },
  });
  await mailInvitation(tx, ctx, { id, email, role, secret });
  return id;
}

/** Refuses who is in already or was asked already; withdraws an old offer that ran out. */
async function requireInvitable(tx: Tx, ctx: TenantContext, email: string, field: string) {
  const { tenantId } = ctx;
  const member = await tx.member.findFirst({ where: { tenantId, user: { email } } });
  if (member) {
    throw new Refusal("conflict", `${email} is a member already.`, { field });
  }
  const offer = await tx.invitation.findFirst({ where: { tenantId, email, status: "pending" } });
  if (offer && offer.expiresAt > ctx.now()) {
    const message = `${email} has an open invitation. Send it again from the list instead.`;
    throw new Refusal("conflict", message, { field });
  }
  if (offer) await tx.invitation.update({ where: { id: offer.id }, data: { status: "revoked" } });
}

function requireDistinct(emails: string[]): void {
  const second = emails.findIndex((email, index) => emails.indexOf(email) !== index);
  if (second === -1) return;
  const message = `${emails[second]} is here twice.`;
  throw new Refusal("invalid", message, { field: fieldOf(second) });
}

function fieldOf(index: number): string {
  return `invitations.${index}.email`;
}
