import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";

/** A demo company and its connected account, by its slug. */
export async function accountOf(
  ctx: Context,
  slug: string,
): Promise<{ account: string; tenantId: string }> {
  const { id: tenantId } = await view(ctx, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { slug } }),
  );
  const kept = await view(ctx, (tx) =>
    tx.connectedAccount.findUniqueOrThrow({ where: { tenantId } }),
  );
  return { account: kept.accountId, tenantId };
}
