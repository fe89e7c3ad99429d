import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { PersonContext } from "#lib/tenancy/context";

/** Signs one of the person's own browsers out, at once. */
export async function revokeSession(
  ctx: PersonContext,
  input: { sessionId: string },
): Promise<void> {
  await transact(ctx, "tenancy.revoke-session", async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: input.sessionId, userId: ctx.userId, revokedAt: null },
      data: { revokedAt: ctx.now() },
    });
    if (!count) throw new Refusal("not_found", "This browser is signed out already.");
  });
}
