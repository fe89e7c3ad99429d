import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { askForTurns } from "#lib/webhooks/ask-for-turn";
import { isEventType } from "#lib/webhooks/event-types";
import { platformOwner } from "#lib/webhooks/owner";
import { isPlatformEventType } from "#lib/webhooks/platform-event-types";

type Listening = { id: string; tenant_id: string; types: string[]; is_failing: boolean };

/**
 * Writes one delivery for each fact and each endpoint of its owner that asked for its kind, in
 * the transaction of the facts; the same fact a second time changes nothing. Answers with the ids
 * of the deliveries that are new.
 */
export async function queueWebhooks(
  tx: Tx,
  ctx: Context,
  facts: readonly Fact[],
): Promise<string[]> {
  const told = facts.filter((fact) => ownerOf(fact) !== undefined);
  if (told.length === 0) return [];
  const endpoints = await readListening(tx, [...new Set(told.map((fact) => ownerOf(fact)!))]);
  const wanted = told.flatMap((fact) =>
    endpoints.filter((endpoint) => wants(endpoint, fact)).map((endpoint) => ({ fact, endpoint })),
  );
  if (wanted.length === 0) return [];
  const createdAt = ctx.now();
  const instants = await readInstants(tx, [...new Set(wanted.map(({ fact }) => fact.reference))]);
  const rows = wanted.map(({ fact: { kind, reference, data }, endpoint }) => ({
    ...{ id: newId("webhookDelivery", createdAt), tenantId: endpoint.tenant_id },
    ...{ endpointId: endpoint.id, reference, type: kind, data, createdAt },
    occurredAt: instants.get(reference) ?? createdAt,
    ...{ status: "queued" as const, dueAt: createdAt },
  }));
  const inOrder = rows.sort((a, b) => keyOf(a).localeCompare(keyOf(b))); // So that none deadlock.
  const written = await tx.webhookDelivery.createManyAndReturn({
    ...{ data: inOrder, skipDuplicates: true, select: { id: true, endpointId: true } },
  });
  const waiting = new Set(written.map(({ endpointId }) => endpointId));
  // Without a key: transactions that ask for one job would wait for each other's commit.
  const turns = endpoints
    .filter(({ id }) => waiting.has(id))
    .map(({ id, is_failing }) => ({ endpointId: id, isFailing: is_failing }));
  await askForTurns(tx, turns);
  return written.map(({ id }) => id);
}

function wants(endpoint: Listening, fact: Fact): boolean {
  return endpoint.tenant_id === ownerOf(fact) && endpoint.types.includes(fact.kind);
}

/** Who may be told: its tenant, or the platform where it is one of its own kinds; else nobody. */
function ownerOf({ tenantId, kind }: Fact): string | undefined {
  if (isPlatformEventType(kind)) return platformOwner;
  return tenantId !== null && isEventType(kind) ? tenantId : undefined;
}

/** Held against deletion until the deliveries are written: a missing one would fail the facts. */
function readListening(tx: Tx, owners: readonly string[]): Promise<Listening[]> {
  return tx.$queryRaw<Listening[]>`
    select e.id, e.tenant_id, e.types, coalesce(s.failing_since is not null, false) as is_failing
    from webhook_endpoints e left join webhook_standings s on s.endpoint_id = e.id
    where e.tenant_id = any(${owners}::text[]) and e.disabled_at is null
    order by e.id for key share of e`;
}

/** When each fact came to be, as the list of events says it too. */
async function readInstants(tx: Tx, references: string[]): Promise<Map<string, Date>> {
  const kept = await tx.fact.findMany({
    where: { reference: { in: references } },
    select: { reference: true, at: true },
  });
  return new Map(kept.map(({ reference, at }) => [reference, at]));
}

function keyOf({ endpointId, reference }: { endpointId: string; reference: string }): string {
  return `${endpointId} ${reference}`;
}
