import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { samplers } from "#lib/dispatch/stripe-objects";
import { backfillEvents } from "#lib/events/backfill-events";
import { decideDrift } from "#lib/events/decide-drift";
import { findDrift } from "#lib/events/find-drift";
import type { Inbox } from "#lib/events/inbox-worker";
import { keepInbox } from "#lib/events/keep-inbox";
import { resyncObject } from "#lib/events/resync-object";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin } from "#tests/support/people";

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
}, 60_000);
afterAll(() => world.close());

const customers = samplers.get("customer")!;
const only = new Map([["customer", customers]]);

function mirrored(id: string) {
  return view(world.system, (tx) => tx.stripeCustomer.findFirst({ where: { id } }));
}

function findings(objectId: string) {
  return view(world.system, (tx) => tx.drift.findMany({ where: { objectId } }));
}

/** Makes a mirror say what Stripe never did, as a lost webhook would leave it. */
function spoil(id: string, name: string) {
  return transact(
    world.system,
    "test.spoil",
    (tx) => tx.$executeRaw`update stripe_customers
      set name = ${name}, object = jsonb_set(object::jsonb, '{name}', to_jsonb(${name}::text))
      where id = ${id}`,
  );
}

test("events that never came are found in Stripe's list, once, and converge", async () => {
  await world.act("webhook-faults", { kind: "drop" });
  const made = await world.stripe.customers.create({ name: "Never told" });
  await world.stripe.customers.update(made.id, { name: "Never told, twice" });
  await world.act("settle");
  await world.act("webhook-faults", { kind: "off" });
  await inbox.idle();
  expect(await mirrored(made.id)).toBeNull();

  const first = await backfillEvents(world.system, world.gateway, "", false);
  expect(first.missing).toBe(2);
  await inbox.idle();
  expect(await mirrored(made.id)).toMatchObject({ name: "Never told, twice" });
  const again = await backfillEvents(world.system, world.gateway, "", false);
  expect(again).toMatchObject({ missing: 0 });
  expect(again.seen).toBeGreaterThanOrEqual(2);
});

test("a reading that is cut off goes on where it was", async () => {
  await world.act("webhook-faults", { kind: "drop" });
  for (let count = 0; count < 120; count += 1) await world.stripe.customers.create({});
  await world.act("settle");
  await world.act("webhook-faults", { kind: "off" });
  let pages = 0;
  const cut: typeof world.gateway = {
    ...world.gateway,
    listEvents: (...args) => {
      pages += 1;
      if (pages === 2) throw new Error("cut off");
      return world.gateway.listEvents(...args);
    },
  };
  await expect(backfillEvents(world.system, cut, "", false)).rejects.toThrow("cut off");
  const row = await view(world.system, (tx) => tx.backfill.findUnique({ where: { account: "" } }));
  expect(row).toMatchObject({ error: "cut off", missing: 100 });
  const rest = await backfillEvents(world.system, world.gateway, "", false);
  expect(rest.missing).toBe(120);
});

test("a mirror that differs is found, field by field, proposed once, and repaired when told", async () => {
  const { id } = await world.stripe.customers.create({ name: "True" });
  await world.settle(inbox);
  await spoil(id, "False");
  const looked = await findDrift(world.system, world.gateway, only, {
    policy: "propose",
    count: 500,
  });
  expect(looked.differing).toBe(1);
  await findDrift(world.system, world.gateway, only, { policy: "propose", count: 500 });
  const [found, ...others] = await findings(id);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    ...{ status: "proposed", objectType: "customer" },
    differences: [{ path: "name", mirror: "False", live: "True" }],
  });
  expect(await mirrored(id)).toMatchObject({ name: "False" });

  const admin = await newAdmin(world.system, "support");
  const reader = await newAdmin(world.system, "read_only");
  const decision = { id: found!.id, decision: "repair" as const };
  await expect(decideDrift(reader, decision)).rejects.toMatchObject({ code: "forbidden" });
  await decideDrift(admin, decision);
  await expect(decideDrift(admin, decision)).rejects.toMatchObject({ code: "conflict" });
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ name: "True" });
  expect((await findings(id))[0]).toMatchObject({ status: "settled", decidedById: admin.userId });
});

