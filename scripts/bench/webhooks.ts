import pg from "pg";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { receiveDelivery } from "#lib/events/receive-delivery";
import type { Bench } from "#scripts/bench/bench";
import { type SignedDelivery, signedDeliveries, webhookSecret } from "#scripts/bench/delivery";
import { startBareDoor, startWeb } from "#scripts/bench/door";
import type { Figure } from "#scripts/bench/figure";
import { drain } from "#scripts/bench/load";
import { createPoster, type Poster } from "#scripts/bench/poster";
import { contextOn, openStage } from "#scripts/bench/stage";

const perRound = 4000;
/** So many that one stall, which slows all 64 under way, is no percent of them. */
const perTail = 16_000;
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
    // Without triggers: what waits is not listed for it either.
    const options = "-c session_replication_role=replica";
    const bare = new pg.Pool({ connectionString: stage.superUrl, max: 64, options });
    bare.on("error", () => {}); // A connection may still be closing when the server stops.
    const web = await startWeb(stage);
    const bareDoor = await startBareDoor(stage);
    const [few, many] = [createPoster(web.port, 32), createPoster(web.port, 64)];
    const least = createPoster(bareDoor.port, 32);

    const context = contextOn(db, { kind: "system" });
    const receive = (delivery: SignedDelivery) => receiveHere(context, delivery);
    const rate = (work: (delivery: SignedDelivery) => Promise<unknown>) => async () =>
      (await drain(signedDeliveries(perRound), 32, work)).perSecond;
    const deliver = (delivery: SignedDelivery) => few.deliver(path, delivery);
    const store = rate((delivery) => least.deliver("/", delivery));
    const insert = { name: "bare insert", run: rate((delivery) => insertBare(bare, delivery)) };
    // Stripe posts to this address, so Next itself has nothing to do but to refuse a reading of it.
    const empty = { name: "empty Next route", run: rate(() => few.get(path, 405)) };
    return {
      figures: [
        ...figuresOf({ function: rate(receive), http: rate(deliver), store, insert, empty }),
        ...tailsOf({ db, bare, many }),
      ],
      close: async () => {
        for (const poster of [few, many, least]) poster.close();
        for (const door of [web, bareDoor]) door.close();
        await Promise.all([db.close(), bare.end()]);
        await stage.close();
      },
    };
  },
};

type Rates = {
  function: Figure["subject"];
  http: Figure["subject"];
  /** A door that does nothing but to store. */
  store: Figure["subject"];
  insert: NonNullable<Figure["beside"]>;
  empty: NonNullable<Figure["beside"]>;
};

function figuresOf({ function: subject, http, store, insert, empty }: Rates): Figure[] {
  const unit = "per s";
  const limit = { unit, goal: "limit" as const };
  const storing = { name: "HTTP and storing alone", subject: store, ...limit };
  return [
    { name: "the function", unit, goal: { atLeast: 0.75 }, subject, beside: insert },
    { name: "over HTTP", unit, goal: { atLeast: 0.75 }, subject: http, beside: insert },
    { name: "over HTTP", unit, goal: { atLeast: 6 }, subject: http, beside: empty },
    { ...storing, beside: insert },
    { ...storing, beside: empty },
    { name: "the bare insert", subject: insert.run, beside: empty, ...limit },
  ];
}

/** How long the slowest percent of 64 at once took, and of that what lies below the request. */
function tailsOf({ db, bare, many }: { db: Db; bare: pg.Pool; many: Poster }): Figure[] {
  const deliver = (delivery: SignedDelivery) => many.deliver(path, delivery);
  const slowest = async (work: (delivery: SignedDelivery) => Promise<unknown>) => {
    // Stripe's connections are open; what opening ours takes is not what is asked here.
    await drain(signedDeliveries(256), 64, work);
    return (await drain(signedDeliveries(perTail), 64, work)).p99Ms;
  };
  const commits: number[] = [];
  const timed = contextOn({ ...db, pool: timing(db.pool, commits) }, { kind: "system" });
  const receive = (delivery: SignedDelivery) => receiveHere(timed, delivery);
  const slowestCommit = async () => {
    commits.length = 0;
    await slowest(receive);
    return commits.sort((left, right) => left - right)[Math.floor(commits.length * 0.99)]!;
  };
  const [unit, goal] = ["ms", "limit"] as const;
  return [
    {
      name: "p99 over HTTP, 64 at once",
      unit,
      goal: { atMost: 20 },
      subject: () => slowest(deliver),
    },
    { name: "of that the function", unit, goal, subject: () => slowest(receive) },
    { name: "of that one shared commit", unit, goal, subject: slowestCommit },
    {
      ...{ name: "p99 of the bare insert, 64 at once", unit, goal },
      subject: () => slowest((one) => insertBare(bare, one)),
    },
  ];
}

/** The function behind the door. A refusal is fast; it must never pass for speed. */
async function receiveHere(ctx: Context, { body, signature }: SignedDelivery): Promise<void> {
  const raw = { endpoint: "account", rawBody: body, signatureHeader: signature } as const;
  const { status } = await receiveDelivery(ctx, raw, settings);
  if (status !== 200) throw new Error(`A delivery was answered ${status}.`);
}

/** The same pool, which notes how long each statement that stores took, in milliseconds. */
function timing(pool: pg.Pool, taken: number[]): pg.Pool {
  const query = async (statement: pg.QueryConfig) => {
    const began = performance.now();
    const result = await pool.query(statement);
    if (statement.name === "store-deliveries") taken.push(performance.now() - began);
    return result;
  };
  return Object.assign(Object.create(pool) as pg.Pool, { query });
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
