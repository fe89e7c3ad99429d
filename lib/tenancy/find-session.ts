import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";
import type { PersonContext } from "#lib/tenancy/context";
import { personOf } from "#lib/tenancy/person";

/**
 * The person behind a session id, as a context of their own. Nothing for a session that is
 * unknown, over or revoked: this is what makes signing out everywhere take effect at once.
 */
export async function findSession(
  ctx: Context,
  sessionId: string,
): Promise<PersonContext | undefined> {
  const session = await view(asSystem(ctx), (tx) =>
    tx.session.findFirst({
      where: { id: sessionId, revokedAt: null, expiresAt: { gt: ctx.now() } },
      include: { user: true },
    }),
  );
  if (!session) return undefined;

  const { userId } = session;
  return {
    ...ctx,
    actor: { kind: "person", userId },
    scope: { kind: "person", userId },
    userId,
    sessionId,
    person: personOf(session.user),
  };
}
