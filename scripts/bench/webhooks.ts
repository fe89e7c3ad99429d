import pg from "pg";
import type { Context } from "#lib/context";
import { openDb } from "#lib/db/client";
import { receiveDelivery } from "#lib/events/receive-delivery";
import type { Bench } from "#scripts/bench/bench";
import { type SignedDelivery, signedDeliveries, webhookSecret } from "#scripts/bench/delivery";
import { createPoster, startWeb } from "#scripts/bench/door";
import { drain } from "#scripts/bench/load";
import { contextOn, openStage } from "#scripts/bench/stage";

const perRound = 4000;
const path = "/api/webhooks/stripe/account";
const settings = {
  secrets: { account: [webhookSecret], connect: [webhookSecret] },
  isLive: false,
};

/**
 * How fast a webhook is verified, stored and acknowledged by the production server, beside only
 * storing its row (as pgbench would, which the embedded PostgreSQL does not bring) and beside a
 * route of Next's in the same server that does nothing.
 */
export const webhooks: Bench = {
  about: "webhooks acknowledged by the production server, beside a bare insert and an empty route",
  open: async () => {
    const stage = await openStage();
    const db = openDb(stage.appUrl, 32);
    const bare = new pg.Pool({ connectionString: stage.superUrl, max: 32 });
    bare.on("error", () => {}); // A connection may still be closing when the server stops.
    const web = await startWeb(stage);
    const [few, many] = [createPoster(web.port, 32), createPoster(web.port, 64)];

    const context = contextOn(db, { kind: "system" });
    const receive = (delivery: SignedDelivery) => receiveHere(context, delivery);
    const rate = (work: (delivery: SignedDelivery) => Promise<unknown>) => async () =>
      (await drain(signedDeliveries(perRound), 32, work)).perSecond;
    const deliver = (delivery: SignedDelivery) => few.post(path, delivery);
    const insert = { name: "bare insert", run: rate((delivery) => insertBare(bare, delivery)) };
    // Stripe posts to this address, so Next itself has nothing to do but to refuse a reading of it.
    const empty = { name: "empty Next route", run: rate(() => few.get(path, 405)) };
    const slowest = async () => {
      // Stripe's connections are open; what opening ours takes is not what is asked here.
      await drain(signedDeliveries(256), 64, (delivery) => many.post(path, delivery));
      return (await drain(signedDeliveries(perRound), 64, (one) => many.post(path, one))).p99Ms;
    };
    const unit = "per s";
    return {
      figures: [
        {
          name: "the function",
          unit,
          goal: { atLeast: 0.75 },
          subject: rate(receive),
          beside: insert,
        },
        {
          name: "over HTTP",
          unit,
          goal: { atLeast: 0.75 },
          subject: rate(deliver),
          beside: insert,
        },
        { name: "over HTTP", unit, goal: { atLeast: 6 }, subject: rate(deliver), beside: empty },
        { name: "p99 over HTTP, 64 at once", unit: "ms", goal: { atMost: 20 }, subject: slowest },
      ],
      close: async () => {
        await Promise.all([few.close(), many.close()]);
        web.close();
        await Promise.all([db.close(), bare.end()]);
        await stage.close();
      },
    };
  },
};

/** The function behind the door. A refusal is fast; it must never pass for speed. */
async function receiveHere(ctx: Context, { body, signature }: SignedDelivery): Promise<void> {
  const raw = { endpoint: "account", rawBody: body, signatureHeader: signature } as const;
  const { status } = await receiveDelivery(ctx, raw, settings);
  if (status !== 200) throw new Error(`A delivery was answered ${status}.`);
}

/** What pgbench would do: the row and its commit, nothing verified, nothing read, nobody told. */
function insertBare(pool: pg.Pool, { id, body }: SignedDelivery): Promise<unknown> {
  return pool.query({
    name: "bare-insert",
    text: `insert into inbox_events (id, endpoint, type, object_type, object_id, partition,
        instant, received_at, status, trace_id, body)
      values ($1, 'account', 'invoice.paid', 'invoice', $1, 0, now(), now(), 'waiting', '', $2)`,
    values: [id, body],
  });
}
