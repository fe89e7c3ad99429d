import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { carryOutRun, resumeRuns } from "#lib/events/carry-out-run";
import { countRun } from "#lib/events/count-run";
import { discardEvent } from "#lib/events/discard-event";
import type { InboxFilter } from "#lib/events/inbox-filter";
import { type RunFilter, runFilter, startRunInput } from "#lib/events/inbox-run";
import { startInbox } from "#lib/events/inbox-worker";
import { replayEvent } from "#lib/events/replay-event";
import { startRun, stopRun } from "#lib/events/start-run";
import { newId } from "#lib/ids";
import type { PlatformContext } from "#lib/tenancy/context";
import { createThings, type Things } from "#tests/lib/events/things";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin } from "#tests/support/people";

let database: TestDatabase;
let owner: pg.Client;
let system: Context;
let admin: PlatformContext;
let things: Things;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  admin = await newAdmin(system, "support");
  things = await createThings(database);
  owner = new pg.Client({ connectionString: database.superUrl });
  await owner.connect();
});
beforeEach(() => owner.query("truncate inbox_events, inbox_runs"));
afterAll(async () => {
  await owner.end();
  await database.close();
});

/** Dead letters, the oldest first, of a type and with an error of their own. */
async function plantDead(count: number, { type = "thing.updated", error = "boom", by = "d" } = {}) {
  await owner.query(
    `insert into inbox_events (id, endpoint, type, object_type, object_id, partition, instant,
       received_at, status, attempts, handled_at, dead_at, error, trace_id, body)
     select 'evt_' || $4 || n, 'account', $1, 'thing', 'thing_' || $4 || n, n % 64,
       now() - interval '1 day', now() - n * interval '1 s', 'dead', 10, now() - interval '1 h',
       now() - interval '1 h', $2 || ' thing_' || n || 'a', 'trc_x', jsonb_build_object('livemode', false,
         'data', jsonb_build_object('object', jsonb_build_object('id', 'thing_' || $4 || n,
           'object', 'thing', 'version', 1)))
     from generate_series(1, $3::integer) n`,
    [type, error, count, by],
  );
}

const dead: RunFilter = { status: "dead" };

async function asked(act: "replay" | "discard", filter: RunFilter = dead, over = {}) {
  const { count, asOf, phrase } = await countRun(admin, { act, filter });
  const typed = phrase ?? undefined;
  const reason = act === "discard" ? "Known, and harmless" : undefined;
  return { act, filter, asOf, count, key: newId("trace"), typed, reason, ...over };
}

const states = async () => {
  const rows = await view(system, (tx) =>
    tx.inboxEvent.groupBy({ by: ["status"], _count: true, orderBy: { status: "asc" } }),
  );
  return Object.fromEntries(rows.map(({ status, _count }) => [status, _count]));
};
const runOf = (id: string) =>
  view(system, (tx) => tx.inboxRun.findUniqueOrThrow({ where: { id } }));

test("a dead letter is given up with a reason, by name, once, and can still be replayed", async () => {
  await plantDead(1);
  const reader = await newAdmin(system, "read_only");
  const input = { id: "evt_d1", reason: "A test of ours" };
  await expect(discardEvent(reader, input)).rejects.toMatchObject({ code: "forbidden" });
  await discardEvent(admin, input);
  await expect(discardEvent(admin, input)).rejects.toMatchObject({ code: "conflict" });
  await expect(discardEvent(admin, { ...input, id: "evt_no" })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await things.event("evt_d1")).toMatchObject({
    ...{ status: "discarded", reason: "A test of ours", deadAt: null, handledBy: admin.userId },
    error: "boom thing_1a",
  });
  const [entry] = await view(system, (tx) =>
    tx.auditEntry.findMany({ where: { targetId: "evt_d1" }, orderBy: { sequence: "desc" } }),
  );
  expect(entry).toMatchObject({ action: "events.discard-event", actor: admin.userId });
  await replayEvent(admin, { id: "evt_d1" }, false);
  expect(await things.event("evt_d1")).toMatchObject({ status: "waiting", reason: null });
});

