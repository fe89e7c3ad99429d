import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { countTaken, type Pool, readPool } from "#lib/seats/pool";
import type { SeatPolicy } from "#lib/seats/seat-policy";

const dayMs = 86_400_000;

/** When those who are too many lose their seats; null while nobody is. */
export function overUntil(overSince: Date | null, { overDays }: SeatPolicy): Date | null {
  return overSince && new Date(overSince.getTime() + overDays * dayMs);
}

/**
 * Where fewer seats are bought than taken: notes since when, and once the time is up frees the
 * newest until they fit. Invited people come first, owners last.
 */
export async function releaseSeats(
  tx: Tx,
  ctx: Context,
  tenantId: string,
  policy: SeatPolicy,
): Promise<void> {
  const pool = await readPool(tx, tenantId);
  if (!pool) return;
  const over = (await countTaken(tx, tenantId)) - pool.seats;
  const overSince = over > 0 ? (pool.sync.overSince ?? ctx.now()) : null;
  const until = overUntil(overSince, policy);
  if (overSince && until && !pool.sync.overSince) await mailOver(tx, ctx, pool, { over, until });
  const isUp = until !== null && until <= ctx.now();
  if (isUp) {
    await tx.$executeRaw`
    delete from seat_assignments where id in (
      select a.id from seat_assignments a left join members m on m.id = a.member_id
      where a.tenant_id = ${tenantId}
      order by a.invitation_id is null, coalesce(m.role = 'owner', false),
        a.created_at desc, a.id desc limit ${over})`;
  }
  await tx.seatSync.update({
    where: { poolId: pool.id },
    data: { overSince: isUp ? null : overSince },
  });
}

/** Tells whoever looks after the bill, once each time it comes to this. */
async function mailOver(
  tx: Tx,
  ctx: Context,
  { id, tenantId, seats }: Pool,
  { over, until }: { over: number; until: Date },
): Promise<void> {
  const reference = `seats:${id}:over:${ctx.now().toISOString()}`;
  const fact = { kind: "seats.over", reference, tenantId, data: {} };
  const taken = `${seats + over} seats are taken and ${seats} are paid for.`;
  const newest = over === 1 ? "the newest loses theirs" : `the newest ${over} lose theirs`;
  const line = `${taken} Add seats or free some by ${day.format(until)}; after that ${newest}.`;
  await mailBillingPeople(tx, ctx, fact, ({ tenant, path }) => ({
    template: "plan-changed",
    data: {
      ...{ tenant, heading: "More seats are taken than paid for", line },
      ...{ action: "See the team", path: `${path}/team` },
    },
  }));
}

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });
