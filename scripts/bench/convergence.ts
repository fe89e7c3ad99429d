import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Db, openDb } from "#lib/db/client";
import { effects } from "#lib/dispatch/effects";
import { convergers } from "#lib/dispatch/stripe-objects";
import { readDelivery } from "#lib/events/delivery";
import { inboxRowOf } from "#lib/events/inbox-row";
import { type Inbox, startInbox } from "#lib/events/inbox-worker";
import { storeDelivery } from "#lib/events/store-delivery";
import type { StripeGateway } from "#lib/stripe/gateway";
import { type BareConvergence, openBareConvergence } from "#scripts/bench/bare-convergence";
import type { Bench } from "#scripts/bench/bench";
import { sign } from "#scripts/bench/delivery";
import { startBareDoor, startFrontDoor } from "#scripts/bench/door";
import { drain } from "#scripts/bench/load";
import { createPoster } from "#scripts/bench/poster";
import { contextOn, openStage } from "#scripts/bench/stage";
import { type History, readHistory, retell, type StripeEvent } from "#scripts/bench/stripe-history";
import { keepAll, listenTo, openEngine } from "#scripts/bench/sync-engine";

const accountPath = "/api/webhooks/stripe/account";
const steadyPerSecond = 1_000;

type Signed = { body: string; signature: string };

/**
 * How fast Stripe's events become mirrors, facts and effects, beside a sync engine that only keeps
 * the objects. (`@stripe/sync-engine`, of the same origin, reads Stripe's API description from the
 * network to set itself up, so it cannot be run here; it was the slower one where both were.)
 */
export const convergence: Bench = {
  about: "events to mirrors, beside @supabase/stripe-sync-engine on the same events and server",
  open: async () => {
    const stage = await openStage();
    const history = await readHistory(25, 3);
    const db = openDb(stage.appUrl, 12);
    const engine = await openEngine(stage);
    const bare = await openBareConvergence(stage.superUrl);
    const [front, least] = await Promise.all([startFrontDoor(stage), startBareDoor(stage)]);
    const listener = await listenTo(engine);
    const fresh = () => retell(history, randomBytes(4).toString("hex"));
    const port = (server: Server) => (server.address() as AddressInfo).port;
    return {
      figures: [
        {
          ...{ name: "processing alone", unit: "events per s", goal: { atLeast: 8 } },
          subject: () => converge(db, fresh()),
          beside: { name: "stripe-sync-engine", run: () => keepAll(engine, fresh()) },
        },
        {
          ...{ name: "reading, keeping, closing alone", unit: "events per s" },
          ...{ goal: "limit" as const, subject: () => convergeBarely(db, bare, fresh()) },
          beside: { name: "stripe-sync-engine", run: () => keepAll(engine, fresh()) },
        },
        {
          ...{ name: "HTTP, inbox, mirrors and effects", unit: "events per s" },
          goal: { atLeast: 3 },
          subject: () => deliver(db, front.port, fresh()),
          beside: {
            name: "stripe-sync-engine",
            run: () => post(port(listener), signed(fresh()), "/webhooks"),
          },
        },
        {
          ...{ name: "HTTP and storing, then that, alone", unit: "events per s" },
          goal: "limit",
          subject: () => deliverBarely(least.port, bare, fresh()),
          beside: {
            name: "stripe-sync-engine",
            run: () => post(port(listener), signed(fresh()), "/webhooks"),
          },
        },
        {
          ...{ name: `lag p99 at ${steadyPerSecond} events per s`, unit: "ms" },
          ...{ goal: { atMost: 1_000 }, subject: () => measureLag(db, front.port, fresh()) },
        },
        {
          ...{ name: "stale of 800 changed twice at once", unit: "objects" },
          ...{ goal: { atMost: 0 }, subject: () => countStale(db) },
        },
      ],
      close: async () => {
        front.close();
        least.close();
        listener.closeAllConnections();
        listener.close();
        await engine.postgresClient.pool.end();
        await Promise.all([db.close(), bare.close()]);
        await stage.close();
      },
    };
  },
};

/** Stored beforehand; what is measured is the way from the inbox to the mirrors. */
async function converge(db: Db, history: History): Promise<number> {
  await Promise.all(history.events.map((event) => store(db, event)));
  const began = performance.now();
  await empty(db, history);
  return history.events.length / ((performance.now() - began) / 1000);
}

async function convergeBarely(db: Db, bare: BareConvergence, history: History): Promise<number> {
  await Promise.all(history.events.map((event) => store(db, event)));
  return bare.run(history);
}

