import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { parseDestination } from "#lib/webhooks/destination";
import { mostEndpoints } from "#lib/webhooks/endpoint";
import type { CreateEndpointInput } from "#lib/webhooks/input";
import { type Listener, ownerOf, requireChanger } from "#lib/webhooks/owner";
import { ourReach } from "#lib/webhooks/reach";
import { addSecret } from "#lib/webhooks/secrets";

/** Adds an endpoint. Its secret is in the answer and nowhere else. */
export async function createEndpoint(
  ctx: Listener,
  input: CreateEndpointInput,
): Promise<{ id: string; secret: string }> {
  requireChanger(ctx);
  const url = parseDestination(input.url, ourReach()).href;
  const tenantId = ownerOf(ctx);
  const createdAt = ctx.now();
  const id = newId("webhookEndpoint", createdAt);

  return transact(ctx, "webhooks.create-endpoint", async (tx) => {
    // Held, so that two at once cannot both be the last one.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`webhooks:${tenantId}`}))`;
    if ((await tx.webhookEndpoint.count({ where: { tenantId } })) >= mostEndpoints) {
      throw new Refusal("conflict", `There are at most ${mostEndpoints} endpoints.`);
    }
    const { description, types } = input;
    await tx.webhookEndpoint.create({
      data: { id, tenantId, url, description, types: [...types], createdAt },
    });
    await tx.webhookStanding.create({ data: { endpointId: id, tenantId } });
    return { id, secret: await addSecret(tx, { endpointId: id, tenantId }, createdAt) };
  });
}
