import { transact } from "#lib/db/transaction";
import { holdEndpoint } from "#lib/webhooks/find-endpoint";
import { type Listener, requireChanger } from "#lib/webhooks/owner";

/** Takes an endpoint away for good, with its secrets and the record of what was sent to it. */
export async function deleteEndpoint(
  ctx: Listener,
  { endpointId }: { endpointId: string },
): Promise<void> {
  requireChanger(ctx);

  await transact(ctx, "webhooks.delete-endpoint", async (tx) => {
    const { id } = await holdEndpoint(tx, ctx, endpointId);
    await tx.webhookEndpoint.delete({ where: { id } });
  });
}
