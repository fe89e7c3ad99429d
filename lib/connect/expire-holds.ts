import { endHold } from "#lib/connect/end-hold";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { asSystem } from "#lib/tenancy/as-system";

/** Ends the holds whose day has come. */
export async function expireHolds(ctx: Context): Promise<number> {
  const system = asSystem(ctx);
  const due = await view(system, (tx) =>
    tx.connectHold.findMany({
      where: { endedAt: null, until: { lte: ctx.now() } },
      orderBy: { until: "asc" },
      take: 500,
      select: { id: true, tenantId: true },
    }),
  );
  for (const hold of due) {
    const end = { ending: "expired", endedById: null, endNote: "Its day has come." } as const;
    await transact(system, "connect.expire-hold", (tx) => endHold(tx, system, hold, end));
  }
  return due.length;
}
