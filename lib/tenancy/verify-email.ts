import type { Context } from "#lib/context";
import { findToken, redeemToken } from "#lib/tenancy/redeem-token";

/**
 * Takes the link from the mail as proof of the address. Opening it again, as mail scanners and
 * second clicks do, is fine once it did its work.
 */
export async function verifyEmail(ctx: Context, input: { token: string }): Promise<void> {
  const token = await findToken(ctx, "verify_email", input.token);
  if (token?.usedAt && token.user.emailVerifiedAt) return;

  const redeem = {
    purpose: "verify_email",
    secret: input.token,
    action: "tenancy.verify-email",
  } as const;
  await redeemToken(ctx, redeem, async (tx, person) => {
    await tx.user.updateMany({
      where: { id: person.id, emailVerifiedAt: null },
      data: { emailVerifiedAt: ctx.now() },
    });
  });
}
