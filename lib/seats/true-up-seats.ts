import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { findSeatItem } from "#lib/seats/find-seat-item";
import { isPending, lockPool, type Pool, readPool } from "#lib/seats/pool";
import { readSeatPolicy, seatBillingRules } from "#lib/seats/seat-policy";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { LiveItem } from "#lib/stripe/gateway-subscriptions";

/** How long before a period's end its seats are reckoned up, so that they are on its invoice. */
const leadMs = 3_600_000;

/** Reckons up the seats of every tenant that pays at a period's end, where that end is near. */
export async function trueUpSeats(ctx: Context, gateway: StripeGateway): Promise<void> {
  const waiting = await view(
    ctx,
    (tx) => tx.$queryRaw<{ tenantId: string }[]>`
      select p.tenant_id as "tenantId" from seat_pools p
      join seat_syncs s on s.pool_id = p.id join subscriptions b on b.id = p.subscription_id
      where s.sent_revision < p.revision and b.status in ('trialing', 'active', 'past_due')
        and (b.current_period_end <= ${new Date(ctx.now().getTime() + leadMs)}
          or s.peak_since < b.current_period_end - case b.interval
            when 'year' then interval '1 year' else interval '1 month' end)
      order by p.id limit 500`,
  );
  for (const { tenantId } of waiting) await trueUpTenant(ctx, { tenantId }, gateway);
}

/**
 * Has Stripe bill the most seats of the period, the extra ones from when they came, and begin the
 * next period with those of now. What the period ended without is told to an admin.
 */
export async function trueUpTenant(
  ctx: Context,
  { tenantId }: { tenantId: string },
  gateway: StripeGateway,
): Promise<void> {
  const pool = await view(ctx, (tx) => findHeld(tx, tenantId));
  const live = pool && (await gateway.readSubscription(pool.subscriptionId));
  const item = live && (await view(ctx, (tx) => findSeatItem(tx, live.items)));
  if (!pool || !item || item.quantity === null) return;

  await tell(pool, item, item.quantity, gateway);
  await transact(ctx, "seats.true-up", async (tx) => {
    const now = await lockPool(tx, tenantId);
    if (now?.id !== pool.id) return;
    // Seats that came while Stripe was told begin the next peak.
    const isSame = now.revision === pool.revision;
    await tx.seatSync.update({
      where: { poolId: pool.id },
      data: {
        ...{ sentRevision: pool.revision, sentAt: ctx.now(), stripeSeats: pool.seats },
        ...{ peakSeats: isSame ? null : now.seats, peakSince: isSame ? null : now.decidedAt },
      },
    });
    if (!isLate(pool, item)) return;
    await tx.seatDrift.create({
      data: {
        id: newId("seatDrift", ctx.now()),
        ...{ tenantId, subscriptionId: pool.subscriptionId, seats: pool.sync.peakSeats! },
        ...{ stripeSeats: item.quantity!, rule: "ask", status: "dismissed" },
        why: whyLate(pool, item),
        ...{ foundAt: ctx.now(), settledAt: ctx.now() },
      },
    });
  });
}

async function findHeld(tx: Parameters<typeof readPool>[0], tenantId: string) {
  const pool = await readPool(tx, tenantId);
  if (!pool || !isPending(pool)) return null;
  const policy = await readSeatPolicy(tx, pool.versionId);
  return seatBillingRules[policy.billing].isHeld ? pool : null;
}

async function tell(pool: Pool, item: LiveItem, quantity: number, gateway: StripeGateway) {
  const { id, revision, subscriptionId, seats, sync } = pool;
  const change = { subscriptionId, itemId: item.itemId };
  const peak = sync.peakSeats ?? quantity;
  const key = `seats:${id}:${revision}:${item.periodEnd.getTime()}`;
  if (peak > quantity) {
    const since = isLate(pool, item) ? item.periodStart : sync.peakSince;
    await gateway.changeQuantity({
      ...{ ...change, quantity: peak, proration: "create_prorations", prorationAt: since },
      key: `${key}:peak`,
    });
  }
  if (seats !== Math.max(peak, quantity)) {
    await gateway.changeQuantity({
      ...{ ...change, quantity: seats, proration: "none", prorationAt: null },
      key: `${key}:next`,
    });
  }
}

/** The period in which the extra seats came is over: Stripe bills only within the one of now. */
function isLate({ sync: { peakSince } }: Pool, { periodStart }: LiveItem): boolean {
  return peakSince !== null && peakSince < periodStart;
}

function whyLate({ sync }: Pool, { periodStart, quantity }: LiveItem): string {
  const extra = sync.peakSeats! - (quantity ?? 0);
  const from = sync.peakSince!.toISOString();
  const to = periodStart.toISOString();
  const what = `The period ended before its seats were reckoned up: ${extra} extra`;
  return `${what} from ${from} to ${to} are not billed. Bill them by hand, or let them go.`;
}
