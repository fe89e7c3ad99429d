import { transact } from "#lib/db/transaction";
import type { PersonContext } from "#lib/tenancy/context";

/** Signs every browser of the person out, this one too. Their next request finds nobody. */
export async function signOutEverywhere(ctx: PersonContext): Promise<void> {
  await transact(ctx, "tenancy.sign-out-everywhere", (tx) =>
    tx.session.updateMany({
      where: { userId: ctx.userId, revokedAt: null },
      data: { revokedAt: ctx.now() },
    }),
  );
}
