import type { Tx } from "#lib/db/client";
import type { SeatPool, SeatSync } from "#lib/db/generated/client";

/** What a tenant decided to pay for, and how far Stripe knows. */
export type Pool = SeatPool & { sync: SeatSync };

/**
 * The tenant's seats, held until the transaction ends: whoever takes, frees, buys or returns one
 * comes through here, one after the other. Null where its plan is not sold by seats.
 */
export async function lockPool(tx: Tx, tenantId: string): Promise<Pool | null> {
  await tx.$queryRaw`select 1 from seat_pools where tenant_id = ${tenantId} for update`;
  return readPool(tx, tenantId);
}

/** As `lockPool`, for looking alone. */
export async function readPool(tx: Tx, tenantId: string): Promise<Pool | null> {
  const row = await tx.seatPool.findUnique({ where: { tenantId }, include: { sync: true } });
  return row?.sync ? { ...row, sync: row.sync } : null;
}

/** True while Stripe has not been told of the latest decision. */
export function isPending({ revision, sync }: Pool): boolean {
  return sync.sentRevision < revision;
}

/** Seats that are taken, those kept for somebody invited among them. */
export function countTaken(tx: Tx, tenantId: string): Promise<number> {
  return tx.seatAssignment.count({ where: { tenantId } });
}
