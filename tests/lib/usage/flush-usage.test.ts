import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listAlerts } from "#lib/alerts/list-alerts";
import { listInvoices } from "#lib/billing/list-invoices";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import { priceOf } from "#lib/catalog/price-of";
import { transact, view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import type { Inbox } from "#lib/events/inbox-worker";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { TenantContext } from "#lib/tenancy/context";
import { compareUsage } from "#lib/usage/compare-usage";
import { voidUsage } from "#lib/usage/correct-usage";
import { flushUsage } from "#lib/usage/flush-usage";
import { listTroubles } from "#lib/usage/list-troubles";
import { readReports } from "#lib/usage/read-reports";
import { settleStuck } from "#lib/usage/settle-stuck";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { newAdmin, visitor } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let owner: TenantContext;
let moving: ReturnType<typeof movingWorld>;
const hourMs = 3_600_000;
const now = () => moving.now();
const pass = (ms: number) => moving.pass(ms);

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
  owner = await moving.subscribe("scale");
}, 60_000);
afterAll(() => world.close());

const system = () => moving.system();
const flush = (over: Partial<StripeGateway> = {}) =>
  flushUsage(system(), { ...world.gateway, ...over });

/** What Stripe counted of the tenant, in all. */
async function counted(): Promise<number> {
  const { tenant, meter } = await view(world.system, async (tx) => ({
    tenant: await tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
    meter: await tx.meter.findUniqueOrThrow({ where: { key: "api_calls" } }),
  }));
  const { data } = await world.stripe.billing.meters.listEventSummaries(meter.stripeMeterId!, {
    customer: tenant.stripeCustomerId!,
    start_time: Math.floor(Date.now() / 60_000) * 60 - 86_400,
    end_time: Math.floor(now().getTime() / 60_000) * 60 + 86_400,
  });
  return data[0]?.aggregated_value ?? 0;
}

let used = 0;
function use(value: string, at = now()): Promise<unknown> {
  used += 1;
  return takeUsage(owner, { key: `u${used}`, meter: "api_calls", value, at: at.toISOString() });
}

// The order matters: what comes later moves the one clock of this world.
test("what is used is told to Stripe, and nothing twice", async () => {
  await use("600000");
  await use("0.25");
  expect(await flush()).toEqual({ sent: 1 });
  expect(await counted()).toBe(600_000.25);
  expect(await flush()).toEqual({ sent: 0 });
  await use("4.75");
  expect(await flush()).toEqual({ sent: 1 });
  expect(await counted()).toBe(600_005);
});

test("cut off before, while and after sending, it is counted once in effect", async () => {
  const dies = (): Promise<never> => Promise.reject(new Error("killed"));
  await use("10");
  await expect(flush({ openMeterStream: dies })).rejects.toThrow("killed");
  await expect(flush({ streamMeterEvents: dies })).rejects.toThrow("killed");
  const streamMeterEvents: StripeGateway["streamMeterEvents"] = async (token, events) => {
    await world.gateway.streamMeterEvents(token, events);
    throw new Error("killed");
  };
  await expect(flush({ streamMeterEvents })).rejects.toThrow("killed");
  expect(await counted()).toBe(600_015);
  expect(await flush()).toEqual({ sent: 1 });
  expect(await counted()).toBe(600_015);
});

test("usage that is voided is taken back at Stripe", async () => {
  await use("85");
  await flush();
  await voidUsage(owner, { key: `u${used}`, reason: "sent by mistake" });
  await flush();
  expect(await counted()).toBe(600_015);
});

test("two that flush at once tell Stripe once", async () => {
  await use("5");
  await Promise.all([flush(), flush(), flush()]);
  expect(await counted()).toBe(600_020);
});

test("what Stripe may have forgotten is settled by its own count", async () => {
  await use("30");
  const streamMeterEvents: StripeGateway["streamMeterEvents"] = async (token, events) => {
    await world.gateway.streamMeterEvents(token, events);
    throw new Error("killed");
  };
  await expect(flush({ streamMeterEvents })).rejects.toThrow("killed");
  await pass(2 * hourMs);
  await use("7");
  const dies = (): Promise<never> => Promise.reject(new Error("killed"));
  await expect(flush({ streamMeterEvents: dies })).rejects.toThrow("killed");
  await pass(25 * hourMs);
  let streamed = 0;
  const counting: StripeGateway["streamMeterEvents"] = (token, events) => {
    streamed += events.length;
    return world.gateway.streamMeterEvents(token, events);
  };
  await flush({ streamMeterEvents: counting });
  expect([streamed, await counted()]).toEqual([1, 600_057]);
});

