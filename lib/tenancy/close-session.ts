import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/** Signs one browser out: whoever holds the session id. Doing it again changes nothing. */
export async function closeSession(ctx: Context, sessionId: string): Promise<void> {
  await transact(asSystem(ctx), "tenancy.close-session", (tx) =>
    tx.session.updateMany({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: ctx.now() },
    }),
  );
}
