import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { keepUsage } from "#lib/usage/keep-usage";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await openTestDatabase();
  client = new Client({ connectionString: database.superUrl });
  await client.connect();
  await client.query(`
    insert into usage_events (tenant_id, key, at, meter_key, value, received_at)
      select 'ten_' || n % 20, 'k' || n, now() - n * interval '1 minute', 'calls', 1, now()
      from generate_series(1, 40000) n;
    insert into usage_buckets (tenant_id, meter_key, hour, total, events, peak, is_unsent)
      select tenant_id, meter_key, date_trunc('hour', at, 'UTC'), sum(value), count(*), 1, false
      from usage_events group by 1, 2, 3;
    insert into usage_flushes (id, tenant_id, meter_key, starts_at, ends_at, value, stamped_at,
        created_at, sent_at)
      select 'f' || row_number() over (), tenant_id, meter_key, hour, hour, total, hour, hour, hour
      from usage_buckets;
    analyze usage_events; analyze usage_buckets; analyze usage_flushes`);
}, 60_000);
afterAll(async () => {
  await client.end();
  await database.close();
});

type Plan = { "Node Type": string; "Index Name"?: string; Plans?: Plan[] };

/** Each way a table is read, as the app's role would, behind the wall. */
async function readsOf(sql: string): Promise<string[]> {
  // As the functions of ingest have it, so that a month that is still empty is no reason.
  await client.query(`begin; set local role lockstep_app; set local app.scope = 'system';
    set local enable_seqscan = off`);
  try {
    const { rows } = await client.query(`explain (format json) ${sql}`);
    const walk = (plan: Plan): string[] => [plan["Node Type"], ...(plan.Plans ?? []).flatMap(walk)];
    return walk(rows[0]["QUERY PLAN"][0].Plan).filter((type) => type.endsWith("Scan"));
  } finally {
    await client.query("rollback");
  }
}

const hot: [string, string][] = [
  [
    "a key is looked up",
    `select value from usage_events where tenant_id = 'ten_1' and key = 'k1'
      and at >= now() - interval '36 days' limit 1`,
  ],
  [
    "an edge of a period is counted",
    `select sum(value) from usage_events where tenant_id = 'ten_1' and meter_key = 'calls'
      and voided_at is null and ((at >= now() - interval '25 minutes' and at < now()))`,
  ],
  [
    "the latest events are listed",
    `select * from usage_events where tenant_id = 'ten_1' and meter_key = 'calls'
      order by at desc limit 26`,
  ],
  [
    "a period's hours are summed",
    `select sum(total) from usage_buckets where tenant_id = 'ten_1' and meter_key = 'calls'
      and hour >= now() - interval '3 days' and hour < now()`,
  ],
  [
    "unsent hours are found",
    "select * from usage_buckets where is_unsent order by tenant_id, meter_key, hour limit 1000",
  ],
  [
    "waiting flushes are found",
    `select * from usage_flushes where sent_at is null and refused_at is null
      order by created_at, id limit 100`,
  ],
  [
    "what was sent of an hour is summed",
    `select sum(value) from usage_flushes where tenant_id = 'ten_1' and meter_key = 'calls'
      and starts_at = date_trunc('hour', now())`,
  ],
];

test.each(hot)("%s by an index", async (_what, sql) => {
  const reads = await readsOf(sql);
  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter((type) => type === "Seq Scan")).toEqual([]);
});

test("what ingest and bills ask never reads a whole partition, however empty it was", async () => {
  const { rows } = await client.query<{ name: string; settings: string[] | null }>(
    `select proname as name, proconfig as settings from pg_proc
      where pronamespace = 'app'::regnamespace
        and proname in ('take_usage', 'usage_over', 'usage_between', 'recount_usage')`,
  );
  expect(rows).toHaveLength(4);
  for (const { settings } of rows) expect(settings).toContain("enable_seqscan=off");
});

test("a key is sought in the months its event can be of, and in none to come", async () => {
  await client.query("begin; set local role lockstep_app; set local app.scope = 'system'");
  try {
    const now = new Date();
    const event = { p: 0, t: "ten_new", k: "k", m: "calls", a: now, v: "1", g: "sum" };
    const oldest = new Date(now.getTime() - 36 * 86_400_000);
    const values = [JSON.stringify([event]), ["ten_new"], null, oldest, now];
    await client.query("select app.take_usage($1, $2, $3, $4, $5)", values);
    const { rows } = await client.query(
      `select c.relname as name, sum(pg_stat_get_xact_numscans(x.indexrelid))::int as scans
       from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_index x on x.indrelid = c.oid
       where i.inhparent = 'usage_events'::regclass group by 1`,
    );
    const scansOf = (month: Date | null) => {
      const end = month ? month.toISOString().slice(0, 7).replace("-", "") : "other";
      return rows.find(({ name }) => name === `usage_events_${end}`)?.scans;
    };
    const twoAhead = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2));
    expect(scansOf(now)).toBe(1);
    expect(scansOf(twoAhead)).toBe(0);
    expect(scansOf(null)).toBe(0);
  } finally {
    await client.query("rollback");
  }
});

test("months to come are there, and those past their keeping are dropped with their hours kept", async () => {
  const hours = async () => (await client.query("select count(*) from usage_buckets")).rows[0];
  const before = await hours();
  const later = new Date(Date.now() + 200 * 86_400_000);
  const dropped = await keepUsage(database.context({ now: () => later }), 100);
  expect(dropped).toContainEqual(expect.stringMatching(/^usage_events_\d{6}$/));
  const { rows } = await client.query(
    "select count(*)::integer as left from usage_events where at < $1",
    [new Date(later.getTime() - 131 * 86_400_000)],
  );
  expect([rows[0].left, await hours()]).toEqual([0, before]);
});
