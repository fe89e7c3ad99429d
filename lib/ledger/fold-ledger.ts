import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { enqueue } from "#lib/jobs/enqueue";

/** So many entries at once, or one posting: some hundred milliseconds, so that none waits long. */
const atOnce = 5_000;
const soonMs = 5_000;

/**
 * Adds what was posted to the balances and seals it, until nothing waits. Reading is exact without
 * it and costs more; it alone notices, by its seals, what is changed past the walls.
 */
export async function foldLedger(ctx: Context): Promise<number> {
  let folded = 0;
  for (;;) {
    const now = await transact(ctx, "ledger.fold", async (tx) => {
      const [answer] = await tx.$queryRaw<{ folded: number }[]>`
        select app.fold_ledger(${atOnce}, ${ctx.now()}) as folded`;
      return answer!.folded;
    });
    if (now === 0) return folded;
    folded += now;
  }
}

/** Folds, and while there is something to fold does so again in some seconds. */
export async function foldSoon(ctx: Context): Promise<void> {
  if ((await foldLedger(ctx)) === 0) return;
  // The queue's own clock is the machine's, also where ours is moved.
  const runAt = new Date(Date.now() + soonMs);
  await transact(ctx, "ledger.fold", (tx) =>
    enqueue(tx, "ledger.fold", {}, { key: "ledger.fold", runAt }),
  );
}
