import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "#lib/context";
import { type Claim, claimObjects, keyOf } from "#lib/events/claim";
import { convergeObject, type Means } from "#lib/events/converge-object";
import { LeaseLost, type Leases } from "#lib/events/leases";

export type Hands = {
  /** Looks for due objects soon, unless it is looking already. */
  wake(): void;
  /** Resolves once what is being looked for and what is in hand is done. */
  rest(): Promise<void>;
};

type Work = Means & {
  holder: string;
  concurrency: number;
  /** The partitions held now. None: nothing is claimed. */
  leases(): Leases;
  onLost(): Promise<void>;
  onError(error: unknown, objectId: string | undefined): void;
};

const claimsAtOnce = 128;
const unrecordedPauseMs = 500;

/** Converges due objects side by side, each in one hand only, up to as many as there are hands. */
export function createHands(ctx: Context, work: Work): Hands {
  const inHand = new Map<string, Promise<void>>();
  let claims: Claim[] = [];
  let isWanted = false;
  let looking: Promise<void> | undefined;

  const look = async (): Promise<void> => {
    if (inHand.size >= work.concurrency) return;
    const partitions = [...work.leases().keys()];
    // Claimed many at a time: asking for each would cost more than converging it.
    if (claims.length === 0 && partitions.length > 0) {
      claims = await claimObjects(ctx, partitions, [...inHand.keys()], claimsAtOnce);
    }
    for (const claim of claims.splice(0, work.concurrency - inHand.size)) {
      const key = keyOf(claim);
      const done = converge(ctx, work, claim).finally(() => {
        inHand.delete(key);
        wake();
      });
      inHand.set(key, done);
    }
  };
  const wake = (): void => {
    isWanted = true;
    looking ??= lookWhileWanted().finally(() => {
      looking = undefined;
    });
  };
  const lookWhileWanted = async (): Promise<void> => {
    try {
      while (isWanted) {
        isWanted = false;
        await look();
      }
    } catch (error) {
      work.onError(error, undefined);
    }
  };

  return {
    wake,
    rest: async () => {
      while (looking || inHand.size > 0) await Promise.all([looking, ...inHand.values()]);
    },
  };
}

async function converge(ctx: Context, work: Work, claim: Claim): Promise<void> {
  const fence = work.leases().get(claim.partition);
  if (fence === undefined) return;
  try {
    const result = await convergeObject(ctx, work, claim, { holder: work.holder, fence });
    if (result) work.onError(result.failure, claim.objectId);
  } catch (error) {
    if (error instanceof LeaseLost) return work.onLost();
    work.onError(error, claim.objectId);
    // It could not even be put off, so the object stays in hand for a while.
    await pause(unrecordedPauseMs);
  }
}
