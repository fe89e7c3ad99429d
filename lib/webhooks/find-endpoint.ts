import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { type Endpoint, toEndpoint } from "#lib/webhooks/endpoint";

/** The tenant's endpoint, or a refusal: another tenant's does not exist. */
export async function findEndpoint(tx: Tx, ctx: TenantContext, id: string): Promise<Endpoint> {
  const where = { id, tenantId: ctx.tenantId };
  const found = await tx.webhookEndpoint.findFirst({ where, include: { standing: true } });
  if (!found) throw new Refusal("not_found", "There is no such endpoint.");
  return toEndpoint(found);
}

/** The same, held until the transaction ends, so that what is sent meanwhile waits for us. */
export async function holdEndpoint(tx: Tx, ctx: TenantContext, id: string): Promise<Endpoint> {
  await tx.$queryRaw`select from webhook_standings
    where endpoint_id = ${id} and tenant_id = ${ctx.tenantId} for update`;
  return findEndpoint(tx, ctx, id);
}

/** What is off gets nothing; the refusal says what helps. */
export function requireOn({ state }: Endpoint): void {
  if (state === "off") throw new Refusal("conflict", "The endpoint is off. Turn it on first.");
}
