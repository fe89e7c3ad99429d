import { transact } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { parseDestination } from "#lib/webhooks/destination";
import { findEndpoint } from "#lib/webhooks/find-endpoint";
import type { UpdateEndpointInput } from "#lib/webhooks/input";
import { ourReach } from "#lib/webhooks/reach";

/** Changes where an endpoint is, what it is for, or what it is told. What waits goes there too. */
export async function updateEndpoint(
  ctx: TenantContext,
  { endpointId, ...input }: UpdateEndpointInput & { endpointId: string },
): Promise<void> {
  requirePermission(ctx, "developers:update");
  const { url, description, types } = input;
  const destination = url === undefined ? undefined : parseDestination(url, ourReach()).href;

  await transact(ctx, "webhooks.update-endpoint", async (tx) => {
    const { id } = await findEndpoint(tx, ctx, endpointId);
    await tx.webhookEndpoint.update({
      where: { id },
      data: {
        ...(destination === undefined ? {} : { url: destination }),
        ...(description === undefined ? {} : { description }),
        ...(types === undefined ? {} : { types }),
      },
    });
  });
}
