import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { askForTurn } from "#lib/webhooks/ask-for-turn";
import type { Endpoint } from "#lib/webhooks/endpoint";
import { holdEndpoint, requireOn } from "#lib/webhooks/find-endpoint";
import { replayDays } from "#lib/webhooks/input";
import { type Listener, ownerOf, requireChanger, tenantOfFacts } from "#lib/webhooks/owner";

const dayMs = 86_400_000;

/** One decision moves no more than this; what is left is told, and asked for again. */
const mostAtOnce = 5_000;

export type Replayed = {
  /** Failed before, and sent again. */
  readonly failed: number;
  /** Never queued for this endpoint, because it was off or not there yet. */
  readonly missed: number;
  readonly isAll: boolean;
};

/**
 * Sends an endpoint all it did not get since an instant: what failed, and what happened while it
 * was off. What arrived is left alone, by constraint: a fact is one delivery of an endpoint.
 */
export async function replaySince(
  ctx: Listener,
  { endpointId, since }: { endpointId: string; since: Date },
): Promise<Replayed> {
  requireChanger(ctx);
  requireRecent(since, ctx.now());

  return transact(ctx, "webhooks.replay-since", async (tx) => {
    const endpoint = await holdEndpoint(tx, ctx, endpointId);
    requireOn(endpoint);
    const failed = await requeueFailed(tx, endpoint.id, since, ctx.now());
    const missed = await queueMissed(tx, ctx, endpoint, since);
    const isFailing = endpoint.failingSince !== null;
    if (failed + missed > 0) await askForTurn(tx, { endpointId: endpoint.id, isFailing });
    return { failed, missed, isAll: failed < mostAtOnce && missed < mostAtOnce };
  });
}

function requireRecent(since: Date, now: Date): void {
  const field = { field: "since" };
  if (since > now) throw new Refusal("invalid", "Name an instant that has passed.", field);
  if (now.getTime() - since.getTime() > replayDays * dayMs) {
    const message = `Messages can be sent again for ${replayDays} days.`;
    throw new Refusal("invalid", message, field);
  }
}

function requeueFailed(tx: Tx, endpointId: string, since: Date, now: Date): Promise<number> {
  return tx.$executeRaw`
    update webhook_deliveries
    set status = 'queued', due_at = ${now}, failed_at = null, attempts_spent = attempts
    where id in (select id from webhook_deliveries
      where endpoint_id = ${endpointId} and failed_at is not null and created_at >= ${since}
      order by created_at desc limit ${mostAtOnce})`;
}

async function queueMissed(tx: Tx, ctx: Listener, endpoint: Endpoint, since: Date) {
  const { id: endpointId, types } = endpoint;
  const tenantId = ownerOf(ctx);
  const facts = await tx.$queryRaw<{ reference: string; kind: string; at: Date; data: object }[]>`
    select reference, kind, at, data from facts f
    where ${ofOwner(tenantId)} and at >= ${since} and kind = any(${[...types]}::text[])
      and not exists (select from webhook_deliveries d
        where d.endpoint_id = ${endpointId} and d.reference = f.reference)
    order by at desc, reference limit ${mostAtOnce}`;
  if (facts.length === 0) return 0;
  const createdAt = ctx.now();
  const { count } = await tx.webhookDelivery.createMany({
    data: facts.toReversed().map(({ reference, kind, at, data }) => ({
      ...{ id: newId("webhookDelivery", createdAt), tenantId, endpointId, reference, data },
      ...{ type: kind, occurredAt: at, createdAt, dueAt: createdAt, status: "queued" as const },
    })),
    skipDuplicates: true,
  });
  return count;
}

/** Asked so that an index answers: nothing equals null. */
function ofOwner(owner: string): Prisma.Sql {
  const tenantId = tenantOfFacts(owner);
  return tenantId === null ? Prisma.sql`tenant_id is null` : Prisma.sql`tenant_id = ${tenantId}`;
}
