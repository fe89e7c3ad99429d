import { transact } from "#lib/db/transaction";
import { parseDestination } from "#lib/webhooks/destination";
import { findEndpoint } from "#lib/webhooks/find-endpoint";
import type { UpdateEndpointInput } from "#lib/webhooks/input";
import { type Listener, requireChanger } from "#lib/webhooks/owner";
import { ourReach } from "#lib/webhooks/reach";

/** Changes where an endpoint is, what it is for, or what it is told. What waits goes there too. */
export async function updateEndpoint(
  ctx: Listener,
  { endpointId, ...input }: UpdateEndpointInput & { endpointId: string },
): Promise<void> {
  requireChanger(ctx);
  const { url, description, types } = input;
  const destination = url === undefined ? undefined : parseDestination(url, ourReach()).href;

  await transact(ctx, "webhooks.update-endpoint", async (tx) => {
    const { id } = await findEndpoint(tx, ctx, endpointId);
    await tx.webhookEndpoint.update({
      where: { id },
      data: {
        ...(destination === undefined ? {} : { url: destination }),
        ...(description === undefined ? {} : { description }),
        ...(types === undefined ? {} : { types: [...types] }),
      },
    });
  });
}
