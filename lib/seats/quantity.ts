import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { askForSync, askToTell } from "#lib/seats/decide-seats";
import type { Pool } from "#lib/seats/pool";

/** Stripe's number becomes the tenant's. There is nothing to tell Stripe. */
export async function adoptQuantity(tx: Tx, pool: Pool, quantity: number): Promise<void> {
  await tx.seatPool.update({ where: { id: pool.id }, data: { seats: quantity } });
  await askToTell(tx, pool.tenantId);
}

/** The tenant's number is told to Stripe anew. */
export async function restoreQuantity(tx: Tx, ctx: Context, pool: Pool): Promise<void> {
  await tx.seatPool.update({
    where: { id: pool.id },
    data: { revision: { increment: 1 }, decidedAt: ctx.now() },
  });
  await askForSync(tx, pool.tenantId);
}