test("many are replayed in batches, and all that can converge do", async () => {
  await plantDead(510);
  const input = await asked("replay");
  expect(input).toMatchObject({ count: 510, typed: "replay 510" });
  const { id } = await startRun(admin, input);
  await carryOutRun(system, { runId: id }, false);
  expect(await states()).toEqual({ waiting: 510 });
  expect(await runOf(id)).toMatchObject({ status: "done", done: 510, expected: 510 });
  const inbox = startInbox(system, things);
  await inbox.idle();
  await inbox.stop();
  expect(await states()).toEqual({ done: 510 });
  expect(await view(system, (tx) => tx.fact.count({ where: { kind: "thing.seen" } }))).toBe(510);
}, 60_000);

test("many are done only once their phrase is typed, and never by who may only read", async () => {
  await plantDead(101);
  const input = await asked("replay");
  await expect(startRun(admin, { ...input, typed: "yes" })).rejects.toMatchObject({
    field: "typed",
  });
  const reader = await newAdmin(system, "read_only");
  await expect(startRun(reader, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(countRun(reader, input)).rejects.toMatchObject({ code: "forbidden" });
  await startRun(admin, { ...input, typed: " Replay 101 " });
});

test("what changed since it was counted is not done unseen", async () => {
  await plantDead(150);
  const input = await asked("replay");
  await discardEvent(admin, { id: "evt_d7", reason: "harmless" });
  await expect(startRun(admin, input)).rejects.toMatchObject({ field: "typed" });
  await plantDead(3, { by: "late", type: "thing.late" });
  const late = await asked("replay", { status: "dead", type: "thing.late" });
  for (const n of [1, 2, 3]) await discardEvent(admin, { id: `evt_late${n}`, reason: "harmless" });
  await expect(startRun(admin, late)).rejects.toMatchObject({ code: "conflict" });
});

test("asked twice, at once or one after the other, it is one run", async () => {
  await plantDead(5);
  const input = await asked("replay");
  const runs = await Promise.all(Array.from({ length: 8 }, () => startRun(admin, input)));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  await carryOutRun(system, { runId: runs[0]!.id }, false);
  expect(await startRun(admin, input)).toEqual(runs[0]);
  expect(await view(system, (tx) => tx.inboxRun.count())).toBe(1);
});

test("a run that is cut off goes on where it was, and two at once do nothing twice", async () => {
  await plantDead(1_100);
  const { id } = await startRun(admin, await asked("discard"));
  const db = {
    ...system.db,
    prisma: {
      $transaction: (() => {
        let batches = 0;
        return (...args: Parameters<typeof system.db.prisma.$transaction>) => {
          batches += 1;
          if (batches === 2) throw new Error("cut off");
          return system.db.prisma.$transaction(...args);
        };
      })(),
    },
  } as unknown as Context["db"];
  await expect(carryOutRun({ ...system, db }, { runId: id }, false)).rejects.toThrow("cut off");
  expect(await runOf(id)).toMatchObject({ status: "running", done: 500, error: "cut off" });
  await Promise.all([1, 2].map(() => carryOutRun(system, { runId: id }, false)));
  expect(await runOf(id)).toMatchObject({ status: "done", done: 1_100, error: null });
  expect(await states()).toEqual({ discarded: 1_100 });
  const entries = await view(system, (tx) =>
    tx.auditEntry.findMany({
      where: { action: "events.discard-events", target: { startsWith: "inbox_events" } },
      select: { actor: true, targetId: true },
    }),
  );
  expect(new Set(entries.map(({ targetId }) => targetId)).size).toBe(1_100);
  expect(entries).toHaveLength(1_100);
  expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([admin.userId]));
});

test("a run whose worker died is asked for again", async () => {
  await plantDead(3);
  const { id } = await startRun(admin, await asked("replay"));
  await owner.query("truncate graphile_worker._private_jobs");
  const jobs = () =>
    owner.query("select from graphile_worker.jobs where task_identifier = 'events.carry-out-run'");
  await resumeRuns(system);
  expect((await jobs()).rowCount).toBe(0);
  await resumeRuns({ ...system, now: () => new Date(Date.now() + 600_000) });
  expect((await jobs()).rowCount).toBe(1);
  await carryOutRun(system, { runId: id }, false);
  expect(await states()).toEqual({ waiting: 3 });
});

test("a run that is stopped leaves the rest as it is", async () => {
  await plantDead(2);
  const { id } = await startRun(admin, await asked("replay"));
  await stopRun(admin, { id });
  await carryOutRun(system, { runId: id }, false);
  expect(await states()).toEqual({ dead: 2 });
  await expect(stopRun(admin, { id })).rejects.toMatchObject({ code: "conflict" });
});

test("a filter means what it says: its type, its error, its time, and what had died by then", async () => {
  await plantDead(4);
  await plantDead(3, { type: "other.failed", error: "no such row", by: "o" });
  const counted = async (filter: Omit<InboxFilter, "status">) =>
    (await countRun(admin, { act: "replay", filter: { ...filter, status: "dead" } })).count;
  expect(await counted({})).toBe(7);
  expect(await counted({ type: "other" })).toBe(3);
  expect(await counted({ type: "nothing" })).toBe(0);
  expect(await counted({ error: "boom …" })).toBe(4);
  expect(await counted({ q: "thing_o2" })).toBe(1);
  expect(await counted({ account: "platform", type: "thing" })).toBe(4);
  expect(await counted({ account: "acct_other" })).toBe(0);
  expect(await counted({ from: new Date(Date.now() - 2_500).toISOString() })).toBe(4);
  const earlier = { ...admin, now: () => new Date(Date.now() - 7_200_000) };
  expect((await countRun(earlier, { act: "replay", filter: dead })).count).toBe(0);
  const { id } = await startRun(admin, await asked("replay", { status: "dead", type: "other" }));
  await carryOutRun(system, { runId: id }, false);
  expect(await states()).toEqual({ dead: 4, waiting: 3 });
});

test("what is replayed lets whatever arrives meanwhile go first", async () => {
  await plantDead(2);
  const { id } = await startRun(admin, await asked("replay"));
  await carryOutRun(system, { runId: id }, false);
  const live = await things.send("thing_live", 1, 1);
  const [first] = await view(
    system,
    (tx) => tx.$queryRaw<{ id: string }[]>`select id from inbox_waiting
      order by due_at, received_at limit 1`,
  );
  expect(first?.id).toBe(live);
});

test("an event of the other mode is never replayed", async () => {
  await plantDead(2);
  await owner.query(`update inbox_events set body = '{"livemode": true}' where id = 'evt_d1'`);
  const { id } = await startRun(admin, await asked("replay"));
  await carryOutRun(system, { runId: id }, false);
  expect(await states()).toEqual({ dead: 1, waiting: 1 });
});

test("not everything that was ever handled is meant by a slip, and discarding says why", async () => {
  expect(runFilter.safeParse({ status: "done" }).success).toBe(false);
  expect(runFilter.safeParse({ status: "waiting" }).success).toBe(false);
  expect(runFilter.safeParse({ status: "done", type: "invoice" }).success).toBe(true);
  await plantDead(1);
  const input = await asked("discard");
  await expect(startRun(admin, { ...input, reason: undefined })).rejects.toMatchObject({
    field: "reason",
  });
  const wrong = { ...input, filter: { status: "ignored", type: "thing" } as const };
  await expect(startRun(admin, wrong)).rejects.toMatchObject({ code: "invalid" });
  const sent = JSON.parse(JSON.stringify(input));
  expect(startRunInput.parse(sent)).toMatchObject({ asOf: input.asOf, filter: dead });
});

test("how far a run is changes the log by nothing, that it began and ended by one entry each", async () => {
  await plantDead(600);
  const { id } = await startRun(admin, await asked("replay"));
  await carryOutRun(system, { runId: id }, false);
  const entries = await view(system, (tx) =>
    tx.auditEntry.findMany({ where: { targetId: id }, orderBy: { sequence: "asc" } }),
  );
  expect(entries.map(({ operation }) => operation)).toEqual(["insert", "update"]);
  expect(entries[0]).toMatchObject({ actor: admin.userId, after: { filter: { status: "dead" } } });
});

test("a change of a run without a word of what it does is refused", async () => {
  await plantDead(1);
  const { id } = await startRun(admin, await asked("replay"));
  const silent = transact(system, "", (tx) =>
    tx.inboxRun.update({ where: { id }, data: { status: "stopped" } }),
  );
  await expect(silent).rejects.toThrow(/must say what it does/);
});
