import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { parseDestination } from "#lib/webhooks/destination";
import { mostEndpoints } from "#lib/webhooks/endpoint";
import type { CreateEndpointInput } from "#lib/webhooks/input";
import { ourReach } from "#lib/webhooks/reach";
import { addSecret } from "#lib/webhooks/secrets";

/** Adds an endpoint. Its secret is in the answer and nowhere else. */
export async function createEndpoint(
  ctx: TenantContext,
  input: CreateEndpointInput,
): Promise<{ id: string; secret: string }> {
  requirePermission(ctx, "developers:update");
  const url = parseDestination(input.url, ourReach()).href;
  const { tenantId } = ctx;
  const createdAt = ctx.now();
  const id = newId("webhookEndpoint", createdAt);

  return transact(ctx, "webhooks.create-endpoint", async (tx) => {
    // Held, so that two at once cannot both be the last one.
    await tx.$queryRaw`select from tenants where id = ${tenantId} for no key update`;
    if ((await tx.webhookEndpoint.count({ where: { tenantId } })) >= mostEndpoints) {
      throw new Refusal("conflict", `A workspace has at most ${mostEndpoints} endpoints.`);
    }
    const { description, types } = input;
    await tx.webhookEndpoint.create({ data: { id, tenantId, url, description, types, createdAt } });
    await tx.webhookStanding.create({ data: { endpointId: id, tenantId } });
    return { id, secret: await addSecret(tx, { endpointId: id, tenantId }, createdAt) };
  });
}
