import { randomUUID } from "node:crypto";
import type { Context } from "#lib/context";
import { listen } from "#lib/db/listen";
import { countDue } from "#lib/events/claim";
import type { Means } from "#lib/events/converge-objects";
import { createHands } from "#lib/events/hands";
import { type Leases, releaseLeases, renewLeases } from "#lib/events/leases";

export type InboxOptions = Means & {
  /** After this long without a sign, another worker takes over. At most 30 s. */
  leaseMs?: number;
  /** How many batches are converged at once, and of how many objects each. */
  concurrency?: number;
  batchSize?: number;
  onError?: (error: unknown, objectId: string | undefined) => void;
};
export type Inbox = {
  /** Resolves once nothing is due in this worker's partitions and nothing is in hand. */
  idle(): Promise<void>;
  /** Finishes what is in hand, then gives the partitions back. */
  stop(): Promise<void>;
};

/**
 * Works the inbox until stopped: holds a fair share of its partitions, hears of new events, and
 * converges the objects they are about, many at once. Outlives outages of the database.
 */
export function startInbox(ctx: Context, options: InboxOptions): Inbox {
  const { leaseMs = 15_000, concurrency = 3, batchSize = 512, onError = () => {} } = options;
  const holder = `worker-${process.pid}-${randomUUID().slice(0, 8)}`;
  let held: Leases = new Map();
  let handled = 0n;
  let isStopped = false;

  const renew = async (): Promise<void> => {
    try {
      held = await renewLeases(ctx, holder, leaseMs, handled);
    } catch (error) {
      onError(error, undefined);
    }
  };
  const leases = () => (isStopped ? new Map() : held);
  const onHandled = (events: number) => {
    handled += BigInt(events);
  };
  const hands = createHands(ctx, {
    ...{ onHandled },
    ...{ ...options, holder, concurrency, batchSize, onError, leases, onLost: renew },
  });

  let renewing = renew().then(hands.wake);
  const beat = setInterval(() => {
    renewing = renewing.then(renew).then(hands.wake);
  }, leaseMs / 3);
  const poll = setInterval(hands.wake, 1_000);
  const ear = listen(ctx.db.pool, "inbox", hands.wake);

  return {
    idle: async () => {
      await renewing;
      do {
        hands.wake();
        await hands.rest();
      } while ((await countDue(ctx, [...held.keys()])) > 0);
    },
    stop: async () => {
      isStopped = true;
      clearInterval(beat);
      clearInterval(poll);
      await Promise.all([ear.stop(), renewing]);
      await hands.rest();
      await releaseLeases(ctx, holder).catch((error) => onError(error, undefined));
    },
  };
}
