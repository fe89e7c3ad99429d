import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { type Endpoint, mostEndpoints, toEndpoint } from "#lib/webhooks/endpoint";

/** Every endpoint of the tenant, newest first; there are never many. */
export async function listEndpoints(ctx: TenantContext): Promise<Endpoint[]> {
  requirePermission(ctx, "developers:read");
  const rows = await view(ctx, (tx) =>
    tx.webhookEndpoint.findMany({
      where: { tenantId: ctx.tenantId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: { standing: true },
      take: mostEndpoints,
    }),
  );
  return rows.map(toEndpoint);
}
