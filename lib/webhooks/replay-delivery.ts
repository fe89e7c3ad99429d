import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import { holdEndpoint, requireOn } from "#lib/webhooks/find-endpoint";
import { type Listener, ownerOf, requireChanger } from "#lib/webhooks/owner";

/**
 * Sends one message again, at once, under its own id, whether it arrived before or not. Its
 * schedule of tries begins anew. One that waits for its next try is only tried sooner.
 */
export async function replayDelivery(
  ctx: Listener,
  { deliveryId }: { deliveryId: string },
): Promise<void> {
  requireChanger(ctx);
  const dueAt = ctx.now();

  await transact(ctx, "webhooks.replay-delivery", async (tx) => {
    const where = { id: deliveryId, tenantId: ownerOf(ctx) };
    const found = await tx.webhookDelivery.findFirst({ where, select: { endpointId: true } });
    if (!found) throw new Refusal("not_found", "There is no such delivery.");
    const endpoint = await holdEndpoint(tx, ctx, found.endpointId);
    requireOn(endpoint);
    // Of what is being sent at this instant nothing changes: its answer decides.
    await tx.$executeRaw`update webhook_deliveries
      set due_at = ${dueAt}, status = 'queued', failed_at = null,
        attempts_spent = case when status = 'queued' then attempts_spent else attempts end
      where id = ${deliveryId} and tenant_id = ${ownerOf(ctx)}
        and (claimed_until is null or claimed_until < clock_timestamp())`;
    const { id: endpointId, failingSince } = endpoint;
    await askForTurn(tx, { endpointId, isFailing: failingSince !== null });
  });
}
