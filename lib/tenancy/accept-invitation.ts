import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";
import { findInvitation } from "#lib/tenancy/find-invitation";
import { takeUpInvitation } from "#lib/tenancy/take-up-invitation";

/** Takes the signed-in person into the tenant, if it was them who was invited. */
export async function acceptInvitation(
  ctx: PersonContext,
  input: { token: string },
): Promise<{ slug: string }> {
  const invitation = await findInvitation(ctx, input.token);
  if (invitation.email !== ctx.person.email) {
    const message = `This invitation is for ${invitation.email}. You are ${ctx.person.email}.`;
    throw new Refusal("forbidden", message);
  }
  await transact(asSystem(ctx), "tenancy.accept-invitation", async (tx) => {
    await takeUpInvitation(tx, ctx, invitation, ctx.userId);
    // The link came to the address, which proves it.
    await tx.user.updateMany({
      where: { id: ctx.userId, emailVerifiedAt: null },
      data: { emailVerifiedAt: ctx.now() },
    });
  });
  return { slug: invitation.tenant.slug };
}
