import { transact } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { holdApiKey } from "#lib/tenancy/find-api-key";
import { requirePermission } from "#lib/tenancy/permissions";

/** Shuts a key out for good, at once and everywhere. Doing it again changes nothing. */
export async function revokeApiKey(ctx: TenantContext, input: { keyId: string }): Promise<void> {
  requirePermission(ctx, "keys:update");
  await transact(ctx, "tenancy.revoke-api-key", async (tx) => {
    const { id, revokedAt } = await holdApiKey(tx, ctx, input.keyId);
    if (revokedAt) return;
    await tx.apiKey.update({ where: { id }, data: { revokedAt: ctx.now() } });
  });
}
