import { readFileSync } from "node:fs";
import pg from "pg";
import { type Db, openDb } from "#lib/db/client";
import { view } from "#lib/db/transaction";
import { newApiKeySecret } from "#lib/tenancy/api-key";
import { knownMeters } from "#lib/usage/known-meters";
import { storeUsage } from "#lib/usage/store-usage";
import { usageSoFar } from "#lib/usage/usage-so-far";
import type { Bench } from "#scripts/bench/bench";
import { startFrontDoor } from "#scripts/bench/door";
import { drain } from "#scripts/bench/load";
import { startEmptyServer } from "#scripts/bench/local-stripe";
import { createPoster, type Poster } from "#scripts/bench/poster";
import { contextOn, openStage, query, type Stage } from "#scripts/bench/stage";
import {
  chunksOf,
  copyRows,
  insertRow,
  openBare,
  type SentEvents,
  usageEvents,
} from "#scripts/bench/usage-rows";

const perRound = 40_000;
const singles = 8_000;
const path = "/api/v1/usage";
/** Of the run that watches memory. `USAGE_BENCH_EVENTS=10000000` makes it the whole. */
const watched = Number(process.env.USAGE_BENCH_EVENTS ?? 400_000);

/**
 * How fast usage is taken over HTTP, each event looked for, stored once and counted in its hour,
 * beside what PostgreSQL takes of the same rows where nothing of that is done.
 */
export const usage: Bench = {
  about: "usage over HTTP, deduplicated and counted, beside COPY and beside single-row inserts",
  open: async () => {
    const stage = await openStage();
    const key = await plant(stage);
    const front = await startFrontDoor(stage);
    const [few, many] = [createPoster(front.port, 6), createPoster(front.port, 128)];
    const empty = await startEmptyServer();
    const none = createPoster(empty.port, 128);
    const bare = await openBare(stage);
    const pool = new pg.Pool({ connectionString: stage.superUrl, max: 8 });
    pool.on("error", () => {}); // A connection may still be closing when the server stops.
    const db = openDb(stage.appUrl, 4);
    const unit = "events per s";
    return {
      figures: [
        {
          ...{ name: "1,000 a request", unit, goal: { atLeast: 0.35 } },
          subject: () => sendAll(few, key, usageEvents(perRound), 6),
          beside: { name: "COPY", run: () => copyAll(bare, usageEvents(perRound)) },
        },
        {
          ...{ name: "one a request", unit, goal: { atLeast: 1.7 } },
          subject: () => sendSingly(many, key, usageEvents(singles)),
          beside: { name: "INSERT", run: () => insertAll(pool, usageEvents(singles)) },
        },
        {
          ...{ name: "node:http alone, one a request", unit, goal: "limit" as const },
          subject: () => sendSingly(none, key, usageEvents(singles)),
          beside: { name: "INSERT", run: () => insertAll(pool, usageEvents(singles)) },
        },
        {
          ...{ name: "node:http and storing, at once", unit, goal: "limit" as const },
          subject: () => leastWork(none, key, db),
          beside: { name: "INSERT", run: () => insertAll(pool, usageEvents(singles)) },
        },
        {
          ...{ name: "a million events' quantity", unit: "ms", goal: { atMost: 20 } },
          subject: () => readMillion(db),
        },
        {
          ...{ name: `growth over ${watched} events`, unit: "MB", goal: { atMost: 64 } },
          isOnce: true,
          subject: () => watchMemory(few, key, front.pid),
        },
      ],
      close: async () => {
        for (const poster of [few, many, none]) poster.close();
        front.close();
        await Promise.all([bare.end(), pool.end(), db.close(), empty.close()]);
        await stage.close();
      },
    };
  },
};

async function sendAll(poster: Poster, key: string, events: SentEvents, clients: number) {
  const bodies = chunksOf(events, 1_000).map((chunk) => JSON.stringify(chunk));
  const { perSecond } = await drain(bodies, clients, (body) => poster.send(path, body, key));
  return perSecond * 1_000;
}

async function sendSingly(poster: Poster, key: string, events: SentEvents): Promise<number> {
  const bodies = events.map((event) => JSON.stringify(event));
  return (await drain(bodies, 128, (body) => poster.send(path, body, key))).perSecond;
}

