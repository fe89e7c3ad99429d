import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import type { BreakerState, Breakers } from "#lib/stripe/breakers";

const beatMs = 10_000;

export type Recording = { stop(): Promise<void> };

/**
 * Keeps in the database how this process's requests to Stripe fare, so that any process can show
 * it: each change at once, and every ten seconds that what is not closed still is not.
 */
export function recordBreakers(
  ctx: Context,
  { process, breakers }: { process: string; breakers: Breakers },
  onError: (error: unknown) => void,
): Recording {
  let writing = Promise.resolve();
  const write = (states: readonly BreakerState[]): void => {
    if (states.length === 0) return;
    writing = writing.then(() => keep(ctx, process, states)).catch(onError);
  };
  breakers.onChange((state) => write([state]));
  const beat = setInterval(() => {
    write(breakers.list().filter(({ state }) => state !== "closed"));
  }, beatMs);
  beat.unref(); // A process that has nothing else to do may end.
  return {
    stop: () => {
      clearInterval(beat);
      return writing;
    },
  };
}

async function keep(ctx: Context, process: string, states: readonly BreakerState[]): Promise<void> {
  const now = ctx.now();
  await transact(ctx, "events.record-breakers", async (tx) => {
    for (const { account, route, state, openings, openedAt, retryAt } of states) {
      const data = { status: state, openings, openedAt, retryAt, seenAt: now };
      const key = { process, account, route };
      const known = await tx.breaker.findUnique({ where: { process_account_route: key } });
      const changedAt = known?.status === state ? known.changedAt : now;
      await tx.breaker.upsert({
        where: { process_account_route: key },
        update: { ...data, changedAt },
        create: { ...key, ...data, changedAt },
      });
    }
  });
}
