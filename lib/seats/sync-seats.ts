import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { messageOf } from "#lib/errors";
import { askForSync } from "#lib/seats/decide-seats";
import { findSeatItem } from "#lib/seats/find-seat-item";
import { isPending, type Pool, readPool } from "#lib/seats/pool";
import { readSeatPolicy, seatBillingRules } from "#lib/seats/seat-policy";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { LiveItem } from "#lib/stripe/gateway-subscriptions";

/** Stripe takes 200 changes of a subscription's quantities an hour; we make at most 180. */
export const syncGapMs = 20_000;
/** Longer than one request takes with all its tries. */
const leaseMs = 3 * 60_000;

/**
 * Tells Stripe how many seats a tenant has decided to have. However many decisions were made since
 * the last time, Stripe hears of the newest alone, and never of two at once.
 */
export async function syncSeats(
  ctx: Context,
  { tenantId }: { tenantId: string },
  gateway: StripeGateway,
): Promise<void> {
  const pool = await claim(ctx, tenantId);
  if (!pool) return;
  try {
    const quantity = await tell(ctx, pool, gateway);
    await finish(ctx, pool, { stripeSeats: quantity, error: null });
  } catch (error) {
    await finish(ctx, pool, { error: messageOf(error) });
    throw error;
  }
}

/** Takes the right to tell Stripe. Null where there is nothing to tell, or not yet. */
async function claim(ctx: Context, tenantId: string): Promise<Pool | null> {
  return transact(ctx, "seats.sync", async (tx) => {
    await tx.$queryRaw`select 1 from seat_syncs where tenant_id = ${tenantId} for update`;
    const pool = await readPool(tx, tenantId);
    if (!pool || !isPending(pool)) return null;
    const policy = await readSeatPolicy(tx, pool.versionId);
    if (seatBillingRules[policy.billing].isHeld) return null;

    const now = ctx.now();
    const free = freeAt(pool);
    if (free > now) {
      await askForSync(tx, tenantId, free);
      return null;
    }
    const sendingUntil = new Date(now.getTime() + leaseMs);
    await tx.seatSync.update({
      where: { poolId: pool.id },
      data: { sentAt: now, sendingUntil },
    });
    return pool;
  });
}

/** From when the next change may be sent. */
function freeAt({ sync: { sentAt, sendingUntil } }: Pool): Date {
  const afterGap = (sentAt?.getTime() ?? 0) + syncGapMs;
  return new Date(Math.max(afterGap, sendingUntil?.getTime() ?? 0));
}

/** Answers with the quantity Stripe has now. */
async function tell(ctx: Context, pool: Pool, gateway: StripeGateway): Promise<number> {
  const { subscriptionId, seats, revision, decidedAt } = pool;
  const live = await gateway.readSubscription(subscriptionId);
  const { item, policy } = await view(ctx, async (tx) => ({
    item: live && (await findSeatItem(tx, live.items)),
    policy: await readSeatPolicy(tx, pool.versionId),
  }));
  // What ended or is no longer sold by seats is heard of by its webhook, which closes the pool.
  if (!item || live?.status === "canceled") return pool.sync.stripeSeats;
  if (item.quantity === seats) return seats;

  const { proration } = seatBillingRules[policy.billing];
  const key = `seats:${pool.id}:${revision}:${seats}:${proration}`;
  const change = { subscriptionId, itemId: item.itemId, quantity: seats, proration };
  await gateway.changeQuantity({ ...change, key, prorationAt: withinPeriod(decidedAt, item) });
  return seats;
}

/** Stripe counts from an instant inside the period of now, and from now where it was before. */
function withinPeriod(decidedAt: Date, { periodStart, periodEnd }: LiveItem): Date | null {
  return decidedAt >= periodStart && decidedAt < periodEnd ? decidedAt : null;
}

type Outcome = { stripeSeats?: number; error: string | null };

async function finish(ctx: Context, pool: Pool, outcome: Outcome): Promise<void> {
  const { tenantId, revision } = pool;
  await transact(ctx, "seats.sync", async (tx) => {
    const isSent = outcome.error === null;
    await tx.seatSync.updateMany({
      where: { poolId: pool.id },
      data: {
        ...{ ...outcome, sendingUntil: null },
        ...(isSent && { sentRevision: revision, sentAt: ctx.now() }),
      },
    });
    if (!isSent) return;
    await tx.seatDrift.updateMany({
      where: { tenantId, status: "repairing" },
      data: { status: "settled", settledAt: ctx.now() },
    });
    const now = await readPool(tx, tenantId);
    if (now && isPending(now)) await askForSync(tx, tenantId, freeAt(now));
  });
}
