import { afterAll, beforeAll, expect, test } from "vitest";
import { startCheckout } from "#lib/billing/start-checkout";
import { transact, view } from "#lib/db/transaction";
import { backfillEvents } from "#lib/events/backfill-events";
import { carryOutRun } from "#lib/events/carry-out-run";
import { decideDrift } from "#lib/events/decide-drift";
import type { Inbox } from "#lib/events/inbox-worker";
import { requestResync } from "#lib/events/request-resync";
import { startBackfill } from "#lib/events/start-backfill";
import { startResync } from "#lib/events/start-resync";
import { startRun } from "#lib/events/start-run";
import { getInbox } from "#lib/overview/get-inbox";
import { getInboxEvent } from "#lib/overview/get-inbox-event";
import { listBackfills } from "#lib/overview/list-backfills";
import { listBreakers } from "#lib/overview/list-breakers";
import { getDrift, listDrifts } from "#lib/overview/list-drifts";
import { listInboxEvents } from "#lib/overview/list-inbox-events";
import { listResyncs } from "#lib/overview/list-resyncs";
import { getRun, listRuns } from "#lib/overview/list-runs";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

let world: World;
let inbox: Inbox;
let owner: TenantContext;
let admin: PlatformContext;
let support: PlatformContext;
let reader: PlatformContext;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
  ({ owner } = await newOwner(world.system, { company: "Larkspur" }));
  admin = await newAdmin(world.system);
  support = await newAdmin(world.system, "support");
  reader = await newAdmin(world.system, "read_only");
  const choice = { plan: "pro", interval: "month", currency: "usd", seats: 2 } as const;
  const { checkoutId } = await startCheckout(owner, choice, world.gateway);
  const row = await view(owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  await world.settle(inbox);
}, 60_000);
afterAll(() => world.close());

async function newestOf(type: string) {
  const { rows } = await listInboxEvents(admin, { type, status: "done" });
  return getInboxEvent(admin, rows[0]!.id);
}

test("an event shows its mirror, with its columns, its raw object and what came inside it", async () => {
  const { mirrored, tenant, objectId } = await newestOf("invoice.paid");
  expect(mirrored).toMatchObject({
    ...{ table: "stripe_invoices", isDeleted: false, tenantId: owner.tenantId },
    object: { id: objectId, object: "invoice", status: "paid" },
    parts: [{ table: "stripe_invoice_lines" }],
  });
  expect(mirrored?.columns).toContainEqual({ name: "status", value: "paid" });
  expect(mirrored?.parts[0]?.count).toBeGreaterThan(0);
  expect(tenant).toMatchObject({ name: "Larkspur" });
});

test("an event shows by whom it was converged, and together with what", async () => {
  const paid = await newestOf("invoice.paid");
  expect(paid.convergence.by).toMatch(/^worker-/);
  const whole = [paid, ...paid.siblings];
  const alike = whole.filter((one) => one.handledAt?.getTime() === paid.handledAt?.getTime());
  expect(new Set(paid.convergence.together.map(({ id }) => id))).toEqual(
    new Set(alike.map(({ id }) => id).filter((id) => id !== paid.id)),
  );
});

test("an event shows the facts of its object and the mails that followed from each", async () => {
  const { facts } = await newestOf("customer.subscription.created");
  const active = facts.find(({ kind }) => kind === "subscription.active");
  expect(active?.effects).toMatchObject([{ kind: "mail", what: "plan-active", status: "queued" }]);
});

test("an event's trace leads back to who began it, for whoever may read the audit log", async () => {
  const { id, acts } = await newestOf("checkout.session.completed");
  expect(acts?.trace.map(({ action }) => action)).toContain("billing.start-checkout");
  expect(acts?.trace.find(({ action }) => action === "billing.start-checkout")?.actor).toBe(
    "Olga Owner",
  );
  expect((await getInboxEvent(support, id)).acts).toBeNull();
});

test("the crew says how many partitions each worker leases and how much it has handled", async () => {
  const { crew, workers } = await getInbox(admin);
  expect(workers).toBe(1);
  expect(crew).toMatchObject([{ isAlive: true, partitions: 64 }]);
  expect(crew[0]?.since).toBeInstanceOf(Date);
});

test("a finding shows what differed and its policy, and a person's decision is named", async () => {
  const { id } = await world.stripe.customers.create({ name: "Truly" });
  await world.settle(inbox);
  await transact(world.system, "test.find", (tx) =>
    tx.drift.create({
      data: {
        ...{ id: "drf_a", objectType: "customer", objectId: id, foundAt: new Date() },
        differences: [{ path: "name", mirror: "Falsely", live: "Truly" }],
        ...{ why: "An event about it is among the dead letters.", status: "proposed" },
      },
    }),
  );
  const page = await listDrifts(admin, { status: "proposed" });
  expect(page).toMatchObject({ policy: "auto", proposed: 1, rows: [{ objectId: id }] });
  expect((await listDrifts(admin, { type: "invoice" })).rows).toEqual([]);
  await decideDrift(support, { id: "drf_a", decision: "dismiss" });
  expect(await getDrift(admin, "drf_a")).toMatchObject({
    ...{ status: "dismissed", decidedBy: "Olga Owner" },
    differences: [{ path: "name", mirror: "Falsely", live: "Truly" }],
  });
  await expect(getDrift(admin, "drf_no")).rejects.toMatchObject({ code: "not_found" });
});

