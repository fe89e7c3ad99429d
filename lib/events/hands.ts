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
/** So long after a look that found little the next is put off: what comes is one batch. */
const lingerMs = 15;
/** As long where more than a few were found: of much that comes, larger batches are faster. */
const streamMs = 100;
const fewAtMost = 8;
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
      linger.hurry(true);
      while (looking() || batches.size + questions.size > 0) {
        await Promise.all([looking(), ...batches, ...questions]);
      }
      linger.hurry(false);
    },
  };
}

/**
 * Puts looks apart as long as they find less than `much`, so that a trickle comes in batches. While
 * somebody waits for the end of it nothing is put apart.
 */
function createLinger(much: number) {
  let waitMs = 0;
  let lookedAt = 0;
  let inHurry = 0;
  let pausing = new AbortController();
  return {
    before: async (): Promise<void> => {
      const left = lookedAt + waitMs - performance.now();
      if (inHurry === 0 && left > 0) await until(left, pausing.signal);
      lookedAt = performance.now();
    },
    found: (count: number): void => {
      if (count >= much) waitMs = 0;
      else waitMs = count > fewAtMost ? streamMs : lingerMs;
    },
    hurry: (isOn: boolean): void => {
      inHurry += isOn ? 1 : -1;
      pausing.abort();
      pausing = new AbortController();
    },
  };
}

/** Pauses, or less where it is told to. */
async function until(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
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
