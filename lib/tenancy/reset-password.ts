import type { Context } from "#lib/context";
import { hashPassword } from "#lib/tenancy/password";
import { requireGoodPassword } from "#lib/tenancy/password-rules";
import { personOf } from "#lib/tenancy/person";
import { findToken, redeemToken } from "#lib/tenancy/redeem-token";
import { setPassword } from "#lib/tenancy/set-password";
import { requireUsable } from "#lib/tenancy/token";

/**
 * Sets a new password by the link from the mail, once. Signs out every browser; the address counts
 * as verified, as the link came to it.
 */
export async function resetPassword(
  ctx: Context,
  input: { token: string; password: string },
): Promise<void> {
  // Before the slow hash, so that a worn-out link costs nothing.
  const token = await findToken(ctx, "reset_password", input.token);
  requireUsable(token, "reset_password", ctx.now());
  requireGoodPassword(input.password, personOf(token.user));
  const passwordHash = await hashPassword(input.password);

  const redeem = {
    purpose: "reset_password",
    secret: input.token,
    action: "tenancy.reset-password",
  } as const;
  await redeemToken(ctx, redeem, async (tx, person) => {
    await setPassword(tx, ctx, { person, passwordHash });
    await tx.user.updateMany({
      where: { id: person.id, emailVerifiedAt: null },
      data: { emailVerifiedAt: ctx.now() },
    });
  });
}
