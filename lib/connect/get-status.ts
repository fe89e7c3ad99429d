import type { ConnectStatus } from "#lib/connect/status";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Where the tenant is on its way to taking payments. Anybody of it may know that much. */
export async function getStatus(ctx: TenantContext): Promise<ConnectStatus> {
  requirePermission(ctx, "tenant:read");
  const { tenantId } = ctx;
  const kept = await view(ctx, (tx) => tx.connectedAccount.findUnique({ where: { tenantId } }));
  return kept?.status ?? "invited";
}
