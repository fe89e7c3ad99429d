import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { countTaken, readPool } from "#lib/seats/pool";
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
  const isUp = until !== null && until <= ctx.now();
  if (isUp)
    await tx.$executeRaw`
    delete from seat_assignments where id in (
      select a.id from seat_assignments a left join members m on m.id = a.member_id
      where a.tenant_id = ${tenantId}
      order by a.invitation_id is null, coalesce(m.role = 'owner', false),
        a.created_at desc, a.id desc limit ${over})`;
  await tx.seatSync.update({
    where: { poolId: pool.id },
    data: { overSince: isUp ? null : overSince },
  });
}