/**
 * What a door would reach that did nothing of its own: a server that reads no request and looks
 * nothing up answers as many as are stored meanwhile, by the statement the door's events share.
 */
async function leastWork(empty: Poster, key: string, db: Db): Promise<number> {
  const meters = await knownMeters(db);
  const oldest = new Date(Date.now() - 36 * 86_400_000);
  const store = ({ meter: meterKey, ...event }: SentEvents[number]) =>
    storeUsage(db, {
      ...{ tenantId: "ten_bench", meters, gates: [], oldest, receivedAt: new Date() },
      events: [{ ...event, meterKey, isAtGiven: true, uniqueValue: null, dimensions: null }],
    });
  const began = performance.now();
  await Promise.all([
    sendSingly(empty, key, usageEvents(singles)),
    drain(usageEvents(singles), 128, store),
  ]);
  return singles / ((performance.now() - began) / 1000);
}

async function copyAll(bare: pg.Client, events: SentEvents): Promise<number> {
  const began = performance.now();
  for (const chunk of chunksOf(events, 10_000)) await copyRows(bare, chunk);
  return events.length / ((performance.now() - began) / 1000);
}

async function insertAll(pool: pg.Pool, events: SentEvents): Promise<number> {
  return (await drain(events, 8, (event) => insertRow(pool, event))).perSecond;
}

/** The exact quantity of a period that is cut through an hour at either end. */
async function readMillion(db: Db): Promise<number> {
  const ctx = contextOn(db, { kind: "system" });
  const [to, from] = [new Date(Date.now() - 1_234_567), new Date(Date.now() - 30 * 86_400_000)];
  const began = performance.now();
  await view(ctx, (tx) =>
    usageSoFar(tx, { tenantId: "ten_million", meterKey: "api_calls", from, to }),
  );
  return performance.now() - began;
}

/** How much more the door's process holds at the end than a quarter in. */
async function watchMemory(poster: Poster, key: string, pid: number): Promise<number> {
  const residentMb = () => {
    const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kb) / 1024;
  };
  let sent = 0;
  let early = 0;
  while (sent < watched) {
    await sendAll(poster, key, usageEvents(20_000), 6);
    sent += 20_000;
    if (early === 0 && sent >= watched / 4) early = residentMb();
  }
  return residentMb() - early;
}

/** A tenant with a key, a meter, and another tenant with a million events behind it. */
async function plant(stage: Stage): Promise<string> {
  const { secret, kept } = newApiKeySecret(false);
  await query(stage.superUrl, planted);
  const client = await openBare(stage);
  await client.query("select set_config('app.action', 'bench.plant', false)");
  await client.query(
    `insert into api_key_secrets (id, tenant_id, key_id, hash, start, "end", created_at)
      values ('ksc_bench', 'ten_bench', 'key_bench', $1, $2, $3, now())`,
    [kept.hash, kept.start, kept.end],
  );
  await client.end();
  return secret;
}

const planted = `
  select set_config('app.action', 'bench.plant', false);
  insert into tenants (id, slug, name, country, created_at)
    select 'ten_' || n, 'tenant-' || n, n, 'US', now() from unnest('{bench,million}'::text[]) n;
  insert into meters (key, name, event_name) values ('api_calls', 'API calls', 'api_calls');
  insert into api_keys (id, tenant_id, name, scopes, created_by_id, created_at)
    values ('key_bench', 'ten_bench', 'Bench', '{usage:write}', 'usr_bench', now());
  insert into usage_events (tenant_id, key, at, meter_key, value, received_at)
    select 'ten_million', 'k' || n, now() - n * interval '2.592 seconds', 'api_calls', 1, now()
    from generate_series(1, 1000000) n;
  insert into usage_buckets (tenant_id, meter_key, hour, total, events, peak)
    select tenant_id, meter_key, date_trunc('hour', at, 'UTC'), sum(value), count(*), 1
    from usage_events where tenant_id = 'ten_million' group by 1, 2, 3;
  analyze usage_events; analyze usage_buckets;`;
