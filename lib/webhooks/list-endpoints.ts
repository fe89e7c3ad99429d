import { view } from "#lib/db/transaction";
import { type Endpoint, mostEndpoints, toEndpoint } from "#lib/webhooks/endpoint";
import { type Listener, ownerOf, requireReader } from "#lib/webhooks/owner";

/** Every endpoint of the tenant, newest first; there are never many. */
export async function listEndpoints(ctx: Listener): Promise<Endpoint[]> {
  requireReader(ctx);
  const rows = await view(ctx, (tx) =>
    tx.webhookEndpoint.findMany({
      where: { tenantId: ownerOf(ctx) },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      include: { standing: true },
      take: mostEndpoints,
    }),
  );
  return rows.map(toEndpoint);
}
