import { setTimeout as pause } from "node:timers/promises";
import pLimit from "p-limit";
import type { Context } from "#lib/context";
import { type Claim, claimObjects } from "#lib/events/claim";
import { convergeObjects, type Means } from "#lib/events/converge-objects";
import { keyOf } from "#lib/events/converger";
import { LeaseLost, type Leases } from "#lib/events/leases";

export type Hands = {
  /** Looks for due objects soon, unless it is looking already. */
  wake(): void;
  /** Resolves once what is being looked for and what is in hand is done. */
  rest(): Promise<void>;
};

type Work = Means & {
  holder: string;
  /** How many batches are converged at once, and of how many objects each. */
  concurrency: number;
  batchSize: number;
  /** The partitions held now. None: nothing is claimed. */
  leases(): Leases;
  onLost(): Promise<void>;
  onHandled(events: number): void;
  onError(error: unknown, objectId: string | undefined): void;
};

const unrecordedPauseMs = 500;
/** So long after a look that found little nobody looks again: what comes meanwhile is one batch. */
const lingerMs = 15;
const asksAtOnce = 16;
const asksWaitingAtMost = 2_000;

/**
 * Converges due objects in batches side by side, each object in one hand only. What Stripe is asked
 * about stays in hand until it answers, and stands in no other's way.
 */
export function createHands(ctx: Context, work: Work): Hands {
  const asking = pLimit(asksAtOnce);
  const inHand = new Set<string>();
  const batches = new Set<Promise<void>>();
  const questions = new Set<Promise<void>>();
  const linger = createLinger(work.batchSize / 4);
  const look = async (): Promise<void> => {
    await linger.before();
    const partitions = [...work.leases().keys()];
    if (partitions.length === 0 || batches.size >= work.concurrency) return;
    if (asking.pendingCount > asksWaitingAtMost) return;
    const claims = await claimObjects(ctx, partitions, [...inHand], work.batchSize);
    linger.found(claims.length);
    if (claims.length === 0) return;
    for (const claim of claims) inHand.add(keyOf(claim));
    track(batches, convergeBatch(claims));
    wake(); // There may be more than one batch holds.
  };
  const convergeBatch = async (claims: readonly Claim[]): Promise<void> => {
    const holding = { holder: work.holder, fences: work.leases() };
    const reins = { asking, onFailure: work.onError, onHandled: work.onHandled };
    let asked: readonly Claim[] = [];
    await heard(work, async () => {
      const result = await convergeObjects(ctx, work, claims, holding, reins);
      asked = result.claims;
      track(
        questions,
        heard(work, () => result.done).finally(() => release(asked)),
      );
    });
    const still = new Set(asked.map(keyOf));
    release(claims.filter((claim) => !still.has(keyOf(claim))));
  };
  const release = (claims: readonly Claim[]): void => {
    for (const claim of claims) inHand.delete(keyOf(claim));
  };
  const track = (where: Set<Promise<void>>, running: Promise<void>): void => {
    const tracked = running.finally(() => {
      where.delete(tracked);
      wake();
    });
    where.add(tracked);
  };
  const { wake, looking } = createLoop(look, (error) => work.onError(error, undefined));

  return {
    wake,
    rest: async () => {
      while (looking() || batches.size + questions.size > 0) {
        await Promise.all([looking(), ...batches, ...questions]);
      }
    },
  };
}

/** Puts looks apart as long as they find less than `much`, so that a trickle comes in batches. */
function createLinger(much: number) {
  let isMuch = true;
  let lookedAt = 0;
  return {
    before: async (): Promise<void> => {
      if (!isMuch) await pause(Math.max(0, lookedAt + lingerMs - performance.now()));
      lookedAt = performance.now();
    },
    found: (count: number): void => {
      isMuch = count >= much;
    },
  };
}

/** Runs one look at a time, and another after it where it was woken meanwhile. */
function createLoop(look: () => Promise<void>, onError: (error: unknown) => void) {
  let isWanted = false;
  let looking: Promise<void> | undefined;
  const lookWhileWanted = async (): Promise<void> => {
    try {
      while (isWanted) {
        isWanted = false;
        await look();
      }
    } catch (error) {
      onError(error);
    }
  };
  const wake = (): void => {
    isWanted = true;
    looking ??= lookWhileWanted().finally(() => {
      looking = undefined;
    });
  };
  return { wake, looking: () => looking };
}

/** Losing a lease only says to look which are held; anything else could not even be put off. */
async function heard(work: Work, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof LeaseLost) return work.onLost();
    work.onError(error, undefined);
    await pause(unrecordedPauseMs);
  }
}
