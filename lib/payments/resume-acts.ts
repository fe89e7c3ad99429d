import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { enqueue } from "#lib/jobs/enqueue";
import { asSystem } from "#lib/tenancy/as-system";

/** After so long whoever began an act has ended it or is dead. */
const abandonedMs = 5 * 60_000;

/** Asks again for every act that was decided and never ended, however long Stripe was away. */
export async function resumeActs(ctx: Context): Promise<number> {
  return transact(asSystem(ctx), "payments.resume-acts", async (tx) => {
    const rows = await tx.moneyAct.findMany({
      where: {
        status: "requested",
        requestedAt: { lt: new Date(ctx.now().getTime() - abandonedMs) },
      },
      select: { id: true },
      orderBy: { requestedAt: "asc" },
      take: 500,
    });
    for (const { id } of rows) {
      await enqueue(tx, "payments.carry-out-act", { actId: id }, { key: `act:${id}` });
    }
    return rows.length;
  });
}
