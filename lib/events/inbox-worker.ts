import { randomUUID } from "node:crypto";
import type { Context } from "#lib/context";
import { listen } from "#lib/db/listen";
import { type Claim, claimObjects, countDue, keyOf } from "#lib/events/claim";
import { convergeObject, type Means } from "#lib/events/converge-object";
import { LeaseLost, type Leases, releaseLeases, renewLeases } from "#lib/events/leases";

export type InboxOptions = Means & {
  /** After this long without a sign, another worker takes over. At most 30 s. */
  leaseMs?: number;
  /** How many objects are converged at once. */
  concurrency?: number;
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
 * converges the objects they are about, each by itself. Outlives outages of the database.
 */
export function startInbox(ctx: Context, options: InboxOptions): Inbox {
  const { leaseMs = 15_000, concurrency = 8, onError = () => {} } = options;
  const holder = `worker-${process.pid}-${randomUUID().slice(0, 8)}`;
  const inHand = new Map<string, Promise<void>>();
  let leases: Leases = new Map();
  let isStopped = false;
  let isWanted = false;
  let pumping: Promise<void> | undefined;

  const renew = async () => {
    try {
      leases = await renewLeases(ctx, holder, leaseMs);
    } catch (error) {
      onError(error, undefined);
    }
  };
  const converge = async (claim: Claim): Promise<void> => {
    const fence = leases.get(claim.partition);
    if (fence === undefined) return;
    try {
      await convergeObject(ctx, options, claim, { holder, fence });
    } catch (error) {
      if (error instanceof LeaseLost) await renew();
      else onError(error, claim.objectId);
    }
  };
  const take = (claim: Claim): void => {
    const key = keyOf(claim);
    const work = converge(claim).finally(() => {
      inHand.delete(key);
      wake();
    });
    inHand.set(key, work);
  };
  const pump = async (): Promise<void> => {
    while (isWanted && !isStopped) {
      isWanted = false;
      const free = concurrency - inHand.size;
      if (free <= 0 || leases.size === 0) return;
      const claims = await claimObjects(ctx, [...leases.keys()], [...inHand.keys()], free);
      for (const claim of claims) take(claim);
    }
  };
  const wake = (): void => {
    isWanted = true;
    pumping ??= pump()
      .catch((error) => onError(error, undefined))
      .finally(() => {
        pumping = undefined;
        if (isWanted && !isStopped && inHand.size < concurrency && leases.size > 0) wake();
      });
  };

  const started = renew().then(wake);
  const beat = setInterval(() => void renew().then(wake), leaseMs / 3);
  const poll = setInterval(wake, 1_000);
  const ear = listen(ctx.db.pool, "inbox", wake);

  return {
    idle: async () => {
      await started;
      do {
        wake();
        await pumping;
        await Promise.all(inHand.values());
      } while (inHand.size > 0 || (await countDue(ctx, [...leases.keys()])) > 0);
    },
    stop: async () => {
      isStopped = true;
      clearInterval(beat);
      clearInterval(poll);
      await ear.stop();
      await started;
      await pumping;
      await Promise.all(inHand.values());
      await releaseLeases(ctx, holder).catch((error) => onError(error, undefined));
    },
  };
}
