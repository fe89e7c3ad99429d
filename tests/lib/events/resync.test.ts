import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { samplers } from "#lib/dispatch/stripe-objects";
import type { Inbox } from "#lib/events/inbox-worker";
import { resumeResyncs, runResync } from "#lib/events/run-resync";
import { startResync, stopResync } from "#lib/events/start-resync";
import type { PlatformContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

let world: World;
let inbox: Inbox;
let admin: PlatformContext;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  admin = await newAdmin(world.system, "admin");
}, 60_000);
afterAll(() => world.close());

const rowOf = (id: string) =>
  view(world.system, (tx) => tx.resync.findUniqueOrThrow({ where: { id } }));
const customer = (id: string) =>
  view(world.system, (tx) => tx.stripeCustomer.findFirst({ where: { id } }));

/** How often each job of a comparison was asked for. */
async function jobsOf(resyncId: string): Promise<number[]> {
  const client = new Client({ connectionString: world.database.ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ revision: number }>(
    "select revision from graphile_worker.jobs where key = $1",
    [`resync:${resyncId}`],
  );
  await client.end();
  return rows.map(({ revision }) => revision);
}

/** Nothing that happens meanwhile is told to us. */
async function unheard<T>(work: () => Promise<T>): Promise<T> {
  await world.act("webhook-faults", { kind: "drop" });
  const result = await work();
  await world.act("settle");
  await world.act("webhook-faults", { kind: "off" });
  return result;
}

async function run(tenantId: string | null = null) {
  const { id } = await startResync(admin, { tenantId });
  await runResync(world.system, { resyncId: id }, world.gateway, samplers);
  await inbox.idle();
  return rowOf(id);
}

test("everything Stripe has is compared, and what is missing, changed or gone is mended", async () => {
  const changed = await world.stripe.customers.create({ name: "Before" });
  const gone = await world.stripe.customers.create({ name: "To be deleted" });
  await world.settle(inbox);
  const missing = await unheard(async () => {
    await world.stripe.customers.update(changed.id, { name: "After" });
    await world.stripe.customers.del(gone.id);
    const made = await world.stripe.customers.create({ name: "Never heard of" });
    await world.stripe.paymentMethods.attach("pm_card_visa", { customer: made.id });
    await world.stripe.products.create({ name: "Unheard product" });
    await world.stripe.paymentIntents.create({
      ...{ amount: 1_000, currency: "usd", customer: made.id, confirm: true },
      ...{ payment_method: "pm_card_visa", return_url: "https://example.com" },
    });
    return made;
  });

  const first = await run();
  expect(first).toMatchObject({ status: "done", error: null, accounts: 1, accountsDone: 1 });
  expect(await customer(changed.id)).toMatchObject({ name: "After" });
  expect(await customer(gone.id)).toMatchObject({ isDeleted: true });
  expect(await customer(missing.id)).toMatchObject({ name: "Never heard of" });
  const [charges, products] = await view(world.system, async (tx) => [
    await tx.stripeCharge.count({ where: { customerId: missing.id } }),
    await tx.stripeProduct.count({ where: { name: "Unheard product" } }),
  ]);
  expect([charges, products]).toEqual([1, 1]);

  // Payment methods are found by their customers, which were not known the first time.
  await run();
  const methods = await view(world.system, (tx) =>
    tx.stripePaymentMethod.count({ where: { customerId: missing.id } }),
  );
  expect(methods).toBe(1);
  const last = await run();
  expect(last).toMatchObject({ status: "done", asked: 0 });
  expect(last.compared).toBeGreaterThan(5);
});

test("many objects of one second are neither missed nor taken for gone", async () => {
  await unheard(async () => {
    await Promise.all(
      Array.from({ length: 150 }, () => world.stripe.customers.create({ name: "One of many" })),
    );
  });
  await run();
  const count = await view(world.system, (tx) =>
    tx.stripeCustomer.count({ where: { name: "One of many" } }),
  );
  expect(count).toBe(150);
  const again = await run();
  expect(again.asked).toBe(0);
});

test("a tenant's comparison finds what is gone of its own and of its account's", async () => {
  const { owner } = await newOwner(world.system);
  const account = await world.stripe.v2.core.accounts.create({
    ...{ contact_email: "owner@example.com", display_name: "Northbeam", dashboard: "express" },
    identity: { country: "us" },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: { merchant: { capabilities: { card_payments: { requested: true } } } },
  });
  const on = { stripeAccount: account.id };
  const payer = await world.stripe.customers.create({ name: "The tenant" });
  await transact(world.system, "test.know-tenant", (tx) =>
    tx.tenant.update({
      where: { id: owner.tenantId },
      data: { stripeCustomerId: payer.id, stripeAccountId: account.id },
    }),
  );
  const draft = await world.stripe.invoices.create({ customer: payer.id });
  const kept = await world.stripe.invoices.create({ customer: payer.id });
  const buyer = await world.stripe.customers.create({ name: "A buyer" }, on);
  await world.settle(inbox);
  await unheard(async () => {
    await world.stripe.invoices.del(draft.id);
    await world.stripe.customers.del(buyer.id, {}, on);
  });

  expect(await run(owner.tenantId)).toMatchObject({ status: "done", asked: 2 });
  expect(await customer(buyer.id)).toMatchObject({ isDeleted: true });
  const invoices = await view(world.system, (tx) =>
    tx.stripeInvoice.findMany({ where: { customerId: payer.id, isDeleted: false } }),
  );
  expect(invoices.map(({ id }) => id)).toEqual([kept.id]);
  await transact(world.system, "test.forget-tenant", (tx) =>
    tx.tenant.update({ where: { id: owner.tenantId }, data: { stripeAccountId: null } }),
  );
});

test("it goes on where it was cut off, and only one of two gets on", async () => {
  const { id } = await startResync(admin, { tenantId: null });
  let asked = 0;
  const cut: typeof world.gateway = {
    ...world.gateway,
    listObjects: (...args) => {
      asked += 1;
      if (asked === 4) throw new Error("cut off");
      return world.gateway.listObjects(...args);
    },
  };
  await expect(runResync(world.system, { resyncId: id }, cut, samplers)).rejects.toThrow("cut off");
  const before = await rowOf(id);
  expect(before).toMatchObject({ status: "running", error: "cut off" });
  expect(before.step).toBeGreaterThan(0);

  const go = () => runResync(world.system, { resyncId: id }, world.gateway, samplers);
  await Promise.all([go(), go()]);
  const after = await rowOf(id);
  expect(after).toMatchObject({ status: "done", error: null, accountsDone: 1 });
  expect(after.compared).toBe((await run()).compared);
});

test("one that stands still is asked for again, and one that was stopped is not", async () => {
  const { id } = await startResync(admin, { tenantId: null });
  await expect(startResync(admin, { tenantId: null })).rejects.toMatchObject({ code: "conflict" });
  const reader = await newAdmin(world.system, "read_only");
  await expect(startResync(reader, { tenantId: null })).rejects.toMatchObject({
    code: "forbidden",
  });
  const asked = await jobsOf(id);
  const later = { ...world.system, now: () => new Date(Date.now() + 6 * 60_000) };
  await resumeResyncs({ ...later, now: () => new Date() });
  expect(await jobsOf(id)).toEqual(asked);
  await resumeResyncs(later);
  expect(await jobsOf(id)).toEqual(asked.map((revision) => revision + 1));

  await stopResync(admin, { id });
  await runResync(world.system, { resyncId: id }, world.gateway, samplers);
  expect(await rowOf(id)).toMatchObject({ status: "stopped", compared: 0 });
  await expect(stopResync(admin, { id })).rejects.toMatchObject({ code: "conflict" });
});
