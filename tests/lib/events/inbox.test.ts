import fc from "fast-check";
import pLimit from "p-limit";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createManualClock } from "#lib/clock";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { awaitInbox } from "#lib/events/await-inbox";
import type { Claim } from "#lib/events/claim";
import { convergeObjects, type Means } from "#lib/events/converge-objects";
import { type Inbox, type InboxOptions, startInbox } from "#lib/events/inbox-worker";
import { LeaseLost, releaseLeases, renewLeases } from "#lib/events/leases";
import { replayEvent } from "#lib/events/replay-event";
import { resyncObject } from "#lib/events/resync-object";
import type { Holding } from "#lib/events/write-batch";
import { createThings, type Things } from "#tests/lib/events/things";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, unique } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let things: Things;
const inboxes: Inbox[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  things = await createThings(database);
});
afterEach(async () => {
  for (const inbox of inboxes.splice(0)) await inbox.stop();
});
afterAll(() => database.close());

function start(over: Partial<InboxOptions> = {}, ctx = system): Inbox {
  const { convergers, effects, gateway } = things;
  const inbox = startInbox(ctx, { convergers, effects, gateway, ...over });
  inboxes.push(inbox);
  return inbox;
}

/** One convergence, with all that Stripe is asked in it. */
async function convergeNow(means: Means, claims: Claim[], holding: Holding): Promise<void> {
  const reins = { asking: pLimit(4), onFailure: () => {} };
  const { done } = await convergeObjects(system, means, claims, holding, reins);
  await done;
}

test("whatever the order, however often, the newest state stays and each fact acts once", async () => {
  const inbox = start();
  const order = fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 });
  const waves = fc.array(order, { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(waves, async (sent) => {
      const id = unique("order");
      for (const wave of sent) {
        await Promise.all(wave.map((version) => things.send(id, version, version)));
        things.live.set(id, { id, object: "thing", version: 5 });
        await inbox.idle();
      }
      expect(await things.mirrored(id)).toBe(5);
    }),
    { numRuns: 25 },
  );
});

test("two changes in one second are settled by asking Stripe, however they arrive", async () => {
  const inbox = start();
  for (const versions of [
    [1, 2],
    [2, 1],
  ]) {
    const id = unique("tie");
    things.live.set(id, { id, object: "thing", version: 2 });
    for (const version of versions) {
      await things.send(id, version, 7);
      await inbox.idle();
    }
    expect(await things.mirrored(id)).toBe(2);
    expect(things.asked).toContain(id);
  }
});

test("what is found by asking is as late as the asking, and what an event tells as the event", async () => {
  const id = unique("late");
  const askedAt = new Date("2031-05-01T10:00:00.000Z");
  const inbox = start({}, { ...system, now: () => askedAt });
  things.live.set(id, { id, object: "thing", version: 3 });
  await things.send(id, 1, 7);
  await inbox.idle();
  await resyncObject(system, { account: "", objectType: "thing", objectId: id });
  await inbox.idle();
  const told = new Date((1_800_000_000 + 7) * 1_000);
  expect(await factsOf(id)).toEqual([
    { reference: `thing:${id}:1`, at: told },
    { reference: `thing:${id}:3`, at: askedAt },
  ]);
  expect(await instantOf(id)).toEqual(told);
  // Of two of one second that differ, what Stripe answers is one: it is as old as that second.
  things.live.set(id, { id, object: "thing", version: 5 });
  await Promise.all([things.send(id, 4, 9), things.send(id, 5, 9)]);
  await inbox.idle();
  expect((await factsOf(id)).at(-1)).toEqual({
    ...{ reference: `thing:${id}:5`, at: new Date((1_800_000_000 + 9) * 1_000) },
  });
});

test("what is found of an object nobody told of is not of the beginning of time", async () => {
  const id = unique("never");
  const askedAt = new Date("2031-05-01T11:00:00.000Z");
  const inbox = start({}, { ...system, now: () => askedAt });
  things.live.set(id, { id, object: "thing", version: 1 });
  await resyncObject(system, { account: "", objectType: "thing", objectId: id });
  await inbox.idle();
  expect(await factsOf(id)).toEqual([{ reference: `thing:${id}:1`, at: askedAt }]);
});

function factsOf(objectId: string) {
  const select = { reference: true, at: true };
  return view(system, (tx) =>
    tx.fact.findMany({ where: { objectId }, select, orderBy: { reference: "asc" } }),
  );
}

async function instantOf(id: string) {
  return (await view(system, (tx) => tx.invoice.findUniqueOrThrow({ where: { id } }))).instant;
}

