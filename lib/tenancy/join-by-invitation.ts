import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { asSystem } from "#lib/tenancy/as-system";
import { findInvitation } from "#lib/tenancy/find-invitation";
import { hashPassword } from "#lib/tenancy/password";
import { requireGoodPassword } from "#lib/tenancy/password-rules";
import { takeUpInvitation } from "#lib/tenancy/take-up-invitation";
import { transactUnique } from "#lib/tenancy/transact-unique";

/**
 * Makes a new person of somebody invited and takes them into the tenant. Their address counts as
 * verified, as the link came to it.
 */
export async function joinByInvitation(
  ctx: Context,
  input: { token: string; name: string; password: string },
): Promise<{ userId: string; email: string; slug: string }> {
  const invitation = await findInvitation(ctx, input.token);
  const { email, tenant } = invitation;
  const { name } = input;
  requireGoodPassword(input.password, { email, name });
  const passwordHash = await hashPassword(input.password);

  const createdAt = ctx.now();
  const userId = newId("user", createdAt);
  const by = asSystem(ctx, { kind: "person", userId });
  await transactUnique(by, "tenancy.join-by-invitation", async (tx) => {
    if (await tx.user.findUnique({ where: { email }, select: { id: true } })) {
      const message = "This e-mail already has an account. Sign in, then open the link again.";
      throw new Refusal("conflict", message, { field: "email" });
    }
    await tx.user.create({
      data: { id: userId, email, name, passwordHash, createdAt, emailVerifiedAt: createdAt },
    });
    await takeUpInvitation(tx, by, invitation, userId);
  });
  return { userId, email, slug: tenant.slug };
}
