import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { type ResyncTarget, resyncObject } from "#lib/events/resync-object";

const askAgainMs = 40;

/** An object by its id; of the platform's own, where no account is named. */
export type Target = Omit<ResyncTarget, "account"> & { account?: string };

/**
 * Has objects asked for at Stripe now, rather than when their webhooks come, and
 * waits until their mirrors are written, with the facts that follow. False where that took too
 * long: the webhooks will bring it.
 */
export async function convergeNow(
  ctx: Context,
  targets: readonly Target[],
  withinMs = 4_000,
): Promise<boolean> {
  const at = ctx.now();
  const asked = { ...ctx, now: () => at };
  const ids = await Promise.all(targets.map((one) => resyncObject(asked, { account: "", ...one })));
  const system: Context = { ...ctx, scope: { kind: "system" } };
  for (const until = Date.now() + withinMs; ; ) {
    // Their instant is asked for too, because the inbox is partitioned by it.
    const waiting = await view(system, (tx) =>
      tx.inboxEvent.count({ where: { id: { in: ids }, instant: at, handledAt: null } }),
    );
    if (waiting === 0) return true;
    if (Date.now() > until) return false;
    await pause(askAgainMs);
  }
}
