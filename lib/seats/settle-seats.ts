import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { decideSeats } from "#lib/seats/decide-seats";
import { findSeatItem } from "#lib/seats/find-seat-item";
import { countTaken, isPending, lockPool, type Pool, readPool } from "#lib/seats/pool";
import { askToSettle } from "#lib/seats/project-seats";
import { adoptQuantity, restoreQuantity } from "#lib/seats/quantity";
import { releaseSeats } from "#lib/seats/release-seats";
import { readSeatPolicy, type SeatPolicy } from "#lib/seats/seat-policy";
import { wasChosen } from "#lib/seats/was-chosen";
import type { StripeGateway } from "#lib/stripe/gateway";

/**
 * Sees to what follows from a change of people, plan or quantity: seats nobody answers for any more
 * are free, what Stripe says differently is mended by the rules, and who is too many loses theirs
 * once the time for it is up.
 */
export async function settleSeats(
  ctx: Context,
  { tenantId, isCheck = false }: { tenantId: string; isCheck?: boolean },
  gateway: StripeGateway,
): Promise<void> {
  const asked = await askStripe(ctx, tenantId, gateway, isCheck);
  await transact(ctx, "seats.settle", async (tx) => {
    const pool = await lockPool(tx, tenantId);
    if (!pool) return;
    const policy = await readSeatPolicy(tx, pool.versionId);
    await freeUnanswered(tx, ctx, tenantId);
    if (asked) await compare(tx, ctx, pool, policy, asked);
    await giveBack(tx, ctx, tenantId, policy);
    await releaseSeats(tx, ctx, tenantId, policy);
  });
}

/** What Stripe had, and how the pool stood by then. */
type Asked = { quantity: number; revision: number; seats: number };

/** Stripe's quantity of this moment, where its mirror is not what was decided or a check is due. */
async function askStripe(
  ctx: Context,
  tenantId: string,
  gateway: StripeGateway,
  isCheck: boolean,
): Promise<Asked | null> {
  const pool = await view(ctx, (tx) => readPool(tx, tenantId));
  if (!pool || isPending(pool)) return null;
  if (!isCheck && pool.sync.stripeSeats === pool.seats) return null;
  const live = await gateway.readSubscription(pool.subscriptionId);
  if (!live) return null;
  const item = await view(ctx, (tx) => findSeatItem(tx, live.items));
  if (item?.quantity == null) return null;
  return { quantity: item.quantity, revision: pool.revision, seats: pool.seats };
}

/** An invitation that ran out keeps no seat. */
async function freeUnanswered(tx: Tx, ctx: Context, tenantId: string): Promise<void> {
  await tx.seatAssignment.deleteMany({
    where: { tenantId, invitation: { OR: [gone(ctx.now()), { status: { not: "pending" } }] } },
  });
}

const gone = (now: Date) => ({ expiresAt: { lte: now } });

async function compare(tx: Tx, ctx: Context, pool: Pool, policy: SeatPolicy, asked: Asked) {
  const { quantity } = asked;
  const isAsBefore = pool.revision === asked.revision && pool.seats === asked.seats;
  // Decided and told meanwhile, or the plan is another: what Stripe said is of before.
  if (!isAsBefore) return askToSettle(tx, pool.tenantId);
  await tx.seatSync.update({
    where: { poolId: pool.id },
    data: { checkedAt: ctx.now(), stripeSeats: quantity },
  });
  // Decided anew while Stripe was asked, or to be told at the period's end: Stripe knows less.
  if (isPending(pool)) return;
  if (quantity === pool.seats) return settleOpen(tx, ctx, pool.tenantId);
  if (await wasChosen(tx, pool, quantity)) return adoptQuantity(tx, pool, quantity);
  await mend(tx, ctx, pool, policy, quantity);
}

/** A quantity that differs: recorded once, and mended as the rules say. */
async function mend(tx: Tx, ctx: Context, pool: Pool, { drift: rule }: SeatPolicy, found: number) {
  const { tenantId, subscriptionId, seats } = pool;
  const open = await tx.seatDrift.findFirst({
    where: { tenantId, status: { in: ["proposed", "repairing"] } },
  });
  if (open?.stripeSeats === found && open.seats === seats) return;
  if (open) await settleOpen(tx, ctx, tenantId);
  const status = { adopt: "settled", restore: "repairing", ask: "proposed" } as const;
  await tx.seatDrift.create({
    data: {
      id: newId("seatDrift", ctx.now()),
      ...{ tenantId, subscriptionId, seats, stripeSeats: found, rule },
      why: whyOf(seats, found),
      status: status[rule],
      foundAt: ctx.now(),
      settledAt: rule === "adopt" ? ctx.now() : null,
    },
  });
  if (rule === "adopt") await adoptQuantity(tx, pool, found);
  if (rule === "restore") await restoreQuantity(tx, ctx, pool);
}

function whyOf(seats: number, found: number): string {
  return `Stripe bills ${found} seats and ${seats} were decided here: changed outside of Lockstep.`;
}

async function settleOpen(tx: Tx, ctx: Context, tenantId: string): Promise<void> {
  await tx.seatDrift.updateMany({
    where: { tenantId, status: { in: ["proposed", "repairing"] } },
    data: { status: "settled", settledAt: ctx.now() },
  });
}

/** A seat nobody sits on is given back, where the rules say so and the plan can change at all. */
async function giveBack(tx: Tx, ctx: Context, tenantId: string, policy: SeatPolicy) {
  if (!policy.givesBack) return;
  const pool = await readPool(tx, tenantId);
  const taken = await countTaken(tx, tenantId);
  if (!pool || taken >= pool.seats) return;
  const { status } = await tx.subscription.findUniqueOrThrow({
    where: { id: pool.subscriptionId },
    select: { status: true },
  });
  if (status === "paused") return;
  await decideSeats(tx, ctx, pool, { seats: Math.max(1, taken) });
}
