import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import type { TenantContext } from "#lib/tenancy/context";
import { claimDue } from "#lib/webhooks/claim-due";
import { createEndpoint } from "#lib/webhooks/create-endpoint";
import { getEvent } from "#lib/webhooks/get-event";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { listEvents } from "#lib/webhooks/list-events";
import { wakeEndpoints } from "#lib/webhooks/wake-endpoints";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newOwner } from "#tests/support/people";

/**
 * 100,000 deliveries that ended, of four endpoints; one more endpoint with 20,000 that wait, half of
 * them due: the shape of a tenant that has listened for a while, with one receiver that is down.
 */
let database: TestDatabase;
let db: Db;
let system: Context;
let owner: TenantContext;
let backlog: string;
const ended: string[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
  db = openDb(database.appUrl, 1);
  system = database.context({ db });
  owner = (await newOwner(system)).owner;
  for (let count = 0; count < 5; count += 1) {
    const made = { url: "https://a.example/", description: "", types: ["payout.paid" as const] };
    ended.push((await createEndpoint(owner, made)).id);
  }
  backlog = ended.pop()!;
  const planter = new pg.Client({ connectionString: database.superUrl });
  await planter.connect();
  for (const table of ["webhook_deliveries", "webhook_attempts", "facts"]) {
    await planter.query(`alter table ${table} set (autovacuum_enabled = off)`);
  }
  const { tenantId } = owner;
  await planter.query(
    `insert into facts (reference, kind, tenant_id, object_id, at, data)
     select 'payout:po_' || n || ':paid', 'payout.paid', $1, 'po_' || n, now() - n * interval '1 s', '{}'
     from generate_series(1, 100000) n`,
    [tenantId],
  );
  await planter.query(
    `insert into webhook_deliveries (id, tenant_id, endpoint_id, reference, type, occurred_at, data,
       status, attempts, created_at, failed_at)
     select 'msg_' || n, $1, ($2::text[])[1 + n % 4], 'payout:po_' || n || ':paid',
       case when n % 5000 = 0 then 'payout.failed' else 'payout.paid' end, now(), '{}',
       (case when n % 5000 = 1 then 'failed' else 'delivered' end)::webhook_delivery_status, 1,
       now() - n * interval '1 s', case when n % 5000 = 1 then now() end
     from generate_series(1, 100000) n`,
    [tenantId, ended],
  );
  await planter.query(
    `insert into webhook_deliveries (id, tenant_id, endpoint_id, reference, type, occurred_at, data,
       status, created_at, due_at)
     select 'msg_due_' || n, $1, $2, 'due_' || n, 'payout.paid', now(), '{}', 'queued', now(),
       now() + (n - 10000) * interval '1 s'
     from generate_series(1, 20000) n`,
    [tenantId, backlog],
  );
  await planter.query("analyze webhook_deliveries, webhook_endpoints, webhook_standings, facts");
  await planter.end();
}, 60_000);
afterAll(async () => {
  await db.close();
  await database.close();
});

/** How many rows of these tables an act looked at, as PostgreSQL counted them. */
async function rowsReadBy(act: () => Promise<unknown>): Promise<number> {
  const read = () =>
    view(system, (tx) =>
      tx.$queryRaw<[{ rows: bigint }]>(
        Prisma.sql`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as rows
          from pg_stat_user_tables where relname like 'webhook%' or relname = 'facts'`,
      ),
    ).then(([{ rows }]) => Number(rows));
  const before = await read();
  await act();
  // A connection reports what it read when it is told to; there is one, so nothing comes late.
  await view(system, (tx) => tx.$executeRaw`select pg_stat_force_next_flush()`);
  return (await read()) - before;
}

const failedOf = (index: number) =>
  listDeliveries(inOne(), { status: "failed", endpoint: ended[index] });
const inOne = () => ({ ...owner, db });

test.each<[string, () => Promise<unknown>]>([
  ["claiming from a long backlog", () => claimDue(system, backlog)],
  ["claiming where all that may be sent is on its way", () => claimDue(system, backlog)],
  ["finding what was left lying", () => wakeEndpoints(system)],
  ["the list of endpoints", () => listEndpoints(inOne())],
  ["a page of deliveries", () => listDeliveries(inOne())],
  ["a page of one endpoint's", () => listDeliveries(inOne(), { endpoint: backlog })],
  ["the few that failed", () => listDeliveries(inOne(), { status: "failed" })],
  ["the few of one endpoint's that failed", () => failedOf(1)],
  ["what waits", () => listDeliveries(inOne(), { status: "queued" })],
  ["the few of a type", () => listDeliveries(inOne(), { type: "payout.failed" })],
  ["a page of events", () => listEvents(inOne())],
  ["one event and who was told", () => getEvent(inOne(), { reference: "payout:po_7:paid" })],
])("%s reads what it shows and little more", async (_name, act) => {
  expect(await rowsReadBy(act)).toBeLessThanOrEqual(120);
});

test("the measure itself sees a read of the whole", async () => {
  const whole = () =>
    view(system, (tx) => tx.webhookDelivery.count({ where: { occurredAt: new Date(0) } }));
  expect(await rowsReadBy(whole)).toBeGreaterThan(90_000);
});
