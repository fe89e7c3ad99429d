import { afterAll, beforeAll, expect, test } from "vitest";
import { createDraft } from "#lib/catalog/create-draft";
import { draftPlan } from "#lib/catalog/draft-plan";
import { getVersion } from "#lib/catalog/get-version";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { saveDraft } from "#lib/catalog/save-draft";
import { transact, view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { type BackTestRow, emptyBackTest, plusPage } from "#lib/migrations/back-test";
import { backTestVersion, getBackTest } from "#lib/migrations/back-test-version";
import { createMigration } from "#lib/migrations/create-migration";
import { getMigration, listMigrated, listMigrations } from "#lib/migrations/get-migration";
import { createMigrationInput, migratedQuery } from "#lib/migrations/input";
import { listVersionSubscribers } from "#lib/migrations/list-version-subscribers";
import { previewMigration } from "#lib/migrations/preview-migration";
import { runBackTest } from "#lib/migrations/run-back-test";
import { runMigration } from "#lib/migrations/run-migration";
import { resumeMigrations } from "#lib/migrations/settle-scheduled";
import {
  cancelMigration,
  pauseMigration,
  resumeMigration,
  rollBackMigration,
  startMigration,
} from "#lib/migrations/steer-migration";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { cutGateway } from "#tests/lib/billing/cut-gateway";
import { payBy, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin } from "#tests/support/people";

let world: World;
let inbox: Inbox;
let admin: PlatformContext;
let first: string;
let second: string;
const tenants: TenantContext[] = [];

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  const offer = { currency: "usd", interval: "month" } as const;
  const drafted = await draftPlan(world.system, {
    ...{ key: "team", name: "Team", description: "", position: 0, features: [], trialDays: 0 },
    components: [
      { kind: "flat", key: "base", name: "Team", prices: [{ ...offer, unitMinor: "4000" }] },
      { kind: "seat", key: "seats", name: "Seats", prices: [{ ...offer, unitMinor: "1000" }] },
    ],
  });
  first = drafted!.versionId;
  await publish(first);
  const { planId } = await view(world.system, (tx) =>
    tx.planVersion.findUniqueOrThrow({ where: { id: first } }),
  );
  second = (await createDraft(admin, { planId, copyOf: first })).versionId;
  const { draft } = await getVersion(admin, { versionId: second });
  draft.components[0]!.prices[0]!.unitMinor = "5000";
  draft.components[1]!.prices[0]!.unitMinor = "900";
  await saveDraft(admin, { versionId: second, ...draft });
  const choice = { plan: "team", interval: "month", currency: "usd" } as const;
  const bought = [1, 10, 20, 30].map((seats) => subscribe(world, inbox, { ...choice, seats }));
  tenants.push(...(await Promise.all(bought)));
}, 120_000);
afterAll(() => world.close());

