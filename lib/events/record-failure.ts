import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { messageOf, Refusal } from "#lib/errors";

const attemptsAtMost = 10;
const longestPauseMs = 300_000;

/**
 * Puts events off: twice as long after each failure, with jitter, and to the dead letters in the
 * end. An outage of Stripe's is not the events' fault and never kills them.
 */
export async function recordFailure(
  ctx: Context,
  events: readonly { id: string; attempts: number }[],
  error: unknown,
): Promise<void> {
  const attempts = Math.max(0, ...events.map((event) => event.attempts)) + 1;
  const askedForMs = error instanceof Refusal ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  const grownMs = Math.min(longestPauseMs, 500 * 2 ** attempts) * (0.5 + Math.random());
  const pauseMs = Math.max(grownMs, askedForMs);
  const isOutage = error instanceof Refusal && error.code === "unavailable";
  const isDead = attempts >= attemptsAtMost && !isOutage;

  await transact(ctx, "events.record-failure", (tx) =>
    tx.inboxEvent.updateMany({
      where: { id: { in: events.map(({ id }) => id) }, status: "waiting" },
      data: {
        attempts: { increment: 1 },
        error: messageOf(error),
        ...(isDead
          ? { status: "dead", handledAt: ctx.now(), deadAt: ctx.now(), retryAt: null }
          : { retryAt: new Date(ctx.now().getTime() + pauseMs) }),
      },
    }),
  );
}
