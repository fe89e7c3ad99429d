import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { type Db, openDb } from "#lib/db/client";
import { countRun } from "#lib/events/count-run";
import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { getInbox } from "#lib/overview/get-inbox";
import { getInboxEvent } from "#lib/overview/get-inbox-event";
import { getLag } from "#lib/overview/get-lag";
import { listDeadGroups } from "#lib/overview/list-dead-groups";
import { type InboxQuery, listInboxEvents } from "#lib/overview/list-inbox-events";
import { searchPlatform } from "#lib/overview/search-platform";
import type { PlatformContext } from "#lib/tenancy/context";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin } from "#tests/support/people";

/**
 * An inbox that has run for long: 240,000 events of 90 types and 400 accounts, one of each frequent
 * and most rare, 2,000 dead letters, 500 waiting. Rows are narrow, so that reading all of them looks
 * as cheap to the planner as it ever will.
 */
let database: TestDatabase;
let db: Db;
let system: Context;
let admin: PlatformContext;
/** Months that nothing is in yet; to read all of those is to read nothing. */
let empty: string[];
const asked: { text: string; values: unknown[] }[] = [];
const { query: send } = pg.Client.prototype;

beforeAll(async () => {
  database = await openTestDatabase();
  db = openDb(database.appUrl, 2);
  system = database.context({ db });
  admin = await newAdmin(system);
  const planter = new pg.Client({ connectionString: database.superUrl });
  await planter.connect();
  await planter.query(
    `insert into inbox_events (id, endpoint, account, type, object_type, object_id, partition,
       instant, received_at, status, handled_at, dead_at, error, trace_id, body)
     select 'evt_' || n, 'account',
       case when n % 3 = 0 then '' when n % 3 = 1 then 'acct_big' else 'acct_' || n % 400 end,
       case when n % 2 = 0 then 'invoice.paid' else 'kind.' || lpad((n % 90)::text, 2, '0') end,
       'invoice', 'in_' || n / 4, n % 64, now() - n * interval '20 s', now() - n * interval '20 s',
       case when n % 120 = 7 then 'dead' when n < 500 then 'waiting' else 'done' end::inbox_status,
       case when n % 120 = 7 or n >= 500 then now() - n * interval '19 s' end,
       case when n % 120 = 7 then now() - n * interval '19 s' end,
       case when n % 120 = 7 then 'no such row ' || n end, 'trc_' || n / 3, '{"livemode": false}'
     from generate_series(1, 240000) n`,
  );
  await planter.query("vacuum analyze inbox_events");
  const { rows } = await planter.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'inbox_events'::regclass and c.reltuples <= 0`,
  );
  empty = rows.map(({ name }) => name);
  await planter.end();
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [config] = args as [{ text?: string; values?: unknown[] }];
    if (config?.text && /^\s*(select|with)/i.test(config.text)) {
      asked.push({ text: config.text, values: config.values ?? [] });
    }
    return Reflect.apply(send, this, args);
  } as typeof send;
}, 120_000);
afterAll(async () => {
  pg.Client.prototype.query = send;
  await db.close();
  await database.close();
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

/** The plans of everything an act asked, as the app's role gets them. */
async function plansOf(act: () => Promise<unknown>): Promise<Plan[]> {
  asked.length = 0;
  await act();
  const queries = asked.filter(({ text }) => text.includes("inbox_events"));
  const client = await db.pool.connect();
  const plans: Plan[] = [];
  try {
    await Reflect.apply(send, client, ["select set_config('app.scope', 'platform', false)"]);
    for (const { text, values } of queries) {
      const explain = { text: `explain (format json) ${text}`, values };
      const { rows } = await (Reflect.apply(send, client, [explain]) as unknown as Promise<{
        rows: { "QUERY PLAN": [{ Plan: Plan }] }[];
      }>);
      plans.push(rows[0]!["QUERY PLAN"][0].Plan);
    }
  } finally {
    client.release(true);
  }
  return plans;
}

/** The tables that a plan reads from one end to the other. */
function readWhole(plan: Plan): string[] {
  const own = plan["Node Type"] === "Seq Scan" ? [plan["Relation Name"] ?? ""] : [];
  const whole = [...own, ...(plan.Plans ?? []).flatMap(readWhole)];
  return whole.filter((name) => name.startsWith("inbox_events") && !empty.includes(name));
}

const list = (query: InboxQuery) => () => listInboxEvents(admin, query);
const hour = (ago: number) => new Date(Date.now() - ago * 3_600_000).toISOString();

test.each<[string, () => Promise<unknown>]>([
  ["the newest events", list({})],
  ["a frequent type", list({ type: "invoice.paid" })],
  ["a rare type", list({ type: "kind.89" })],
  ["types that begin alike", list({ type: "kind" })],
  ["a frequent account", list({ account: "acct_big" })],
  ["a rare account", list({ account: "acct_17" })],
  ["the platform's own", list({ account: "platform" })],
  ["an object", list({ q: "in_500" })],
  ["an event", list({ q: "evt_500" })],
  ["a trace", list({ q: "trc_500" })],
  ["what waits", list({ status: "waiting" })],
  ["what is done", list({ status: "done" })],
  ["what was ignored, which is nothing", list({ status: "ignored" })],
  ["what was discarded", list({ status: "discarded" })],
  ["the dead letters", list({ status: "dead" })],
  ["the dead letters of a type", list({ status: "dead", type: "kind" })],
  ["the dead letters of an error", list({ status: "dead", error: "no such row …" })],
  ["a time", list({ from: hour(500), to: hour(480) })],
  ["a time, a type and an account", list({ from: hour(500), type: "kind.07", account: "acct_67" })],
  ["a frequent type of a frequent account", list({ type: "invoice", account: "acct_big" })],
  ["words in a payload", list({ text: "nowhere to be found" })],
  ["one event", () => getInboxEvent(admin, "evt_1000")],
  ["the inbox's figures", () => getInbox(admin)],
  ["the lag on every page", () => getLag(system)],
  ["the overview", () => getAdminOverview(admin)],
  ["the dead letters by error", () => listDeadGroups(admin)],
  ["a search", () => searchPlatform(admin, "in_500")],
  ["a dry run", () => countRun(admin, { act: "replay", filter: { status: "dead" } })],
  [
    "a dry run over what is done",
    () => countRun(admin, { act: "replay", filter: { status: "done", account: "acct_17" } }),
  ],
])("%s: no plan reads the whole", async (_name, act) => {
  const plans = await plansOf(act);
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.flatMap(readWhole)).toEqual([]);
});

test("the measure itself sees a plan that reads the whole", async () => {
  const plans = await plansOf(() =>
    db.pool.query({ text: "select count(*) from inbox_events where error = 'x'", values: [] }),
  );
  expect(plans.flatMap(readWhole).length).toBeGreaterThan(0);
});

async function everyPage(query: InboxQuery): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await listInboxEvents(admin, { ...query, cursor });
    ids.push(...rows.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor);
  return ids;
}

test("a search that stops for having looked at enough goes on and finds all, each once", async () => {
  const first = await listInboxEvents(admin, { status: "ignored" });
  expect(first.rows).toEqual([]);
  expect(first.lookedBackTo).toBeInstanceOf(Date);
  const rare = await everyPage({ status: "dead", account: "acct_17" });
  // n ≡ 2 (mod 3), n ≡ 17 (mod 400) and n ≡ 7 (mod 120) never meet.
  expect(rare).toEqual([]);
  const found = await everyPage({ status: "done", type: "kind.07", account: "acct_big" });
  const wanted = [];
  for (let n = 500; n <= 240_000; n += 1) {
    if (n % 2 === 1 && n % 90 === 7 && n % 3 === 1 && n % 120 !== 7) wanted.push(`evt_${n}`);
  }
  expect(found).toEqual(wanted);
}, 60_000);

test("the last page costs what the first does", async () => {
  const deep = await listInboxEvents(admin, { to: hour(1_320) });
  const { next } = deep;
  const plans = await plansOf(() => listInboxEvents(admin, { cursor: next! }));
  expect(plans.flatMap(readWhole)).toEqual([]);
  const { rows } = await listInboxEvents(admin, { cursor: next! });
  expect(rows).toHaveLength(25);
  expect(rows[0]!.receivedAt <= deep.rows.at(-1)!.receivedAt).toBe(true);
});

test("dead letters are grouped by error and type, ids and figures left out", async () => {
  const { groups, looked, isMore } = await listDeadGroups(admin);
  expect({ looked, isMore }).toEqual({ looked: 2_000, isMore: false });
  expect(new Set(groups.map(({ error }) => error))).toEqual(new Set(["no such row …"]));
  expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(2_000);
  const [group] = groups;
  const { rows } = await listInboxEvents(admin, {
    ...{ status: "dead", type: group!.type, error: group!.error },
  });
  expect(rows.length).toBe(Math.min(25, group!.count));
});

test("counts are exact up to their bound and say where they stop", async () => {
  const inbox = await getInbox(admin);
  expect(inbox.dead).toEqual({ count: 2_000, isMore: false });
  expect(inbox.waiting).toEqual({ count: 494, isMore: false });
  expect(inbox.recent.count).toBeGreaterThan(4_300);
  expect(inbox.stored).toBeGreaterThan(200_000);
  const filter = { status: "done", type: "invoice.paid" } as const;
  const { count, isMore, phrase } = await countRun(admin, { act: "replay", filter });
  expect({ count, isMore, phrase }).toEqual({
    ...{ count: 100_001, isMore: true, phrase: "replay all" },
  });
});