test("our count and Stripe's agree, and usage that only Stripe has is found", async () => {
  await pass(hourMs);
  expect(await compareUsage(system(), world.gateway)).toEqual({ compared: 1, drifted: 0 });
  const tenant = await view(world.system, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  const payload = { stripe_customer_id: tenant.stripeCustomerId!, value: "3" };
  const timestamp = Math.floor((now().getTime() - 2 * hourMs) / 1000);
  const stray = { event_name: "api_calls", payload, timestamp };
  await world.stripe.billing.meterEvents.create(stray);
  const compare = () => compareUsage(system(), world.gateway, effects);
  expect(await compare()).toEqual({ compared: 1, drifted: 1 });
  const admin = await newAdmin(world.system);
  const told = async () => (await listAlerts(admin, { state: "open", kind: "usage.drifted" })).rows;
  await pass(hourMs);
  await compare();
  expect(await told()).toEqual([]);
  await pass(hourMs + 60_000);
  await compare();
  await compare();
  expect(await told()).toMatchObject([{ tenantId: owner.tenantId }]);
  await world.stripe.billing.meterEvents.create({
    ...{ ...stray, payload: { ...payload, value: "-3" } },
  });
  expect(await compareUsage(system(), world.gateway)).toEqual({ compared: 1, drifted: 0 });
});

test("what Stripe says it did not count is kept, told of, and sent again once it can be", async () => {
  const admin = await newAdmin(world.system);
  const meter = await view(world.system, (tx) =>
    tx.meter.findUniqueOrThrow({ where: { key: "api_calls" } }),
  );
  const before = await counted();
  await world.stripe.billing.meters.deactivate(meter.stripeMeterId!);
  await use("40");
  expect(await flush()).toEqual({ sent: 1 });
  await world.settle(inbox);
  expect(await readReports(system(), effects, world.gateway)).toEqual({ read: 1 });
  expect(await readReports(system(), effects, world.gateway)).toEqual({ read: 0 });
  const { stuck, reports } = await listTroubles(admin);
  expect(stuck).toMatchObject([{ state: "refused", value: "40", tenantId: owner.tenantId }]);
  expect(reports).toMatchObject([{ codes: ["no_meter"], errorCount: 1 }]);
  const { rows: alerts } = await listAlerts(admin, { state: "open", kind: "usage.refused" });
  expect(alerts).toHaveLength(1);

  await world.stripe.billing.meters.reactivate(meter.stripeMeterId!);
  await settleStuck(admin, { id: stuck[0]!.id, act: "send" });
  await expect(settleStuck(admin, { id: stuck[0]!.id, act: "send" })).rejects.toThrow("already");
  expect(await flush()).toEqual({ sent: 1 });
  expect(await counted()).toBe(before + 40);
  expect((await listTroubles(admin)).stuck).toEqual([]);
});

test("an hour with a period's end inside is billed on both its sides", async () => {
  const item = await view(world.system, (tx) =>
    tx.stripeSubscriptionItem.findFirstOrThrow({
      where: { tenantId: owner.tenantId },
      orderBy: { periodEndAt: "desc" },
    }),
  );
  const end = item.periodEndAt!;
  await pass(end.getTime() - now().getTime() + 5_000);
  await use("100", new Date(end.getTime() - 1));
  await use("50000", end);
  await flush();
  await pass(2 * hourMs);
  const plan = (await listPublicPlans(visitor(world.system))).find(({ key }) => key === "scale")!;
  const usage = { api_calls: "600197" };
  const expected = priceOf(plan, { interval: "month", currency: "usd", seats: 1, usage }).total;
  const { rows } = await listInvoices(owner, {});
  expect(rows[0]!.total).toEqual(expected);
});

test("of a meter whose hours do not add up Stripe has the latest quantity", async () => {
  const { tenantId } = owner;
  await transact(world.system, "test.change-meter", (tx) =>
    tx.meter.updateMany({ where: { key: "api_calls" }, data: { aggregation: "max" } }),
  );
  await flush();
  const last = () =>
    view(world.system, (tx) =>
      tx.usageFlush.findMany({ where: { tenantId }, orderBy: { stampedAt: "desc" }, take: 2 }),
    );
  await use("70000");
  await flush();
  await use("1");
  await flush();
  await use("80000");
  await flush();
  const [newest, before] = await last();
  expect([String(newest!.value), String(before!.value)]).toEqual(["80000", "70000"]);
  expect(newest!.stampedAt > before!.stampedAt).toBe(true);
});
