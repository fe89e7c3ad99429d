import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import { agrees } from "#lib/usage/compare-usage";
import type { Waiting } from "#lib/usage/flush-usage";

const hourMs = 3_600_000;

/**
 * Events whose sending was cut off so long ago that Stripe may not know their id any more: sending
 * again could count them twice. Stripe's own count of their hour says whether they arrived. Where
 * it says neither, they wait for a person, and the comparison shows them.
 */
export async function settleUncertain(
  ctx: Context,
  gateway: StripeGateway,
  uncertain: readonly Waiting[],
): Promise<void> {
  for (const one of uncertain) {
    const from = new Date(Math.floor(one.stampedAt.getTime() / hourMs) * hourMs);
    const to = new Date(from.getTime() + hourMs);
    const counted = Number(await gateway.readMeterCount({ ...one, from, to }));
    const { sent, others } = await readHour(ctx, one, { from, to });
    const hasArrived = agrees(counted, sent + Number(one.value));
    const isMissing = agrees(counted, sent);
    if (others === 0 && hasArrived !== isMissing) {
      // Not arrived: its id is free again, and it begins anew.
      const data = hasArrived ? { sentAt: ctx.now() } : { triedAt: null };
      await update(ctx, one.id, data);
    } else {
      const error = "It was cut off while it was sent, and Stripe's count does not say which way.";
      await update(ctx, one.id, { error });
    }
  }
}

async function readHour(ctx: Context, one: Waiting, { from, to }: { from: Date; to: Date }) {
  const inHour = await view(ctx, (tx) =>
    tx.usageFlush.findMany({
      where: {
        ...{ tenantId: one.tenantId, meterKey: one.meterKey, refusedAt: null },
        ...{ stampedAt: { gte: from, lt: to }, id: { not: one.id }, triedAt: { not: null } },
      },
    }),
  );
  const sent = inHour.filter(({ sentAt }) => sentAt !== null);
  return {
    sent: sent.reduce((sum, { value }) => sum + Number(value), 0),
    others: inHour.length - sent.length,
  };
}

function update(ctx: Context, id: string, data: object): Promise<unknown> {
  return transact(ctx, "usage.settle-flush", (tx) =>
    tx.usageFlush.updateMany({ where: { id, sentAt: null }, data }),
  );
}
