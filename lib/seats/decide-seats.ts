import { type SubscriptionStatus, subscriptionStatuses } from "#lib/billing/subscription";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import { raisePeak } from "#lib/seats/peak";
import { countTaken, type Pool } from "#lib/seats/pool";
import {
  mostSeats,
  readSeatPolicy,
  type SeatPolicy,
  seatBillingRules,
} from "#lib/seats/seat-policy";

/** What may be done about seats while a subscription stands so. Who sits goes on sitting. */
const acts: Readonly<Record<string, { adds: boolean; reduces: boolean } | undefined>> = {
  trialing: { adds: true, reduces: true },
  active: { adds: true, reduces: true },
  past_due: { adds: false, reduces: true },
  unpaid: { adds: false, reduces: true },
  paused: { adds: false, reduces: false },
} satisfies Partial<Record<SubscriptionStatus, object>>;

/** The seats there are to be, and from when they are paid for where that was shown before. */
export type SeatsWanted = { seats: number; asOf?: Date | undefined };

/** A price stays as it was shown for so long. */
const shownForMs = 15 * 60_000;

/**
 * Decides how many seats a tenant pays for, in the transaction that holds its pool. Stripe is told
 * by a job, once for all decisions that came until then.
 */
export async function decideSeats(
  tx: Tx,
  ctx: Context,
  pool: Pool,
  wanted: SeatsWanted,
): Promise<void> {
  const { seats } = wanted;
  if (seats === pool.seats) return;
  const policy = await readSeatPolicy(tx, pool.versionId);
  await requireAllowed(tx, pool, seats, policy);

  const decidedAt = decidedFrom(wanted.asOf, ctx.now());
  await tx.seatPool.update({
    where: { id: pool.id },
    data: { seats, revision: { increment: 1 }, decidedAt },
  });
  await askToTell(tx, pool.tenantId);
  if (!seatBillingRules[policy.billing].isHeld) return askForSync(tx, pool.tenantId);
  await tx.seatSync.update({
    where: { poolId: pool.id },
    data: raisePeak({ ...pool.sync, bought: pool.sync.stripeSeats }, seats, decidedAt),
  });
}

/** Has a job tell Stripe. Those of one tenant that have not begun yet are one. */
export function askForSync(tx: Tx, tenantId: string, runAt?: Date): Promise<void> {
  const key = `seats.sync:${tenantId}`;
  return enqueue(tx, "seats.sync", { tenantId }, { key, ...(runAt && { runAt }) });
}

/** Has the tenant's systems told of another number of seats. */
export function askToTell(tx: Tx, tenantId: string): Promise<void> {
  const key = `entitlements.refresh:${tenantId}`;
  return enqueue(tx, "entitlements.refresh", { tenantId }, { key });
}

/** The most seats the plan and the platform's rules let a tenant have; null is no limit. */
export async function readSeatLimit(
  tx: Tx,
  versionId: string | null,
  { maxSeats }: SeatPolicy,
): Promise<number | null> {
  const version = versionId
    ? await tx.planVersion.findUnique({ where: { id: versionId }, include: wholeVersion })
    : null;
  const feature = version && toPlan(version).features.find(({ key }) => key === "seats");
  const limits = [maxSeats, feature?.limit].filter((limit) => typeof limit === "number");
  return limits.length > 0 ? Math.min(...limits) : null;
}

/** Why no seat can be bought while the subscription stands so; null where one can. */
export function whyNoMore(status: string): string | null {
  if (acts[status]?.adds) return null;
  if (status === "paused") return "The plan is paused. Resume it, then change its seats.";
  return "A payment is open. Pay it first, then add seats.";
}

async function requireAllowed(tx: Tx, pool: Pool, seats: number, policy: SeatPolicy) {
  const field = { field: "seats" };
  const { status } = await tx.subscription.findUniqueOrThrow({
    where: { id: pool.subscriptionId },
    select: { status: true },
  });
  const isMore = seats > pool.seats;
  if (isMore && !acts[status]?.adds) throw new Refusal("conflict", whyNoMore(status) ?? "", field);
  if (!isMore && !acts[status]?.reduces) {
    const { word } = subscriptionStatuses[status as SubscriptionStatus];
    const message = `The plan is ${word.toLowerCase()}. Its seats cannot change now.`;
    throw new Refusal("conflict", message, field);
  }
  const limit = (await readSeatLimit(tx, pool.versionId, policy)) ?? mostSeats;
  if (isMore && seats > limit) {
    const message = `This plan has at most ${limit} seats. Choose a larger plan for more.`;
    throw new Refusal("conflict", message, field);
  }
  const taken = await countTaken(tx, pool.tenantId);
  if (!isMore && seats < Math.min(taken, pool.seats)) {
    const message = `${taken} seats are taken. Free ${taken - seats} first, then give them back.`;
    throw new Refusal("conflict", message, field);
  }
}

function decidedFrom(asOf: Date | undefined, now: Date): Date {
  if (!asOf) return now;
  const age = now.getTime() - asOf.getTime();
  return age >= 0 && age <= shownForMs ? asOf : now;
}