async function publish(versionId: string) {
  await beginPublishing(world.system, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
}
const plan = async (over: object = {}) => {
  const input = { fromVersionId: first, toVersionId: second, ...over };
  const { migrationId } = await createMigration(admin, createMigrationInput.parse(input));
  return migrationId;
};
let aheadMs = 0;
/** The system by Stripe's clock, which the tests move on. */
const clocked = () => ({ ...world.system, now: () => new Date(Date.now() + aheadMs) });
const run = (migrationId: string, gateway = world.gateway) =>
  runMigration(clocked(), { migrationId }, gateway);
const subscribers = async (migrationId: string) =>
  (await listMigrated(admin, { migrationId, ...migratedQuery.parse({}) })).rows;
/** How many tenants are on each version by the mirror, once webhooks came back. */
const standing = async () => {
  await world.settle(inbox);
  const query = { limit: 50 };
  const on = await listVersionSubscribers(admin, { versionId: first, ...query });
  const moved = await listVersionSubscribers(admin, { versionId: second, ...query });
  return [on.total, moved.total];
};

test("a draft is tried on what its plan's subscribers were billed", async () => {
  const { result } = await backTestVersion(admin, { versionId: second, months: 3 });
  expect(result).toMatchObject({ subscribers: 4, periods: 4, notOffered: 0 });
  // Seats 1, 10, 20, 30: 4000 and 1000 a seat were billed; 5000 and 900 a seat it would be.
  const billed = [5000, 14_000, 24_000, 34_000].reduce((sum, one) => sum + one);
  const would = [5900, 14_000, 23_000, 32_000].reduce((sum, one) => sum + one);
  expect(result!.totals).toEqual([
    { currency: "usd", periods: 4, billedMinor: String(billed), wouldMinor: String(would) },
  ]);
  const furthest = { billedMinor: "34000", wouldMinor: "32000", periods: 1 };
  expect(result!.rows[0]).toMatchObject({ ...furthest, tenantName: expect.stringMatching(/./) });
});

test("where there are many a job tries them, one try at a time, and says how far it is", async () => {
  const asked = { versionId: second, months: 3 };
  const begun = await backTestVersion(admin, asked, 0);
  expect(begun).toMatchObject({ status: "running", done: 0, total: 4, result: null });
  const [again, and] = await Promise.all([
    backTestVersion(admin, asked, 0),
    backTestVersion(admin, asked, 0),
  ]);
  expect([again.id, and.id]).toEqual([begun.id, begun.id]);
  await runBackTest(world.system, { runId: begun.id });
  await runBackTest(world.system, { runId: begun.id });
  const done = await getBackTest(admin, { versionId: second });
  expect(done).toMatchObject({ id: begun.id, status: "finished", done: 4, total: 4 });
  expect(done.result).toEqual((await backTestVersion(admin, asked)).result);
});

test("pages of any size come to the same, and no more than the furthest rows are kept", () => {
  const row = (place: number): BackTestRow => ({
    ...{ tenantId: `t${place}`, tenantName: "", versionNumber: 1, currency: "eur" },
    ...{ interval: "month", periods: 2, billedMinor: 100n, wouldMinor: BigInt(place) },
  });
  const rows = Array.from({ length: 1_234 }, (_, place) => row((place * 7919) % 1_234));
  const tried = (size: number) => {
    let so = emptyBackTest(3);
    for (let at = 0; at < rows.length; at += size) {
      const page = rows.slice(at, at + size);
      so = plusPage(so, { billed: page.length, periods: page.length * 2 + 1, rows: page });
      expect(so.rows.length).toBeLessThanOrEqual(100);
    }
    return so;
  };
  const whole = tried(2_000);
  const paged = tried(100);
  expect(paged.totals).toEqual(whole.totals);
  expect([paged.subscribers, paged.periods, paged.notOffered]).toEqual([1_234, 2_468, 13]);
  const gaps = ({ rows: kept }: typeof whole) => kept.map(({ wouldMinor }) => wouldMinor);
  expect(gaps(paged)).toEqual(gaps(whole));
  expect(gaps(whole)[0]).toBe(1_233n);
});

test("a migration is refused to what is not published, and twice at once", async () => {
  await expect(plan()).rejects.toMatchObject({ code: "invalid", field: "toVersionId" });
  await publish(second);
  await expect(plan({ toVersionId: first })).rejects.toMatchObject({ field: "toVersionId" });
  const migrationId = await plan();
  await expect(plan()).rejects.toMatchObject({ code: "conflict" });
  await cancelMigration(admin, { migrationId });
  const { rows } = await listMigrations(admin);
  expect(rows[0]).toMatchObject({ id: migrationId, status: "canceled" });
});

test("every migration is on one page of the list, in order, whatever their number", async () => {
  const madeAt = new Date("2020-01-01T00:00:00Z");
  const old = Array.from({ length: 60 }, (_, n) => `plm_old_${String(n).padStart(2, "0")}`);
  const about = { fromVersionId: first, toVersionId: second, timing: "renewal" as const };
  await transact(world.system, "test.plant", (tx) =>
    tx.planMigration.createMany({
      data: old.map((id) => ({
        ...{ id, ...about, status: "canceled" as const, createdAt: madeAt, stagePercent: 100 },
        createdById: "usr_test",
      })),
    }),
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const { rows, next } = await listMigrations(admin, cursor === undefined ? {} : { cursor });
    seen.push(...rows.map(({ id }) => id));
    cursor = next ?? undefined;
  } while (cursor);
  expect(seen.slice(-60)).toEqual(old.toReversed());
  expect(new Set(seen).size).toBe(seen.length);
  await transact(world.system, "test.clear", (tx) =>
    tx.planMigration.deleteMany({ where: { createdAt: madeAt } }),
  );
});

test("the dry run says who pays what before and after, and Stripe agrees", async () => {
  const migrationId = await plan();
  await expect(startMigration(admin, { migrationId, stagePercent: 100 })).rejects.toThrow(
    /counting/,
  );
  await run(migrationId);
  const { status, counts, totals } = await getMigration(admin, { migrationId });
  expect(status).toBe("ready");
  expect(counts).toMatchObject({ pending: 4, moved: 0 });
  expect(totals).toEqual([
    {
      ...{ currency: "usd", interval: "month", subscribers: 4, more: 1, less: 2, same: 1 },
      ...{ beforeMinor: 77_000n, afterMinor: 74_900n },
    },
  ]);
  expect(await standing()).toEqual([4, 0]);

  const rows = await subscribers(migrationId);
  const subscriptionIds = rows.map(({ subscriptionId }) => subscriptionId);
  const drawn = await previewMigration(admin, { migrationId, subscriptionIds }, world.gateway);
  for (const row of drawn) expect(row.previewMinor).toBe(row.afterMinor);
  await cancelMigration(admin, { migrationId });
});

test("a stage moves so many and pauses; a kill at any call leaves each moved once", async () => {
  const migrationId = await plan({ timing: "now" });
  await run(migrationId);
  await startMigration(admin, { migrationId, stagePercent: 30 });
  for (let nth = 1; nth < 6; nth += 1) {
    await run(migrationId, cutGateway(world.gateway, nth, nth % 2 === 1)).catch(() => {});
  }
  await run(migrationId);
  const paused = await getMigration(admin, { migrationId });
  expect(paused).toMatchObject({ status: "paused", counts: { moved: 2, pending: 2 } });
  expect(await standing()).toEqual([2, 2]);
  for (const { subscriptionId, status } of await subscribers(migrationId)) {
    const invoices = await world.stripe.invoices.list({ subscription: subscriptionId });
    // One for the checkout, one for the change.
    expect(invoices.data).toHaveLength(status === "moved" ? 2 : 1);
  }

  await resumeMigration(admin, { migrationId, stagePercent: 100 });
  await run(migrationId);
  expect(await getMigration(admin, { migrationId })).toMatchObject({
    ...{ status: "finished", counts: { moved: 4, pending: 0 } },
  });
  expect(await standing()).toEqual([0, 4]);

  await rollBackMigration(admin, { migrationId });
  await run(migrationId);
  expect(await getMigration(admin, { migrationId })).toMatchObject({
    ...{ status: "rolled_back", counts: { rolled_back: 4 } },
  });
  expect(await standing()).toEqual([4, 0]);
}, 60_000);

test("at the renewal: nobody is billed in between, and who changed a mind is let go", async () => {
  const migrationId = await plan();
  await run(migrationId);
  await startMigration(admin, { migrationId, stagePercent: 50 });
  await run(migrationId);
  expect((await getMigration(admin, { migrationId })).counts).toMatchObject({ scheduled: 2 });
  expect(await standing()).toEqual([4, 0]);
  await rollBackMigration(admin, { migrationId });
  await run(migrationId);
  expect((await getMigration(admin, { migrationId })).status).toBe("rolled_back");
  for (const { subscriptionId } of await subscribers(migrationId)) {
    const { schedule } = await world.stripe.subscriptions.retrieve(subscriptionId);
    expect(schedule).toBeNull();
  }
});

test("at the renewal the new price is billed, and the schedule lets go", async () => {
  const migrationId = await plan();
  await run(migrationId);
  await startMigration(admin, { migrationId, stagePercent: 25 });
  await run(migrationId);
  const [row] = await subscribers(migrationId);
  const { subscriptionId, effectiveAt, afterMinor } = row!;
  expect(row).toMatchObject({ status: "scheduled", position: 0 });

  await world.act("clock", { advance_seconds: 32 * 86_400 });
  aheadMs = 32 * 86_400_000;
  expect(effectiveAt!.getTime()).toBeLessThan(clocked().now().getTime());
  await resumeMigrations(clocked(), world.gateway);
  expect((await subscribers(migrationId))[0]).toMatchObject({ status: "moved", reason: null });
  const { schedule, latest_invoice: latest } = await world.stripe.subscriptions.retrieve(
    subscriptionId,
    { expand: ["latest_invoice"] },
  );
  expect(schedule).toBeNull();
  expect((latest as { subtotal: number }).subtotal).toBe(Number(afterMinor));
  expect(await standing()).toEqual([3, 1]);
  await rollBackMigration(admin, { migrationId });
  // By a clock that is behind, Stripe has no such time to count; the right one leads it back.
  await runMigration(world.system, { migrationId }, world.gateway);
  expect((await getMigration(admin, { migrationId })).counts).toMatchObject({ failed: 1 });
  await rollBackMigration(admin, { migrationId });
  await run(migrationId);
  expect((await getMigration(admin, { migrationId })).counts).toMatchObject({ rolled_back: 1 });
  expect(await standing()).toEqual([4, 0]);
});

test("who cannot pay, is ending, or planned a change is passed over and says why", async () => {
  const [poor, ending, planned] = tenants as [TenantContext, TenantContext, TenantContext];
  await payBy(world, poor, "pm_card_chargeCustomerFail");
  const ids = new Map(
    (await listVersionSubscribers(admin, { versionId: first, limit: 50 })).rows.map((row) => [
      row.tenantId,
      row.id,
    ]),
  );
  // What the way back gave as credit would pay for it.
  const { customer } = await world.stripe.subscriptions.retrieve(ids.get(poor.tenantId)!);
  const { balance } = (await world.stripe.customers.retrieve(customer as string)) as {
    balance: number;
  };
  const spent = { amount: -balance, currency: "usd" };
  if (balance) await world.stripe.customers.createBalanceTransaction(customer as string, spent);
  await world.stripe.subscriptions.update(ids.get(ending.tenantId)!, {
    cancel_at_period_end: true,
  });
  await world.stripe.subscriptionSchedules.create({
    from_subscription: ids.get(planned.tenantId)!,
  });
  const migrationId = await plan({ timing: "now" });
  await run(migrationId);
  await startMigration(admin, { migrationId, stagePercent: 100 });
  await run(migrationId);
  const rows = await subscribers(migrationId);
  const of = (tenant: TenantContext) => rows.find(({ tenantId }) => tenantId === tenant.tenantId);
  expect(of(poor)).toMatchObject({ status: "failed", reason: expect.stringMatching(/declined/) });
  expect(of(ending)).toMatchObject({ status: "skipped", reason: expect.stringMatching(/ends on/) });
  expect(of(planned)).toMatchObject({
    status: "skipped",
    reason: expect.stringMatching(/own is planned/),
  });
  expect((await getMigration(admin, { migrationId })).counts).toMatchObject({ moved: 1 });

  await payBy(world, poor, "pm_card_visa");
  await resumeMigration(admin, { migrationId, stagePercent: 100 });
  await run(migrationId);
  expect((await getMigration(admin, { migrationId })).counts).toMatchObject({
    moved: 2,
    failed: 0,
  });
  expect(await standing()).toEqual([2, 2]);
});

test("an add-on's subscribers are known by their items, and only its item is moved", async () => {
  const offer = { currency: "usd", interval: "month" } as const;
  const storage = (unitMinor: string) => [
    { kind: "flat" as const, key: "storage", name: "Storage", prices: [{ ...offer, unitMinor }] },
  ];
  const words = { key: "storage", kind: "add_on", name: "Storage", description: "" } as const;
  const drafted = await draftPlan(world.system, {
    ...{ ...words, position: 1, features: [], trialDays: 0, components: storage("700") },
  });
  const fromVersionId = drafted!.versionId;
  await publish(fromVersionId);
  const { plan: addOn } = await getVersion(admin, { versionId: fromVersionId });
  const next = await createDraft(admin, { planId: addOn.id, copyOf: fromVersionId });
  const { draft } = await getVersion(admin, next);
  draft.components[0]!.prices[0]!.unitMinor = "800";
  await saveDraft(admin, { ...next, ...draft });
  await publish(next.versionId);
  await expect(plan({ fromVersionId })).rejects.toThrow(/do not take each other's place/);

  // The one that was ending: what is planned for the other is not to be in the way.
  const onFirst = await listVersionSubscribers(admin, { versionId: first, limit: 50 });
  const last = onFirst.rows.find(({ tenantId }) => tenantId === tenants[1]!.tenantId)!;
  const { data } = await world.stripe.prices.list({ lookup_keys: ["storage@1/storage/usd/month"] });
  await world.stripe.subscriptions.update(last.id, { cancel_at_period_end: false });
  await world.stripe.subscriptionItems.create({ subscription: last.id, price: data[0]!.id });
  await world.settle(inbox);
  const query = { versionId: fromVersionId, limit: 50 };
  expect(await listVersionSubscribers(admin, query)).toMatchObject({
    ...{ total: 1, rows: [{ id: last.id }] },
  });

  const migrationId = await plan({ fromVersionId, toVersionId: next.versionId, timing: "now" });
  await run(migrationId);
  await startMigration(admin, { migrationId, stagePercent: 100 });
  await run(migrationId);
  const [row] = await subscribers(migrationId);
  expect(row).toMatchObject({ beforeMinor: 700n, afterMinor: 800n });
  expect(row).toMatchObject({ status: "moved", reason: null });
  await world.settle(inbox);
  expect((await listVersionSubscribers(admin, query)).total).toBe(0);
  expect((await listVersionSubscribers(admin, { ...next, limit: 50 })).total).toBe(1);
  const { items } = await world.stripe.subscriptions.retrieve(last.id);
  expect(items.data.map(({ price }) => price.lookup_key).sort()).toEqual([
    ...["storage@2/storage/usd/month", "team@1/base/usd/month", "team@1/seats/usd/month"],
  ]);
});

test("only an admin moves subscribers; support sees how far it is", async () => {
  const support = await newAdmin(world.system, "support");
  const [migration] = (await listMigrations(support)).rows;
  const migrationId = migration!.id;
  expect(await getMigration(support, { migrationId })).toMatchObject({ status: "finished" });
  const staged = { migrationId, stagePercent: 100 };
  for (const attempt of [
    () =>
      createMigration(
        support,
        createMigrationInput.parse({ fromVersionId: first, toVersionId: second }),
      ),
    () => startMigration(support, staged),
    () => pauseMigration(support, staged),
    () => resumeMigration(support, staged),
    () => rollBackMigration(support, staged),
    () => cancelMigration(support, staged),
    () => previewMigration(support, { migrationId, subscriptionIds: ["x"] }, world.gateway),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
  await resumeMigrations(world.system, world.gateway);
});
