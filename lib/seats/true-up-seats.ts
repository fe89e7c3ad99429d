import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { formatMoney } from "#lib/money/format-money";
import type { Money } from "#lib/money/money";
import { findSeatItem } from "#lib/seats/find-seat-item";
import { isPending, lockPool, type Pool, readPool } from "#lib/seats/pool";
import { postSeatCharges } from "#lib/seats/post-seat-charges";
import { readSeatPolicy, seatBillingRules } from "#lib/seats/seat-policy";
import { writeSeatCharge } from "#lib/seats/write-seat-charge";
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
  await postSeatCharges(ctx, gateway);
}

/**
 * Has Stripe bill the most seats of the period, the extra ones from when they came, and begin the
 * next period with those of now. What a period ended without is a charge on the next invoice.
 */
export async function trueUpTenant(
  ctx: Context,
  { tenantId }: { tenantId: string },
  gateway: StripeGateway,
): Promise<void> {
  const held = await view(ctx, (tx) => findHeld(tx, tenantId));
  const live = held && (await gateway.readSubscription(held.subscriptionId));
  const item = live && (await view(ctx, (tx) => findSeatItem(tx, live.items)));
  if (!held || !item || item.quantity === null) return;

  // Decided before Stripe hears of anything: cut off afterwards, nothing is missed any more.
  const pool = isLate(held, item) ? await chargeMissed(ctx, held, item) : held;
  if (!pool) return;
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
  });
}

/**
 * The period in which extra seats came is over, and Stripe prorates only within the one of now: up
 * to its beginning they are a charge of their own. Null where somebody was faster.
 */
async function chargeMissed(ctx: Context, pool: Pool, item: LiveItem): Promise<Pool | null> {
  const { id: poolId, tenantId, subscriptionId, revision, sync } = pool;
  return transact(ctx, "seats.charge-missed", async (tx) => {
    const now = await lockPool(tx, tenantId);
    const isSame = now?.id === poolId && now.revision === revision;
    if (!isSame || now.sync.peakSince?.getTime() !== sync.peakSince?.getTime()) return null;
    const [bought, to] = [item.quantity ?? 0, item.periodStart];
    const cost = await writeSeatCharge(tx, ctx, now, { why: "missed", bought, to });
    await tx.seatSync.update({ where: { poolId }, data: { peakSince: to } });
    if (cost) {
      await tx.seatDrift.create({
        data: {
          id: newId("seatDrift", ctx.now()),
          ...{ tenantId, subscriptionId, seats: sync.peakSeats!, stripeSeats: bought },
          ...{ rule: "ask", status: "settled", why: whyLate(pool, item, cost) },
          ...{ foundAt: ctx.now(), settledAt: ctx.now() },
        },
      });
    }
    return readPool(tx, tenantId);
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
    await gateway.changeQuantity({
      ...{ ...change, quantity: peak, proration: "create_prorations" },
      prorationAt: sync.peakSince,
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

function isLate({ sync: { peakSince } }: Pool, { periodStart }: LiveItem): boolean {
  return peakSince !== null && peakSince < periodStart;
}

function whyLate({ sync }: Pool, { periodStart, quantity }: LiveItem, cost: Money): string {
  const extra = sync.peakSeats! - (quantity ?? 0);
  const from = sync.peakSince!.toISOString();
  const to = periodStart.toISOString();
  const what = `The period ended before its seats were reckoned up: ${extra} extra`;
  return `${what} from ${from} to ${to} are ${formatMoney(cost)} on the next invoice.`;
}
