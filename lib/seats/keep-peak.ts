import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { SeatChargeReason } from "#lib/db/generated/client";
import { isPending, type Pool } from "#lib/seats/pool";
import { readSeatPolicy, seatBillingRules } from "#lib/seats/seat-policy";
import { writeSeatCharge } from "#lib/seats/write-seat-charge";

/** Has the seats that wait for a true-up billed on an invoice to come, up to when there is none. */
export async function chargePeak(
  tx: Tx,
  ctx: Context,
  pool: Pool,
  { why, to }: { why: SeatChargeReason; to: Date },
): Promise<void> {
  if (!(await isHeld(tx, pool))) return;
  await writeSeatCharge(tx, ctx, pool, { why, bought: pool.sync.stripeSeats, to });
}

/**
 * A paused plan costs nothing: what came before is charged as it pauses, and extra seats count
 * anew from when it goes on.
 */
export async function keepPeak(
  tx: Tx,
  ctx: Context,
  pool: Pool,
  { isPaused, at }: { isPaused: boolean; at: Date },
): Promise<void> {
  const { seats, sync } = pool;
  const isCounted = sync.peakSince !== null;
  if (isPaused ? !isCounted : isCounted || seats <= sync.stripeSeats) return;
  if (!(await isHeld(tx, pool))) return;
  if (isPaused) await chargePeak(tx, ctx, pool, { why: "paused", to: at });
  await tx.seatSync.update({
    where: { poolId: pool.id },
    data: isPaused ? { peakSeats: null, peakSince: null } : { peakSeats: seats, peakSince: at },
  });
}

async function isHeld(tx: Tx, pool: Pool): Promise<boolean> {
  if (!isPending(pool)) return false;
  const { billing } = await readSeatPolicy(tx, pool.versionId);
  return seatBillingRules[billing].isHeld;
}