test("readings of Stripe's list are shown by account, and asked for by who may", async () => {
  await backfillEvents(world.system, world.gateway, "", false);
  await expect(startBackfill(reader, {})).rejects.toMatchObject({ code: "forbidden" });
  await startBackfill(support, {});
  await startBackfill(support, { account: "" });
  await startBackfill(support, { account: "" });
  await expect(startBackfill(support, { account: "acct_no" })).rejects.toMatchObject({
    code: "not_found",
  });
  const page = await listBackfills(admin);
  expect(page).toMatchObject({
    ...{ next: null, totals: { accounts: 1, failed: 0, missing: 0 } },
    rows: [{ account: "", state: "done", tenant: null }],
  });
  expect(page.totals.seen).toBeGreaterThan(5);
  expect((await listBackfills(admin, { state: "failed" })).rows).toEqual([]);
});

test("an object is asked for once however often it is clicked, and the mirror takes what is there", async () => {
  const { id } = await world.stripe.customers.create({ name: "There" });
  await world.settle(inbox);
  await transact(
    world.system,
    "test.spoil",
    (tx) => tx.$executeRaw`update stripe_customers set name = 'Here' where id = ${id}`,
  );
  await inbox.stop();
  const target = { account: "", objectType: "customer", objectId: id };
  await expect(requestResync(reader, target)).rejects.toMatchObject({ code: "forbidden" });
  await expect(requestResync(support, { ...target, account: "acct_no" })).rejects.toMatchObject({
    field: "account",
  });
  const first = await requestResync(support, target);
  expect(await requestResync(support, target)).toEqual(first);
  inbox = world.startWorker();
  await inbox.idle();
  const event = await getInboxEvent(admin, first.eventId);
  expect(event).toMatchObject({ status: "done", endpoint: "resync" });
  expect(event.mirrored?.columns).toContainEqual({ name: "name", value: "There" });
});

test("a comparison and a run show who began them, how far they are, and when they stand still", async () => {
  await startResync(support, { tenantId: owner.tenantId });
  const later = { ...admin, now: () => new Date(Date.now() + 600_000) };
  expect((await listResyncs(admin)).rows).toMatchObject([
    { status: "running", startedBy: "Olga Owner", tenant: { name: "Larkspur" }, isStill: false },
  ]);
  expect((await listResyncs(later)).rows[0]).toMatchObject({ isStill: true });

  const filter = { status: "done", type: "invoice.paid" } as const;
  const run = { act: "replay", filter, key: "clicked-once", asOf: new Date() } as const;
  const { id } = await startRun(support, run);
  expect(await getRun(later, id)).toMatchObject({ status: "running", isStill: true });
  await carryOutRun(world.system, { runId: id }, false);
  await inbox.idle();
  expect((await listRuns(admin)).rows).toMatchObject([
    { id, filter, act: "replay", status: "done", expected: 1, done: 1, startedBy: "Olga Owner" },
  ]);
  const { facts } = await newestOf("invoice.paid");
  expect(facts.filter(({ kind }) => kind === "invoice.paid")).toHaveLength(1);
});

test("what is held back comes first, and what nobody speaks for any more comes last", async () => {
  const now = Date.now();
  const at = (ms: number) => new Date(now + ms);
  const row = { process: "worker-1", account: "", openings: 1, openedAt: null, retryAt: null };
  await transact(world.system, "test.plant", (tx) =>
    tx.breaker.createMany({
      data: [
        { ...row, route: "GET /gone", status: "open", changedAt: at(0), seenAt: at(-300_000) },
        { ...row, route: "GET /well", status: "closed", changedAt: at(0), seenAt: at(-300_000) },
        { ...row, route: "GET /held", status: "open", changedAt: at(0), seenAt: at(0) },
        { ...row, route: "GET /tried", status: "half_open", changedAt: at(0), seenAt: at(0) },
        {
          ...row,
          route: "GET /old",
          status: "open",
          changedAt: at(0),
          seenAt: at(-2 * 86_400_000),
        },
      ],
    }),
  );
  const rows = await listBreakers(admin);
  expect(rows.map(({ route, isStale }) => `${route}${isStale ? "?" : ""}`)).toEqual([
    ...["GET /held", "GET /tried", "GET /well", "GET /gone?"],
  ]);
});
