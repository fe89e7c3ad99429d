import type { LimitFunction } from "p-limit";
import type { Context } from "#lib/context";
import type { Claim } from "#lib/events/claim";
import type { Convergers, Effects } from "#lib/events/converger";
import { gather } from "#lib/events/gather";
import { judge, seenLive } from "#lib/events/judge";
import { LeaseLost } from "#lib/events/leases";
import { readWaiting, type Waiting } from "#lib/events/read-waiting";
import { recordFailure } from "#lib/events/record-failure";
import { type Holding, type Settled, writeBatch } from "#lib/events/write-batch";
import { isOutOfReach } from "#lib/stripe/ask";
import type { StripeGateway } from "#lib/stripe/gateway";

export type Means = { convergers: Convergers; gateway: StripeGateway; effects: Effects };
export type Failed = (failure: unknown, objectId: string) => void;
export type Reins = {
  asking: LimitFunction;
  onFailure: Failed;
  /** Told after each commit how many events it handled. */
  onHandled?(events: number): void;
};
/** What Stripe is still being asked about. Rejects as the convergence itself would. */
export type Asked = { claims: Claim[]; done: Promise<void> };

/**
 * Brings the mirrors of claimed objects up to what their waiting events say, with the facts and
 * effects that follow. Resolves once all that needs no question is written, in one transaction;
 * what Stripe is asked about follows, as soon as it is answered. What went wrong
 * with one is recorded, told, and tried again later; its neighbours are done all the same. Losing
 * a lease is thrown and is no failure: another worker has the object now.
 */
export async function convergeObjects(
  ctx: Context,
  { convergers, gateway, effects }: Means,
  claims: readonly Claim[],
  holding: Holding,
  reins: Reins,
): Promise<Asked> {
  const waiting = await readWaiting(ctx, convergers, claims);
  const judged = waiting.map((one) => ({ one, verdict: judge(one) }));
  const ready = judged.flatMap(({ one, verdict }): Settled[] => {
    if (verdict.kind === "ask") return [];
    return [{ ...one, seen: verdict.kind === "write" ? verdict.seen : undefined }];
  });
  const write = (settled: readonly Settled[]) =>
    writeOrSplit(ctx, effects, settled, holding, reins);
  // What is answered while others are written is written together.
  const writeAnswered = gather(write, claims.length);
  const ask = async (one: Waiting): Promise<void> => {
    try {
      const askedAt = ctx.now();
      const live = await liveOf(gateway, one);
      const seen = live === undefined ? undefined : seenLive(one, live, askedAt);
      await writeAnswered({ ...one, seen });
    } catch (failure) {
      await putOff(ctx, one, failure, reins.onFailure);
    }
  };
  const asked = judged.filter(({ verdict }) => verdict.kind === "ask").map(({ one }) => one);
  const done = allSettled(asked.map((one) => reins.asking(() => ask(one))));
  done.catch(() => {}); // Whoever awaits it hears of it, also after the write below has failed.
  await write(ready);
  return { claims: asked.map(({ claim }) => claim), done };
}

/** Undefined where its account is disconnected: nobody can know, and the mirror stays as it is. */
async function liveOf(gateway: StripeGateway, { converger, claim }: Waiting): Promise<unknown> {
  try {
    return (await converger!.fetch(gateway, claim)) ?? null;
  } catch (failure) {
    if (isOutOfReach(failure)) return undefined;
    throw failure;
  }
}

/** Waits for every one before it throws the first failure among them. */
async function allSettled(works: readonly Promise<void>[]): Promise<void> {
  for (const end of await Promise.allSettled(works)) {
    if (end.status === "rejected") throw end.reason;
  }
}

/** A poison object spoils the transaction it is in, so that is halved until it is alone. */
async function writeOrSplit(
  ctx: Context,
  effects: Effects,
  settled: readonly Settled[],
  holding: Holding,
  reins: Reins,
): Promise<void> {
  if (settled.length === 0) return;
  try {
    const handled = await writeBatch(ctx, effects, settled, holding);
    reins.onHandled?.(handled);
  } catch (failure) {
    if (failure instanceof LeaseLost) throw failure;
    if (settled.length === 1) return putOff(ctx, settled[0]!, failure, reins.onFailure);
    const half = Math.ceil(settled.length / 2);
    await writeOrSplit(ctx, effects, settled.slice(0, half), holding, reins);
    await writeOrSplit(ctx, effects, settled.slice(half), holding, reins);
  }
}

async function putOff(
  ctx: Context,
  { events, claim }: Waiting,
  failure: unknown,
  onFailure: Failed,
): Promise<void> {
  if (failure instanceof LeaseLost) throw failure;
  await recordFailure(ctx, events, failure);
  onFailure(failure, claim.id);
}