function store(db: Db, event: StripeEvent): Promise<boolean> {
  const how = { at: new Date(), isLive: false };
  const row = inboxRowOf("account", readDelivery(event)!, Buffer.from(JSON.stringify(event)), how);
  return storeDelivery(db, row);
}

function startOn(db: Db, history: History): Inbox {
  const gateway = answering(history);
  return startInbox(contextOn(db, { kind: "system" }), { convergers, effects, gateway });
}

async function empty(db: Db, history: History): Promise<void> {
  const inbox = startOn(db, history);
  await inbox.idle();
  await inbox.stop();
}

/** From the first request until nothing waits any more, with the worker running meanwhile. */
async function deliver(db: Db, port: number, history: History): Promise<number> {
  const deliveries = signed(history);
  const inbox = startOn(db, history);
  await inbox.idle();
  const began = performance.now();
  await post(port, deliveries, accountPath);
  await inbox.idle();
  const seconds = (performance.now() - began) / 1000;
  await inbox.stop();
  return history.events.length / seconds;
}

/** The least of both, one after the other: either needs all there is of the two cores. */
async function deliverBarely(port: number, bare: BareConvergence, history: History) {
  const deliveries = signed(history);
  const began = performance.now();
  await post(port, deliveries, "/");
  await bare.run(history);
  return history.events.length / ((performance.now() - began) / 1000);
}

/**
 * How long after its arrival all but one percent of the events are handled, mirrors and effects and
 * all, where they come one after the other at an even pace.
 */
async function measureLag(db: Db, port: number, history: History): Promise<number> {
  const poster = createPoster(port, 32);
  const inbox = startOn(db, history);
  await inbox.idle();
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (const delivery of signed(history)) {
    const early = began + (sent.length * 1000) / steadyPerSecond - performance.now();
    if (early > 1) await pause(early);
    sent.push(poster.deliver(accountPath, delivery));
  }
  await Promise.all(sent);
  await inbox.idle();
  await inbox.stop();
  poster.close();
  const { rows } = await db.pool.query<{ ms: number }>(
    `with scope as materialized (select set_config('app.scope', 'system', true))
    select percentile_cont(0.99) within group (
      order by extract(epoch from handled_at - received_at) * 1000)::float8 as ms
    from scope, inbox_events where id = any($1)`,
    [history.events.map(({ id }) => id)],
  );
  return rows[0]!.ms;
}

async function post(port: number, deliveries: readonly Signed[], path: string): Promise<number> {
  const poster = createPoster(port, 32);
  const { perSecond } = await drain(deliveries, 32, (delivery) => poster.deliver(path, delivery));
  poster.close();
  return perSecond;
}

/** What Stripe's side of it costs is paid beforehand, for whoever is measured. */
function signed({ events }: Pick<History, "events">): Signed[] {
  return events.map((event) => {
    const body = JSON.stringify(event);
    return { body, signature: sign(body) };
  });
}

/** Stripe, as far as it is asked: every object as it is in the end, from memory. */
function answering({ objects }: Pick<History, "objects">): StripeGateway {
  return {
    findObject: async (_type: string, id: string) => objects.get(id) ?? null,
  } as unknown as StripeGateway;
}

/** Two updates of each customer in one second, delivered in the wrong order. */
async function countStale(db: Db): Promise<number> {
  const mark = randomBytes(5).toString("hex");
  const customers = Array.from({ length: 800 }, (_, index) => `cus_${mark}${index}`);
  const objects = new Map<string, object>();
  const events = customers.flatMap((id, index) => {
    const [first, last] = ["first", "last"].map((name) => ({ id, object: "customer", name }));
    objects.set(id, last!);
    return [last!, first!].map((object, turn) => ({
      ...{ id: `evt_${mark}${index}x${turn}`, object: "event", livemode: false },
      ...{ api_version: null, created: 1_790_000_000, type: "customer.updated", data: { object } },
    }));
  });
  // One half of them has been handled when the other arrives.
  await Promise.all(events.filter((_, place) => place % 2 === 0).map((event) => store(db, event)));
  await empty(db, { events: [], objects });
  await Promise.all(events.filter((_, place) => place % 2 === 1).map((event) => store(db, event)));
  await empty(db, { events: [], objects });
  const { rows } = await db.pool.query<{ stale: number }>(
    `with scope as materialized (select set_config('app.scope', 'system', true))
    select count(*) filter (where name <> 'last')::integer + 800 - count(*)::integer as stale
    from scope, stripe_customers where id = any($1)`,
    [customers],
  );
  return rows[0]!.stale;
}
