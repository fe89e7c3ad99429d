import { liveStatuses } from "#lib/billing/subscription";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { actAs } from "#lib/events/act-as";
import type { Owned } from "#lib/events/converger";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { askForSync } from "#lib/seats/decide-seats";
import { chargePeak, keepPeak } from "#lib/seats/keep-peak";
import { isPending, lockPool, type Pool, readPool } from "#lib/seats/pool";
import { restoreQuantity } from "#lib/seats/quantity";
import { seatMembers } from "#lib/seats/seat-members";
import { isOutdated, wasChosen } from "#lib/seats/was-chosen";
import { instantFrom, type StripeSubscription } from "#lib/stripe/objects";

type Bought = { id: string; tenantId: string; versionId: string | null; seats: number };

/**
 * Keeps each tenant's seats with the subscription that pays for them. Comes after the subscription
 * itself is kept. Another plan brings its quantity along; a quantity that differs under the same
 * plan is looked into by a job, because it takes Stripe's word of this moment.
 */
export async function projectSeats(
  tx: Tx,
  seen: readonly Owned<StripeSubscription>[],
  ctx: Context,
): Promise<void> {
  const rows = await tx.subscription.findMany({
    where: { id: { in: seen.map(({ id }) => id) } },
    select: { id: true, tenantId: true, versionId: true, seats: true, status: true },
    orderBy: { tenantId: "asc" }, // So that none deadlock.
  });
  const byId = new Map(seen.map((one) => [one.id, one]));
  for (const { status, seats, ...row } of rows) {
    const one = byId.get(row.id)!;
    await actAs(tx, "seats.follow-subscription", one.traceId);
    const pool = await lockPool(tx, row.tenantId);
    const isLive = (liveStatuses as readonly string[]).includes(status);
    if (!isLive || seats === null) await closePool(tx, ctx, pool, one);
    else if (pool?.subscriptionId !== row.id) await openPool(tx, ctx, pool, { ...row, seats });
    else {
      await keepPeak(tx, ctx, pool, { isPaused: status === "paused", at: one.instant });
      await follow(tx, ctx, (await readPool(tx, row.tenantId))!, { ...row, seats }, one.instant);
    }
  }
}

type Ended = Owned<StripeSubscription>;

/** No true-up comes any more: what is not billed by now is a charge. */
async function closePool(tx: Tx, ctx: Context, pool: Pool | null, { id, ...seen }: Ended) {
  if (pool?.subscriptionId !== id) return;
  const { ended_at: endedAt } = seen.object;
  const to = endedAt === null ? seen.instant : instantFrom(endedAt);
  await chargePeak(tx, ctx, pool, { why: "ended", to });
  await tx.seatPool.delete({ where: { id: pool.id } });
}

async function openPool(tx: Tx, ctx: Context, old: Pool | null, bought: Bought): Promise<void> {
  if (old && (await isLater(tx, old.subscriptionId, bought.id))) return;
  if (old) await tx.seatPool.delete({ where: { id: old.id } });
  const { id: subscriptionId, tenantId, versionId, seats } = bought;
  const poolId = newId("seatPool", ctx.now());
  await tx.seatPool.create({
    data: {
      ...{ id: poolId, tenantId, subscriptionId, versionId, seats, revision: 0 },
      decidedAt: ctx.now(),
    },
  });
  await tx.seatSync.create({ data: { poolId, tenantId, stripeSeats: seats } });
  await seatMembers(tx, ctx, { tenantId, versionId, seats });
  await askToSettle(tx, tenantId);
}

/** Events keep no order: one about a subscription of the past opens nothing. */
async function isLater(tx: Tx, currentId: string, otherId: string): Promise<boolean> {
  const rows = await tx.subscription.findMany({
    where: { id: { in: [currentId, otherId] }, status: { in: [...liveStatuses] } },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  return rows[0]?.id === currentId;
}

async function follow(
  tx: Tx,
  ctx: Context,
  pool: Pool,
  bought: Bought,
  instant: Date,
): Promise<void> {
  const { versionId, seats, tenantId } = bought;
  await tx.seatSync.update({ where: { poolId: pool.id }, data: { stripeSeats: seats } });
  if (isPending(pool)) await askForSync(tx, tenantId);
  if (versionId !== pool.versionId) return changePlan(tx, ctx, pool, bought);
  if (seats === pool.seats || isPending(pool)) return;
  // What Stripe had before it last heard of us may be our own word overtaken: the job asks.
  const isNewer = pool.sync.sentAt === null || instant > pool.sync.sentAt;
  if (isNewer && (await wasChosen(tx, pool, seats))) {
    await tx.seatPool.update({ where: { id: pool.id }, data: { seats } });
  }
  await askToSettle(tx, tenantId);
}

/** Another plan brings its quantity along, unless seats were decided since it was chosen. */
async function changePlan(tx: Tx, ctx: Context, pool: Pool, bought: Bought): Promise<void> {
  const { versionId, seats, tenantId } = bought;
  const isOurs = isPending(pool) || (await isOutdated(tx, pool, seats));
  const adopted = isOurs ? {} : { seats };
  await tx.seatPool.update({ where: { id: pool.id }, data: { versionId, ...adopted } });
  if (isOurs && !isPending(pool)) await restoreQuantity(tx, ctx, pool);
  await seatMembers(tx, ctx, { tenantId, versionId, seats: adopted.seats ?? pool.seats });
  await askToSettle(tx, tenantId);
}

/** Has a job see to what follows: who sits, who is too many, what Stripe says differently. */
export function askToSettle(tx: Tx, tenantId: string): Promise<void> {
  return enqueue(tx, "seats.settle", { tenantId }, { key: `seats.settle:${tenantId}` });
}