test("ten events about one object are one convergence", async () => {
  const id = unique("many");
  for (let version = 1; version <= 10; version += 1) await things.send(id, version, version);
  await start().idle();
  expect(await things.mirrored(id)).toBe(10);
  expect(await things.effectsOf(id)).toBe(1);
});

test("an event that is older than the mirror changes nothing and is done", async () => {
  const inbox = start();
  const id = unique("late");
  await things.send(id, 9, 9);
  await inbox.idle();
  const late = await things.send(id, 3, 3);
  await inbox.idle();
  expect(await things.mirrored(id)).toBe(9);
  expect(await things.event(late)).toMatchObject({ status: "done" });
});

test("a type nobody acts on is kept as ignored", async () => {
  const id = await things.send(unique("odd"), 1, 1, { object: "radar.early_fraud_warning" });
  await start().idle();
  expect(await things.event(id)).toMatchObject({ status: "ignored" });
});

test("a snapshot of another API version is not read; the object is asked for", async () => {
  const id = unique("version");
  things.live.set(id, { id, object: "thing", version: 2 });
  await things.send(id, 1, 1, { apiVersion: "2019-12-03" });
  await start().idle();
  expect(await things.mirrored(id)).toBe(2);
});

test("a poison object blocks nobody, ends in the dead letters, and can be replayed", async () => {
  const poison = unique("poison");
  const clock = createManualClock(new Date());
  let isPoisoned = true;
  const convergers = () => ({
    ...things.converger,
    apply: async (...args: Parameters<typeof things.converger.apply>) => {
      const isHere = args[1].some(({ id }) => id === poison);
      if (isPoisoned && isHere) throw new Error("cannot digest this");
      return things.converger.apply(...args);
    },
  });
  const inbox = start({ convergers }, { ...system, now: clock.now });
  const eventId = await things.send(poison, 1, 1);
  const neighbours = Array.from({ length: 20 }, () => unique("neighbour"));
  for (const id of neighbours) await things.send(id, 1, 1);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await inbox.idle();
    clock.advance(3_600_000);
  }
  for (const id of neighbours) expect(await things.mirrored(id)).toBe(1);
  const dead = { status: "dead", attempts: 10, error: "cannot digest this" };
  expect(await things.event(eventId)).toMatchObject(dead);

  isPoisoned = false;
  await replayEvent(await newAdmin(system, "support"), { id: eventId }, false);
  await inbox.idle();
  expect(await things.mirrored(poison)).toBe(1);
  expect(await things.event(eventId)).toMatchObject({ status: "done", error: null });
});

test("a replay is in the audit log, and a role that only reads may not", async () => {
  const id = await things.send(unique("replayed"), 1, 1);
  await start().idle();
  const reader = await newAdmin(system, "read_only");
  await expect(replayEvent(reader, { id }, false)).rejects.toMatchObject({ code: "forbidden" });
  const support = await newAdmin(system, "support");
  await replayEvent(support, { id }, false);
  const entries = await view(system, (tx) =>
    tx.auditEntry.findMany({ where: { action: "events.replay-event", targetId: id } }),
  );
  expect(entries.map(({ actor }) => actor)).toEqual([support.userId]);
});

test("an event of the other mode is not replayed", async () => {
  const id = unique("live");
  const eventId = await things.send(id, 1, 1, { isLive: true });
  const support = await newAdmin(system, "support");
  await expect(replayEvent(support, { id: eventId }, false)).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await things.event(eventId)).toMatchObject({ status: "ignored" });
});

test("an outage of Stripe's puts events off and never kills them", async () => {
  const clock = createManualClock(new Date());
  const down = async (): Promise<never> => {
    throw new Refusal("unavailable", "Stripe does not answer right now.");
  };
  const convergers = () => ({ ...things.converger, fetch: down });
  const inbox = start({ convergers }, { ...system, now: clock.now });
  const id = unique("outage");
  const eventId = await things.send(id, 1, 1);
  await things.send(id, 2, 1);
  for (let attempt = 0; attempt < 15; attempt += 1) {
    await inbox.idle();
    clock.advance(3_600_000);
  }
  expect(await things.event(eventId)).toMatchObject({ status: "waiting" });
  await inboxes.pop()!.stop();

  things.live.set(id, { id, object: "thing", version: 2 });
  await start({}, { ...system, now: clock.now }).idle();
  expect(await things.mirrored(id)).toBe(2);
});

