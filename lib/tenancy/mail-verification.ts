import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { queueMail } from "#lib/mail/queue-mail";
import { issueToken } from "#lib/tenancy/issue-token";

/** Sends a person the link that proves their e-mail address is theirs. */
export async function mailVerification(
  tx: Tx,
  ctx: Context,
  person: { userId: string; email: string; name: string },
): Promise<void> {
  const { id, secret } = await issueToken(tx, ctx, {
    userId: person.userId,
    purpose: "verify_email",
  });
  await queueMail(tx, ctx, {
    template: "verify-email",
    reference: `token:${id}`,
    to: person.email,
    data: { name: person.name, path: `/verify-email?token=${secret}` },
  });
}
