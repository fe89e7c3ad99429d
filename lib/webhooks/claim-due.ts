import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { bodyOf, plainHeaders } from "#lib/webhooks/message";
import { readSecrets } from "#lib/webhooks/secrets";
import { signMessage } from "#lib/webhooks/signing";

/** One try, begun and not yet made. */
export type Try = {
  readonly deliveryId: string;
  readonly endpointId: string;
  readonly number: number;
  readonly startedAt: Date;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** False where no secret could be opened; such a message is not sent. */
  readonly isSigned: boolean;
};

type Claimed = {
  id: string;
  type: string;
  occurred_at: Date;
  data: unknown;
  is_test: boolean;
  attempts: number;
};

/** How many messages may be on their way to one endpoint at once, from all workers together. */
export const mostAtOnce = 10;

/** Longer than any try takes. A sender that died holds a message no longer than this. */
export const claimSeconds = 60;

/**
 * Takes what is due at an endpoint, as much as may be sent at once, and writes that each try has
 * begun: a try that nobody ends is one whose sender died. Nobody else takes these meanwhile.
 */
export function claimDue(ctx: Context, endpointId: string): Promise<Try[]> {
  const startedAt = ctx.now();
  return transact(ctx, "webhooks.claim", async (tx) => {
    const endpoint = await holdEndpoint(tx, endpointId);
    if (!endpoint) return [];
    const claimed = await claim(tx, endpointId, startedAt);
    if (claimed.length === 0) return [];
    const secrets = await readSecrets(tx, endpointId, startedAt);
    const tries = claimed.map((delivery) =>
      toTry(delivery, { endpointId, url: endpoint.url, secrets, startedAt }),
    );
    await tx.webhookAttempt.createMany({
      data: tries.map(({ deliveryId, number, url, headers }) => ({
        ...{ deliveryId, number, url, startedAt, requestHeaders: headers },
        tenantId: endpoint.tenant_id,
      })),
    });
    return tries;
  });
}

/** One claim of an endpoint at a time, so that the count of what is on its way is right. */
async function holdEndpoint(tx: Tx, endpointId: string) {
  const [endpoint] = await tx.$queryRaw<{ url: string; tenant_id: string }[]>`
    select e.url, e.tenant_id from webhook_standings s
    join webhook_endpoints e on e.id = s.endpoint_id
    where s.endpoint_id = ${endpointId} and e.disabled_at is null for update of s`;
  return endpoint;
}

/** Leases are between machines, so the database's clock counts them. */
function claim(tx: Tx, endpointId: string, now: Date): Promise<Claimed[]> {
  return tx.$queryRaw<Claimed[]>`
    update webhook_deliveries d set attempts = d.attempts + 1,
      claimed_until = clock_timestamp() + make_interval(secs => ${claimSeconds})
    from (select id from webhook_deliveries
      where endpoint_id = ${endpointId} and status = 'queued' and due_at <= ${now}
        and (claimed_until is null or claimed_until < clock_timestamp())
      order by due_at, id
      limit greatest(0, ${mostAtOnce}::integer - (select count(*) from webhook_deliveries
        where endpoint_id = ${endpointId} and claimed_until > clock_timestamp()))
      for update skip locked) due
    where d.id = due.id
    returning d.id, d.type, d.occurred_at, d.data, d.is_test, d.attempts`;
}

type About = Pick<Try, "endpointId" | "url" | "startedAt"> & { secrets: readonly string[] };

function toTry(delivery: Claimed, { secrets, ...about }: About): Try {
  const { id, attempts, occurred_at: occurredAt, is_test: isTest } = delivery;
  const body = bodyOf({ type: delivery.type, occurredAt, data: delivery.data, isTest });
  const isSigned = secrets.length > 0;
  const signature = isSigned ? signMessage(id, body, secrets, about.startedAt) : {};
  const headers = { ...plainHeaders, ...signature };
  return { ...about, deliveryId: id, number: attempts, headers, body, isSigned };
}
