import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { claimObjects, countDue } from "#lib/events/claim";
import { getLag } from "#lib/overview/get-lag";
import { listInboxEvents } from "#lib/overview/list-inbox-events";
import type { PlatformContext } from "#lib/tenancy/context";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin } from "#tests/support/people";

/** 100,000 handled events and a few that wait: the shape of an inbox that has run for a while. */
let database: TestDatabase;
let db: Db;
let system: Context;
let admin: PlatformContext;

beforeAll(async () => {
  database = await openTestDatabase();
  db = openDb(database.appUrl, 1);
  system = database.context({ db });
  admin = await newAdmin(system);
  const planter = new pg.Client({ connectionString: database.superUrl });
  await planter.connect();
  await planter.query(`do $$ declare name regclass; begin
    for name in select inhrelid from pg_inherits where inhparent = 'inbox_events'::regclass loop
      execute format('alter table %s set (autovacuum_enabled = off)', name);
    end loop; end $$`);
  await planter.query(planted("done", "now()", 100_000));
  // Analysed while everything was done, as an inbox that keeps up always is: the planner then
  // knows of nothing else.
  await planter.query("analyze inbox_events");
  await planter.query(planted("waiting", "null", 5));
  await planter.end();
}, 60_000);
afterAll(async () => {
  await db.close();
  await database.close();
});

function planted(status: string, handledAt: string, count: number): string {
  return `insert into inbox_events (id, endpoint, type, object_type, object_id,
      partition, instant, received_at, status, handled_at, trace_id, body)
    select 'evt_${status}_' || n, 'account', 'invoice.paid', 'invoice', 'in_' || n / 4, n % 64,
      now() - n * interval '1 s', now() - n * interval '1 s', '${status}',
      ${handledAt}, 'trc_x', '{}'
    from generate_series(1, ${count}) n`;
}

/** How many rows of the inbox an act looked at, as PostgreSQL counted them. */
async function rowsReadBy(act: () => Promise<unknown>): Promise<number> {
  const read = () =>
    view(system, (tx) =>
      tx.$queryRaw<[{ rows: bigint }]>(
        Prisma.sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as rows
          from pg_stat_user_tables where relname like 'inbox\\_events%'`,
      ),
    ).then(([{ rows }]) => Number(rows));
  const before = await read();
  await act();
  // A connection reports what it read when it is told to; there is one, so nothing comes late.
  await view(system, (tx) => tx.$executeRaw`select pg_stat_force_next_flush()`);
  return (await read()) - before;
}

const partitions = Array.from({ length: 64 }, (_, partition) => partition);

test.each<[string, () => Promise<unknown>]>([
  ["claiming", () => claimObjects(system, partitions, [], 8)],
  ["counting what is due", () => countDue(system, partitions)],
  ["the lag on every page", () => getLag(system)],
  ["a page of the console", () => listInboxEvents(admin)],
  ["an object's events", () => listInboxEvents(admin, { q: "in_500" })],
  ["what waits", () => listInboxEvents(admin, { status: "waiting" })],
  ["the dead letters", () => listInboxEvents(admin, { status: "dead" })],
])("%s reads what it shows and no more", async (_name, act) => {
  // A page is fifty rows and one more.
  expect(await rowsReadBy(act)).toBeLessThanOrEqual(60);
});

test("the measure itself sees a read of the whole", async () => {
  const whole = () => view(system, (tx) => tx.inboxEvent.count({ where: { error: "nothing" } }));
  expect(await rowsReadBy(whole)).toBeGreaterThan(90_000);
});
