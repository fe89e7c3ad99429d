import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { isEventType } from "#lib/webhooks/event-types";

type Listening = { id: string; tenant_id: string; types: string[] };

/**
 * Writes one delivery for each fact and each endpoint of its tenant that asked for its kind, in
 * the transaction of the facts; the same fact a second time changes nothing. Answers with the ids
 * of the deliveries that are new.
 */
export async function queueWebhooks(
  tx: Tx,
  ctx: Context,
  facts: readonly Fact[],
): Promise<string[]> {
  const told = facts.filter(({ kind, tenantId }) => tenantId !== null && isEventType(kind));
  if (told.length === 0) return [];
  const endpoints = await readListening(tx, [...new Set(told.map(({ tenantId }) => tenantId))]);
  const createdAt = ctx.now();
  const rows = told.flatMap(({ tenantId, kind, reference, data }) =>
    endpoints
      .filter((endpoint) => endpoint.tenant_id === tenantId && endpoint.types.includes(kind))
      .map((endpoint) => ({
        ...{ id: newId("webhookDelivery", createdAt), tenantId: endpoint.tenant_id },
        ...{ endpointId: endpoint.id, reference, type: kind, data, createdAt },
        status: "queued" as const,
      })),
  );
  if (rows.length === 0) return [];
  const inOrder = rows.sort((a, b) => keyOf(a).localeCompare(keyOf(b))); // So that none deadlock.
  const written = await tx.webhookDelivery.createManyAndReturn({
    ...{ data: inOrder, skipDuplicates: true, select: { id: true } },
  });
  return written.map(({ id }) => id);
}

/** Held against deletion until the deliveries are written: a missing one would fail the facts. */
function readListening(tx: Tx, tenantIds: readonly (string | null)[]): Promise<Listening[]> {
  return tx.$queryRaw<Listening[]>`
    select id, tenant_id, types from webhook_endpoints
    where tenant_id = any(${tenantIds}::text[]) and disabled_at is null
    order by id for key share`;
}

function keyOf({ endpointId, reference }: { endpointId: string; reference: string }): string {
  return `${endpointId} ${reference}`;
}
