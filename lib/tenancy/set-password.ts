import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { queueMail } from "#lib/mail/queue-mail";
import type { Person } from "#lib/tenancy/person";

/**
 * Gives a person a new password, signs out every browser but the one kept, and tells them by
 * mail, so that a change they did not make does not go unseen.
 */
export async function setPassword(
  tx: Tx,
  ctx: Context,
  input: { person: Person; passwordHash: string; keepSessionId?: string },
): Promise<void> {
  const { person, passwordHash, keepSessionId } = input;
  const at = ctx.now();
  await tx.user.update({ where: { id: person.id }, data: { passwordHash } });
  await tx.session.updateMany({
    where: {
      userId: person.id,
      revokedAt: null,
      ...(keepSessionId ? { id: { not: keepSessionId } } : {}),
    },
    data: { revokedAt: at },
  });
  await tx.token.deleteMany({
    where: { userId: person.id, purpose: "reset_password", usedAt: null },
  });
  await queueMail(tx, ctx, {
    template: "password-changed",
    reference: `password:${person.id}:${at.getTime()}`,
    to: person.email,
    data: { name: person.name, at: at.toISOString(), ip: ctx.origin.ip ?? null },
  });
}
