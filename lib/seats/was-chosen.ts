import type { ChangeChoice } from "#lib/billing/change";
import type { Tx } from "#lib/db/client";
import type { Pool } from "#lib/seats/pool";

/** The seats that came with the tenant's own latest change of plan, and when it was decided. */
async function findChosen(tx: Tx, subscriptionId: string) {
  const change = await tx.subscriptionChange.findFirst({
    where: { subscriptionId, kind: "plan", status: { notIn: ["failed", "undone"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { choice: true, createdAt: true },
  });
  const choice = change?.choice as unknown as ChangeChoice | undefined;
  if (!change || choice?.kind !== "plan" || choice.why === "elsewhere") return null;
  return { seats: choice.to.seats, at: change.createdAt };
}

/** True where the tenant chose this quantity together with its plan, after it last chose seats. */
export async function wasChosen(tx: Tx, pool: Pool, quantity: number): Promise<boolean> {
  const chosen = await findChosen(tx, pool.subscriptionId);
  return chosen !== null && chosen.seats === quantity && chosen.at >= pool.decidedAt;
}

/** True where seats were decided after the change of plan that took effect with an older number. */
export async function isOutdated(tx: Tx, pool: Pool, quantity: number): Promise<boolean> {
  if (pool.revision === 0 || quantity === pool.seats) return false;
  const chosen = await findChosen(tx, pool.subscriptionId);
  return chosen !== null && chosen.at < pool.decidedAt;
}
