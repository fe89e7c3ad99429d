import { transact } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { holdEndpoint } from "#lib/webhooks/find-endpoint";

/** Takes an endpoint away for good, with its secrets and the record of what was sent to it. */
export async function deleteEndpoint(
  ctx: TenantContext,
  { endpointId }: { endpointId: string },
): Promise<void> {
  requirePermission(ctx, "developers:update");

  await transact(ctx, "webhooks.delete-endpoint", async (tx) => {
    const { id } = await holdEndpoint(tx, ctx, endpointId);
    await tx.webhookEndpoint.delete({ where: { id } });
  });
}