test.each(["fetch", "apply", "effect"] as const)(
  "a worker that dies in %s leaves nothing half done, and the next one finishes it once",
  async (step) => {
    const id = unique(`killed-${step}`);
    things.live.set(id, { id, object: "thing", version: 2 });
    await things.send(id, 1, 1);
    await things.send(id, 2, 1);
    const die = async (): Promise<never> => {
      throw new LeaseLost("killed");
    };
    const { converger } = things;
    const dying = {
      ...converger,
      ...(step === "fetch" && { fetch: die }),
      ...(step === "apply" && {
        apply: async (...args: Parameters<typeof converger.apply>) => {
          await converger.apply(...args);
          return die();
        },
      }),
    };
    const effects = step === "effect" ? die : things.effects;
    const leases = await renewLeases(system, "dying", 60_000);
    const { partition } = await view(system, (tx) =>
      tx.inboxEvent.findFirstOrThrow({ where: { objectId: id } }),
    );
    const means = { convergers: () => dying, effects, gateway: things.gateway };
    const claims = [{ partition, account: "", id }];
    const holding = { holder: "dying", fences: leases };
    await expect(convergeNow(means, claims, holding)).rejects.toThrow("killed");
    expect([await things.mirrored(id), await things.effectsOf(id)]).toEqual([undefined, 0]);

    await releaseLeases(system, "dying");
    await start().idle();
    expect([await things.mirrored(id), await things.effectsOf(id)]).toEqual([2, 1]);
  },
);

test("a worker whose lease was taken cannot commit", async () => {
  const id = unique("fenced");
  await things.send(id, 1, 1);
  const { partition } = await view(system, (tx) =>
    tx.inboxEvent.findFirstOrThrow({ where: { objectId: id } }),
  );
  const old = await renewLeases(system, "slow", 60_000);
  await releaseLeases(system, "slow");
  await renewLeases(system, "quick", 60_000);
  const holding = { holder: "slow", fences: old };
  const late = convergeNow(things, [{ partition, account: "", id }], holding);
  await expect(late).rejects.toBeInstanceOf(LeaseLost);
  expect(await things.mirrored(id)).toBeUndefined();
  await releaseLeases(system, "quick");
});

test("workers share the partitions evenly and give them back when they stop", async () => {
  const holders = async () => {
    const rows = await view(
      system,
      (tx) => tx.$queryRaw<{ count: number }[]>`
        select count(*)::integer as count from inbox_leases
        where holder is not null group by holder order by holder`,
    );
    return rows.map(({ count }) => count);
  };
  await renewLeases(system, "one", 60_000);
  expect(await holders()).toEqual([64]);
  await renewLeases(system, "two", 60_000);
  await renewLeases(system, "one", 60_000);
  await renewLeases(system, "two", 60_000);
  expect(await holders()).toEqual([32, 32]);
  await releaseLeases(system, "one");
  await renewLeases(system, "two", 60_000);
  expect(await holders()).toEqual([64]);
  await releaseLeases(system, "two");
});

test("a worker takes over from one that died without a word", async () => {
  await renewLeases(system, "dead", 700);
  const ids = Array.from({ length: 30 }, () => unique("orphan"));
  for (const id of ids) await things.send(id, 1, 1);
  start({ leaseMs: 600 });
  await awaitInbox(system);
  for (const id of ids) expect(await things.mirrored(id)).toBe(1);
});

test("PostgreSQL dropping every connection in the middle loses and doubles nothing", async () => {
  start();
  const killer = new pg.Client({ connectionString: database.superUrl });
  await killer.connect();
  const ids = Array.from({ length: 60 }, () => unique("dropped"));
  for (const [place, id] of ids.entries()) {
    // What was not acknowledged is sent again, as Stripe would.
    while (!(await things.send(id, 1, 1).catch(() => undefined)));
    if (place % 20 !== 10) continue;
    await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
  }
  await killer.end();
  await awaitInbox(system);
  for (const id of ids) {
    expect([await things.mirrored(id), await things.effectsOf(id)]).toEqual([1, 1]);
  }
});

test("in a quiet system an event is handled well within a second", async () => {
  const inbox = start();
  await inbox.idle();
  const lags: number[] = [];
  for (let round = 0; round < 30; round += 1) {
    const eventId = await things.send(unique("quick"), 1, 1);
    await awaitInbox(system);
    const { receivedAt, handledAt } = await things.event(eventId);
    lags.push(handledAt!.getTime() - receivedAt.getTime());
  }
  lags.sort((left, right) => left - right);
  expect(lags.at(-1)).toBeLessThan(1_000);
  expect(lags[15]).toBeLessThan(250);
});