test("by policy a difference is repaired at once, or nobody looks", async () => {
  const { id } = await world.stripe.customers.create({ name: "True" });
  await world.settle(inbox);
  await spoil(id, "False");
  expect(await findDrift(world.system, world.gateway, only, { policy: "off", count: 500 })).toEqual(
    {
      ...{ compared: 0, differing: 0 },
    },
  );
  await findDrift(world.system, world.gateway, only, { policy: "auto", count: 500 });
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ name: "True" });
  expect((await findings(id))[0]).toMatchObject({ status: "settled" });
});

test("a repair that was decided and never asked for is asked for when it is found again", async () => {
  const { id } = await world.stripe.customers.create({ name: "True" });
  await world.settle(inbox);
  await spoil(id, "False");
  await transact(world.system, "test.die-in-between", (tx) =>
    tx.drift.create({
      data: {
        ...{ id: `drf_${id}`, objectType: "customer", objectId: id, foundAt: new Date() },
        ...{ differences: [], why: "", status: "repairing" },
      },
    }),
  );
  await findDrift(world.system, world.gateway, only, { policy: "propose", count: 500 });
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ name: "True" });
  expect((await findings(id)).map(({ status }) => status)).toEqual(["settled"]);
});

test("what is about to change is no difference", async () => {
  const { id } = await world.stripe.customers.create({ name: "Before" });
  await world.settle(inbox);
  await inbox.stop();
  await world.stripe.customers.update(id, { name: "After" });
  await world.act("settle");
  await findDrift(world.system, world.gateway, only, { policy: "propose", count: 500 });
  expect(await findings(id)).toEqual([]);
  inbox = world.startWorker();
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ name: "After" });
});

test("an object deleted at Stripe unheard is marked deleted when it is asked for again", async () => {
  const { id } = await world.stripe.customers.create({ name: "Gone" });
  await world.settle(inbox);
  await world.act("webhook-faults", { kind: "drop" });
  await world.stripe.customers.del(id);
  await world.act("settle");
  await world.act("webhook-faults", { kind: "off" });
  await resyncObject(world.system, { account: "", objectType: "customer", objectId: id });
  await inbox.idle();
  expect(await mirrored(id)).toMatchObject({ isDeleted: true, name: "Gone" });
});

test("an event after a repair is still newer than what it wrote", async () => {
  const { id } = await world.stripe.customers.create({ name: "One" });
  await world.settle(inbox);
  await resyncObject(world.system, { account: "", objectType: "customer", objectId: id });
  await inbox.idle();
  await world.stripe.customers.update(id, { name: "Two" });
  await world.settle(inbox);
  expect(await mirrored(id)).toMatchObject({ name: "Two" });
});

test("months that have grown old are dropped, but for what waits or died", async () => {
  const years = (count: number) => new Date(Date.now() + count * 365 * 86_400_000);
  const partitions = () =>
    view(
      world.system,
      (tx) => tx.$queryRaw<{ name: string }[]>`select inhrelid::regclass::text as name
        from pg_inherits where inhparent = 'inbox_events'::regclass order by 1`,
    ).then((rows) => rows.map(({ name }) => name));
  const before = await partitions();
  await world.stripe.customers.create({ name: "Waits" });
  await inbox.stop();
  await world.act("settle");
  const dropped = await keepInbox({ ...world.system, now: () => years(2) }, 60);
  const now = new Date().toISOString().slice(0, 7).replace("-", "");
  expect(dropped).toEqual(before.filter((name) => /\d{6}$/.test(name) && !name.endsWith(now)));
  expect(await partitions()).toContain(`inbox_events_${now}`);
  inbox = world.startWorker();
  await inbox.idle();
  expect(await keepInbox({ ...world.system, now: () => years(2) }, 60)).toEqual([
    `inbox_events_${now}`,
  ]);
});
