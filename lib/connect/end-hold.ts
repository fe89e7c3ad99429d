import type { HoldEnd } from "#lib/connect/hold";
import { wordsOfStops } from "#lib/connect/hold";
import { keepHolds, lockHeldAccount } from "#lib/connect/keep-holds";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ConnectHold } from "#lib/db/generated/client";

type End = { ending: HoldEnd; endedById: string | null; endNote: string };

/**
 * Ends a hold, once: false where it has ended already. What other holds stop stays stopped. An
 * appeal that waits is answered by it.
 */
export async function endHold(
  tx: Tx,
  ctx: Context,
  { id, tenantId }: Pick<ConnectHold, "id" | "tenantId">,
  end: End,
): Promise<boolean> {
  const account = await lockHeldAccount(tx, tenantId);
  const endedAt = ctx.now();
  const { count } = await tx.connectHold.updateMany({
    where: { id, endedAt: null },
    data: { ...end, endedAt },
  });
  if (count === 0) return false;
  const { endedById, endNote } = end;
  await tx.connectAppeal.updateMany({
    where: { holdId: id, decidedAt: null },
    data: { decision: "granted", answer: endNote, decidedAt: endedAt, decidedById: endedById },
  });
  const hold = await tx.connectHold.findUniqueOrThrow({ where: { id } });
  await keepHolds(tx, ctx, account, `The hold of ${wordsOfStops(hold)} ended: ${endNote}`);
  return true;
}
