import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { queueMail } from "#lib/mail/queue-mail";
import { asSystem } from "#lib/tenancy/as-system";
import { issueToken } from "#lib/tenancy/issue-token";

/**
 * Sends a link to set a new password, if the address is somebody's. Answers the same either way,
 * so that it cannot be used to find out who is a customer.
 */
export async function requestPasswordReset(ctx: Context, input: { email: string }): Promise<void> {
  await transact(asSystem(ctx), "tenancy.request-password-reset", async (tx) => {
    const user = await tx.user.findUnique({ where: { email: input.email } });
    if (!user) return;

    const { id, secret } = await issueToken(tx, ctx, {
      userId: user.id,
      purpose: "reset_password",
    });
    await queueMail(tx, ctx, {
      template: "reset-password",
      reference: `token:${id}`,
      to: user.email,
      data: { name: user.name, path: `/reset-password?token=${secret}` },
    });
  });
}
