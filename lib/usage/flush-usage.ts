import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { logger } from "#lib/log";
import { isStripesNo } from "#lib/stripe/ask";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { mostStreamed } from "#lib/stripe/gateway-meters";
import { collectFlushes } from "#lib/usage/collect-flushes";
import { plainDecimal } from "#lib/usage/event";
import { settleUncertain } from "#lib/usage/settle-uncertain";

export type Waiting = {
  id: string;
  tenantId: string;
  meterKey: string;
  value: string;
  startsAt: Date;
  stampedAt: Date;
  triedAt: Date | null;
  eventName: string;
  meterId: string;
  customerId: string;
};

/** Stripe remembers an identifier for a day; an hour is left for clocks that differ. */
const rememberedMs = 23 * 3_600_000;
const roundsAtMost = 50;

/**
 * Tells Stripe what was used. Each event has the id of its row, and the row says that it was tried
 * before it is: cut off anywhere, the next run sends the same again, and Stripe counts it once.
 */
export async function flushUsage(
  ctx: Context,
  gateway: StripeGateway = stripeGateway(),
): Promise<{ sent: number }> {
  for (let round = 0; round < roundsAtMost && (await collectFlushes(ctx)) > 0; round += 1);
  let sent = 0;
  let stream: { token: string; expiresAt: Date } | undefined;
  for (let round = 0; round < roundsAtMost; round += 1) {
    const waiting = await readWaiting(ctx);
    const certain = waiting.filter((one) => !isForgotten(ctx, one));
    const uncertain = waiting.filter((one) => isForgotten(ctx, one));
    if (uncertain.length > 0) await settleUncertain(ctx, gateway, uncertain);
    if (waiting.length === 0) break;
    if (certain.length === 0) continue;
    await markTried(ctx, certain);
    if (!stream || stream.expiresAt.getTime() < ctx.now().getTime() + 60_000) {
      stream = await gateway.openMeterStream();
    }
    await send(ctx, gateway, stream.token, certain);
    sent += certain.length;
  }
  return { sent };
}

function isForgotten(ctx: Context, { triedAt }: Waiting): boolean {
  return triedAt !== null && triedAt.getTime() < ctx.now().getTime() - rememberedMs;
}

function readWaiting(ctx: Context): Promise<Waiting[]> {
  return view(
    ctx,
    (tx) => tx.$queryRaw<Waiting[]>`
      select f.id, f.tenant_id as "tenantId", f.meter_key as "meterKey", f.value::text as value,
        f.starts_at as "startsAt", f.stamped_at as "stampedAt", f.tried_at as "triedAt",
        m.event_name as "eventName", m.stripe_meter_id as "meterId",
        t.stripe_customer_id as "customerId"
      from usage_flushes f join meters m on m.key = f.meter_key join tenants t on t.id = f.tenant_id
      where f.sent_at is null and f.refused_at is null and f.error is null
      order by f.created_at, f.id limit ${mostStreamed}`,
  );
}

function markTried(ctx: Context, waiting: readonly Waiting[]): Promise<unknown> {
  const fresh = waiting.filter(({ triedAt }) => triedAt === null).map(({ id }) => id);
  return transact(ctx, "usage.try-flush", (tx) =>
    tx.usageFlush.updateMany({ where: { id: { in: fresh } }, data: { triedAt: ctx.now() } }),
  );
}

/** A no to all of a batch is a no to each in turn, so that one does not keep the others. */
async function send(
  ctx: Context,
  gateway: StripeGateway,
  token: string,
  batch: readonly Waiting[],
): Promise<void> {
  try {
    await gateway.streamMeterEvents(
      token,
      batch.map(({ id, eventName, customerId, value, stampedAt }) => ({
        ...{ identifier: id, eventName, customerId, value: plainDecimal(value), at: stampedAt },
      })),
    );
  } catch (error) {
    if (!isStripesNo(error)) throw error;
    if (batch.length > 1) {
      for (const one of batch) await send(ctx, gateway, token, [one]);
      return;
    }
    logger.warn({ error, flushId: batch[0]!.id }, "Stripe does not take a meter event");
    const refusal = { refusedAt: ctx.now(), error: messageOf(error) };
    await transact(ctx, "usage.refuse-flush", (tx) =>
      tx.usageFlush.updateMany({ where: { id: batch[0]!.id }, data: refusal }),
    );
    return;
  }
  const ids = batch.map(({ id }) => id);
  await transact(ctx, "usage.finish-flush", (tx) =>
    tx.usageFlush.updateMany({ where: { id: { in: ids } }, data: { sentAt: ctx.now() } }),
  );
}
