import type { Context } from "#lib/context";
import { openDb } from "#lib/db/client";
import { convergers } from "#lib/dispatch/stripe-objects";
import type { Effects } from "#lib/events/converger";
import { startInbox } from "#lib/events/inbox-worker";
import { createBreakers } from "#lib/stripe/breakers";
import { createStripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { atPlace, openLifeline } from "#scripts/chaos/lifeline";
import type { Random } from "#scripts/chaos/random";

/** A worker needs so long to be missed; it says that it lives three times as often. */
export const leaseMs = 1_500;
/** In steps. Many die young, some before their first lease; who grows old does most of the work. */
const lives = [
  [2, 60],
  [60, 400],
  [400, 3_000],
] as const;
const tenMinutesMs = 600_000;

type Work = { system: Context; appUrl: string; stripeUrl: string; secretKey: string };

/**
 * Workers that die at a step drawn by chance, each followed by another. Every one is a process as
 * far as the outside can tell: connections, breakers and a clock of its own, which may be off.
 */
export function startCrew(work: Work, effects: Effects, random: Random, size: number) {
  let deaths = 0;
  let isOver = false;
  const graves: Promise<void>[] = [];
  const cuts = new Set<() => void>();

  const live = async (): Promise<void> => {
    const moment = random.pick(["unsent", "unanswered"] as const);
    const [least, most] = random.pick(lives);
    const doom = atPlace(random.int(least, most), moment);
    const outside = { database: work.appUrl, stripe: work.stripeUrl };
    const lifeline = await openLifeline(outside, doom);
    cuts.add(lifeline.cut);
    const db = openDb(lifeline.databaseUrl, 6);
    const offMs = random.chance(0.2) ? random.pick([-tenMinutesMs, tenMinutesMs]) : 0;
    const ctx = { ...work.system, db, now: () => new Date(Date.now() + offMs) };
    const gateway = gatewayOf({ ...work, stripeUrl: lifeline.stripeUrl });
    const worker = startInbox(ctx, { convergers, effects, gateway, leaseMs });
    await lifeline.death;
    cuts.delete(lifeline.cut);
    const bury = async (): Promise<void> => {
      await worker.stop();
      await db.close();
      await lifeline.close();
    };
    graves.push(bury());
  };
  const follow = async (): Promise<void> => {
    while (!isOver) {
      await live();
      if (!isOver) deaths += 1;
    }
  };
  const following = Array.from({ length: size }, follow);
  return {
    deaths: () => deaths,
    /** Kills whoever is left. */
    end: async (): Promise<void> => {
      isOver = true;
      for (const cut of cuts) cut();
      await Promise.all(following);
      await Promise.all(graves);
    },
  };
}

/** What a worker asks Stripe through, behind breakers of its own. */
export function gatewayOf({ secretKey, stripeUrl }: Pick<Work, "secretKey" | "stripeUrl">) {
  const breakers = createBreakers({ pauseMs: 300 });
  return createStripeGateway(
    createStripeClient({ secretKey, apiBase: stripeUrl, guards: { breakers } }),
  );
}
