import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { enqueue } from "#lib/jobs/enqueue";
import { asSystem } from "#lib/tenancy/as-system";

/** After so long whoever began a move has ended it or is dead. */
const abandonedMs = 5 * 60_000;

/** Asks again for every move that was decided and never ended, however long Stripe was away. */
export async function resumeMoves(ctx: Context): Promise<number> {
  return transact(asSystem(ctx), "payouts.resume-moves", async (tx) => {
    const rows = await tx.moneyMove.findMany({
      where: {
        status: "requested",
        requestedAt: { lt: new Date(ctx.now().getTime() - abandonedMs) },
      },
      ...{ select: { id: true }, orderBy: { requestedAt: "asc" }, take: 500 },
    });
    for (const { id } of rows) {
      await enqueue(tx, "payouts.carry-out-move", { moveId: id }, { key: `move:${id}` });
    }
    return rows.length;
  });
}
