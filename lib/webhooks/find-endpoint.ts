import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { type Endpoint, toEndpoint } from "#lib/webhooks/endpoint";
import { type Listener, ownerOf } from "#lib/webhooks/owner";

/** The listener's endpoint, or a refusal: another's does not exist. */
export async function findEndpoint(tx: Tx, ctx: Listener, id: string): Promise<Endpoint> {
  const where = { id, tenantId: ownerOf(ctx) };
  const found = await tx.webhookEndpoint.findFirst({ where, include: { standing: true } });
  if (!found) throw new Refusal("not_found", "There is no such endpoint.");
  return toEndpoint(found);
}

/** The same, held until the transaction ends, so that what is sent meanwhile waits for us. */
export async function holdEndpoint(tx: Tx, ctx: Listener, id: string): Promise<Endpoint> {
  await tx.$queryRaw`select from webhook_standings
    where endpoint_id = ${id} and tenant_id = ${ownerOf(ctx)} for update`;
  return findEndpoint(tx, ctx, id);
}

/** What is off gets nothing; the refusal says what helps. */
export function requireOn({ state }: Endpoint): void {
  if (state === "off") throw new Refusal("conflict", "The endpoint is off. Turn it on first.");
}
