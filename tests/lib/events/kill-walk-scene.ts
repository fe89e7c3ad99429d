import { randomBytes } from "node:crypto";
import pg from "pg";
import { expect } from "vitest";
import { startCheckout } from "#lib/billing/start-checkout";
import { openDb } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { samplers } from "#lib/dispatch/stripe-objects";
import { keyOf, type ObjectKey } from "#lib/events/converger";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { createUnguarded } from "#tests/lib/events/counted-effects";
import { newOwner } from "#tests/support/people";

export type Scene = Awaited<ReturnType<typeof openScene>>;
export type Stage = Awaited<ReturnType<Scene["openStage"]>>;

type Live = { type: string; key: ObjectKey; object: unknown };

/**
 * A tenant has paid for a plan and a customer changed twice in one second; all of it waits in the
 * inbox. Every stage is a copy of that moment, so that it can be worked as often as one likes.
 */
export async function openScene() {
  const world = await openWorld();
  await publishPlans(world);
  const { owner } = await newOwner(world.system);
  const choice = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const { stripeSessionId } = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act("settle");
  const worker = world.startWorker();
  await worker.idle();
  await worker.stop();

  await world.act(`checkout/${stripeSessionId}/complete`);
  await changeTwiceInOneSecond(world);
  await world.act("settle");
  const live = await readLive(world);
  await query(world.database.superUrl, keepMoment);
  // Whom nobody is connected to can be copied.
  await query(
    Object.assign(new URL(world.database.superUrl), { pathname: "/postgres" }).href,
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = '${nameIn(world.database.superUrl)}'`,
  );
  return {
    stripeUrl: world.sandbox.url,
    secretKey: world.sandbox.secretKey,
    gateway: world.gateway,
    openStage: () => openStage(world, live),
    close: () => world.close(),
  };
}

/** Of which of the two is the later only Stripe knows. */
async function changeTwiceInOneSecond({ stripe }: World): Promise<void> {
  const { id } = await stripe.customers.create({ name: "Zero" });
  for (let isOneSecond = false; !isOneSecond; ) {
    await stripe.customers.update(id, { name: "One" });
    await stripe.customers.update(id, { name: "Two" });
    const { data } = await stripe.events.list({ type: "customer.updated", limit: 2 });
    isOneSecond = data[0]!.created === data[1]!.created;
  }
}

/** What Stripe has of all that waits. */
async function readLive({ system, gateway }: World): Promise<Live[]> {
  const waiting = await view(system, (tx) =>
    tx.inboxEvent.findMany({
      where: { handledAt: null },
      distinct: ["account", "objectType", "objectId"],
      select: { account: true, objectType: true, objectId: true },
    }),
  );
  const known = waiting.filter(({ objectType }) => samplers.has(objectType));
  return Promise.all(
    known.map(async ({ account, objectType: type, objectId: id }) => {
      const key = { account, id };
      return { type, key, object: await samplers.get(type)!.fetch(gateway, key) };
    }),
  );
}

async function openStage(world: World, live: readonly Live[]) {
  const name = `stage_${randomBytes(6).toString("hex")}`;
  const on = (url: string, path: string) => Object.assign(new URL(url), { pathname: path }).href;
  const server = on(world.database.superUrl, "/postgres");
  const superUrl = on(world.database.superUrl, `/${name}`);
  await query(
    server,
    `create database ${name} template ${nameIn(world.database.superUrl)} strategy file_copy`,
  );
  const appUrl = on(world.database.appUrl, `/${name}`);
  // Both stay for the whole walk: a connection costs more than what is said on it.
  const db = openDb(`${appUrl}?application_name=${survivor}`);
  const keeper = new pg.Client({ connectionString: superUrl, application_name: survivor });
  await keeper.connect();
  const system = { ...world.system, db };
  return {
    ...{ appUrl, system },
    expectAllOnce: () => expectAllOnce(system, keeper, live),
    /** Makes everything as it was, also what a dead worker's connection may still hold. */
    rewind: async () => {
      await keeper.query(endOthers, [survivor]);
      await keeper.query("call moment.restore()");
    },
    close: async () => {
      await Promise.all([db.close(), keeper.end()]);
      await query(server, `drop database ${name} with (force)`);
    },
  };
}

function nameIn(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function expectAllOnce(
  system: World["system"],
  keeper: pg.Client,
  live: readonly Live[],
): Promise<void> {
  await view(system, async (tx) => {
    for (const { type, key, object } of live) {
      const sampler = samplers.get(type)!;
      const mirrored = (await sampler.readRows(tx, [key])).get(keyOf(key));
      expect(mirrored, `${type} ${key.id}`).toBeDefined();
      expect(sampler.compare(mirrored!, object), `${type} ${key.id}`).toEqual([]);
    }
  });
  const [row] = (await keeper.query(happened)).rows;
  expect(row).toEqual({
    waiting: 0,
    dead: 0,
    ...{ facts: kinds, effects: kinds },
    mails: 1,
    jobs: 1,
  });
}

const kinds = [
  ...["checkout.completed", "entitlements.changed", "invoice.finalized", "invoice.paid"],
  "subscription.active",
];

const happened = `select
  (select count(*)::integer from inbox_events where handled_at is null) as waiting,
  (select count(*)::integer from inbox_events where dead_at is not null) as dead,
  (select array_agg(kind order by kind) from facts) as facts,
  (select array_agg(f.kind order by f.kind) from unguarded join facts f using (reference))
    as effects,
  (select count(*)::integer from mails where template = 'plan-active') as mails,
  (select count(*)::integer from graphile_worker._private_jobs j
    join mails m on m.id = j.payload ->> 'mailId' and m.template = 'plan-active') as jobs`;

const survivor = "survivor";
const endOthers = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where datname = current_database() and application_name <> $1`;

/** Copies every table aside, so that all of them can be as they are now again. */
const keepMoment = `
  ${createUnguarded};
  create schema moment;
  create table moment.tables as
    select c.oid::regclass as name, 'moment.' || quote_ident('copy_' || c.oid) as copy,
      (select string_agg(quote_ident(a.attname), ', ') from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition
      and (n.nspname = 'public' or c.oid = 'graphile_worker._private_jobs'::regclass);
  do $$ declare one record; begin
    for one in select * from moment.tables loop
      execute format('create table %s as table %s', one.copy, one.name);
    end loop;
  end $$;
  -- Each statement stands by itself, so that a connection plans it once.
  do $$ declare body text; begin
    select string_agg(format('delete from %s; insert into %s (%s) overriding system value
      select %s from %s;', name, name, columns, columns, copy), E'\\n') into body
      from moment.tables;
    execute format('create procedure moment.restore() language plpgsql as %L', format(
      '#variable_conflict use_column
      begin perform set_config(''session_replication_role'', ''replica'', true); %s end', body));
  end $$`;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
