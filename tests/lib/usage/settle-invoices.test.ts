import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { listInvoices } from "#lib/billing/list-invoices";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { voidUsage } from "#lib/usage/correct-usage";
import { isWaived } from "#lib/usage/decide-adjustment";
import { flushUsage } from "#lib/usage/flush-usage";
import { getUsage } from "#lib/usage/get-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { publishMetered } from "#tests/lib/usage/publish-metered";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let quiet: TenantContext;
let busy: TenantContext;
let moving: ReturnType<typeof movingWorld>;
const now = () => moving.now();
const system = () => moving.system();
const pass = (ms: number) => moving.pass(ms);
const minuteMs = 60_000;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  const drafted = await draftPlan(world.system, {
    ...{
      key: "bounded",
      name: "Bounded",
      description: "",
      position: 9,
      trialDays: 0,
      features: [],
    },
    components: [
      {
        ...{ kind: "usage", key: "calls", name: "Calls", unit: "call" },
        meter: { key: "api_calls", name: "API calls", eventName: "api_calls" },
        prices: [
          {
            ...{ currency: "usd", interval: "month", model: "per_unit", unitMinor: "1" },
            ...{ minimumMinor: "500", capMinor: "2000" },
          },
        ],
      },
    ],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
  await publishMetered(world, "1");
  await publishMetered(world, "3");
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
  quiet = await moving.subscribe("bounded");
  busy = await moving.subscribe("bounded");
}, 60_000);
afterAll(() => world.close());

async function passPeriod(): Promise<Date> {
  const item = await view(world.system, (tx) =>
    tx.stripeSubscriptionItem.findFirstOrThrow({ orderBy: { periodEndAt: "desc" } }),
  );
  const end = item.periodEndAt!;
  await pass(end.getTime() - now().getTime() + 45 * minuteMs);
  return end;
}

async function settle(): Promise<void> {
  await flushUsage(system(), world.gateway);
  await settleInvoices(system(), world.gateway);
  await world.settle(inbox);
}

const totals = async (owner: TenantContext) =>
  (await listInvoices(owner, {})).rows.map(({ total }) => total.minor);

const use = (owner: TenantContext, key: string, value: number, at: Date = now()) =>
  takeUsage(owner, { key, meter: "api_calls", value, at: at.toISOString() });

// The order matters: what comes later moves the one clock of this world.
test("a minimum and a cap are met on the invoice they belong to, once", async () => {
  await use(quiet, "a", 300);
  await use(busy, "a", 9_000);
  await flushUsage(system(), world.gateway);
  await passPeriod();
  await settle();
  await settle();
  await pass(60 * minuteMs);
  expect([(await totals(quiet))[0], (await totals(busy))[0]]).toEqual([500n, 2_000n]);
  const rows = await view(world.system, (tx) => tx.usageAdjustment.findMany());
  expect(rows.map(({ why, amountMinor }) => [why, amountMinor]).sort()).toEqual([
    ["cap", -7_000n],
    ["minimum", 200n],
  ]);
});

test("usage after the invoice is charged on the next, and taken back where it was voided", async () => {
  const before = new Date(now().getTime() - 3 * 60 * minuteMs);
  await use(quiet, "late", 450, before);
  await settle();
  await settle();
  const late = await view(quiet, (tx) => tx.usageAdjustment.findMany({ where: { why: "late" } }));
  // 300 + 450 come to 750, of which the minimum has been paid.
  expect(late.map(({ amountMinor }) => amountMinor)).toEqual([250n]);
  await voidUsage(quiet, { key: "late", reason: "a wrong customer" });
  await settle();
  await settle();
  const all = await view(quiet, (tx) =>
    tx.usageAdjustment.findMany({ where: { why: "late" }, orderBy: { createdAt: "asc" } }),
  );
  expect(all.map(({ amountMinor, postedAt }) => [amountMinor, postedAt !== null])).toEqual([
    [250n, true],
    [-250n, true],
  ]);
  await use(quiet, "again", 550, before);
  await settle();
  await use(quiet, "next", 1_000);
  await flushUsage(system(), world.gateway);
  await passPeriod();
  await settle();
  await pass(60 * minuteMs);
  // 850 less the 500 paid, and the 1,000 of its own period.
  expect((await totals(quiet))[0]).toBe(350n + 1_000n);
});

test("a plan that is ended now still meets its minimum, on the invoice of its end", async () => {
  const leaver = await moving.subscribe("bounded");
  await pass(180 * minuteMs);
  const at = now();
  await use(leaver, "once", 120, at);
  await flushUsage(system(), world.gateway);
  await pass(minuteMs);
  const { id } = await view(leaver, (tx) => tx.subscription.findFirstOrThrow());
  await world.stripe.subscriptions.cancel(id, { invoice_now: true, prorate: false });
  await world.settle(inbox);
  await pass(45 * minuteMs);
  await settle();
  await settle();
  await pass(60 * minuteMs);
  expect((await totals(leaver))[0]).toBe(500n);
  await use(leaver, "late", 600, at);
  await settle();
  const late = await view(leaver, (tx) =>
    tx.usageAdjustment.findFirstOrThrow({ where: { why: "late" } }),
  );
  // No subscription is left to bill it, so it waits for whatever the account is billed next.
  expect([late.amountMinor, late.error, late.postedAt !== null]).toEqual([220n, null, true]);
});

test("an invoice of a change at once closes its usage with the bounds met", async () => {
  const changer = await moving.subscribe("bounded");
  await use(changer, "once", 9_000);
  await flushUsage(system(), world.gateway);
  const { id } = await view(changer, (tx) => tx.subscription.findFirstOrThrow());
  await pass(3 * 86_400_000);
  await world.stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
  await world.settle(inbox);
  const asked = await view(world.system, (tx) =>
    tx.fact.findMany({
      where: { tenantId: changer.tenantId, kind: "invoice.finalized" },
    }),
  );
  expect(asked).toHaveLength(1);
  await settle();
  const cap = await view(changer, (tx) => tx.usageAdjustment.findFirstOrThrow());
  expect([cap.why, cap.amountMinor, cap.postedAt !== null]).toEqual(["cap", -7_000n, true]);
});

test("usage is billed by the plan it was used under, when the plan changes within a period", async () => {
  const mover = await moving.subscribe("metered_1");
  const dayMs = 86_400_000;
  await pass(2 * dayMs + 20 * minuteMs);
  await use(mover, "old", 300);
  await flushUsage(system(), world.gateway);
  // Stripe is told of this only after the change, and it was used before.
  await use(mover, "untold", 40);
  await pass(minuteMs);
  const { id } = await view(mover, (tx) => tx.subscription.findFirstOrThrow());
  const plan = { kind: "plan", plan: "metered_3", interval: "month", seats: 1 } as const;
  const at = { ...mover, now };
  const preview = await previewChange(at, confirmedChange.parse(plan), world.gateway);
  expect(preview.now!.lines.map(({ amount }) => amount.minor)).toEqual([300n]);
  expect(preview.next?.lines.filter(({ quantity }) => quantity === 0) ?? []).toEqual([]);
  await requestChange(at, confirmedChange.parse(plan), world.gateway);
  await world.settle(inbox);
  expect((await totals(mover))[0]).toBe(300n);

  await pass(minuteMs);
  await use(mover, "new", 50);
  const live = async () => {
    const { meters } = await getUsage({ ...mover, now });
    const calls = meters.find(({ meter }) => meter.key === "api_calls")!;
    return [calls.quantity, calls.cost!.total.minor];
  };
  expect(await live()).toEqual(["50", 150n]);
  const { latest_invoice: changed } = await world.stripe.subscriptions.retrieve(id);
  await settleInvoices(system(), world.gateway, { invoiceId: String(changed) });
  await settle();
  await settle();
  const late = await view(mover, (tx) => tx.usageAdjustment.findFirstOrThrow());
  expect([late.why, late.amountMinor]).toEqual(["late", 40n]);
  await passPeriod();
  await settle();
  await pass(60 * minuteMs);
  expect((await totals(mover))[0]).toBe(150n + 40n);
});

test("usage told too late for a change, before which nothing was used, keeps its price", async () => {
  const mover = await moving.subscribe("metered_1");
  await pass(2 * 86_400_000 + 20 * minuteMs);
  // Stripe knows of no usage when the price leaves, so it has no line for the time before.
  await use(mover, "untold", 40);
  await pass(minuteMs);
  const plan = { kind: "plan", plan: "metered_3", interval: "month", seats: 1 } as const;
  const at = { ...mover, now };
  const { id: changeId } = await requestChange(at, confirmedChange.parse(plan), world.gateway);
  await world.settle(inbox);
  await settleInvoices(system(), world.gateway, { changeId });
  await pass(minuteMs);
  await use(mover, "new", 50);
  const { meters } = await getUsage(at);
  expect(meters.map(({ quantity, cost }) => [quantity, cost!.total.minor])).toEqual([["50", 150n]]);
  await settle();
  await settle();
  const adjusted = await view(mover, (tx) => tx.usageAdjustment.findMany());
  expect(adjusted.map(({ why, amountMinor }) => [why, amountMinor])).toEqual([["late", 40n]]);
  await passPeriod();
  await settle();
  await pass(60 * minuteMs);
  expect((await totals(mover))[0]).toBe(150n + 40n);
});

test("what some use beyond all measure keeps nobody else's invoice waiting", async () => {
  const [absurd, huge] = [await moving.subscribe("bounded"), await moving.subscribe("bounded")];
  const other = await moving.subscribe("bounded");
  const sendMost = (owner: TenantContext, request: number, count: number) =>
    takeUsage(
      { ...owner, now },
      Array.from({ length: count }, (_, index) => ({
        ...{ key: `${request}-${index}`, meter: "api_calls", value: "999999999999999" },
      })),
    );
  // More than any amount we keep, and more than any that Stripe is told.
  for (const request of Array(10).keys()) await sendMost(absurd, request, 1_000);
  await sendMost(huge, 0, 10);
  await passPeriod();
  await expect(settleInvoices(system(), world.gateway)).rejects.toThrow("could not be settled");
  const decided = async (owner: TenantContext) => {
    const rows = await view(owner, (tx) => tx.usageAdjustment.findMany());
    return rows.map(({ amountMinor, postedAt, error }) => [amountMinor, postedAt !== null, error]);
  };
  expect(await decided(absurd)).toEqual([]);
  expect(await decided(huge)).toEqual([
    [-9_999_999_999_997_990n, false, expect.stringContaining("no amount this large")],
  ]);
  expect(await decided(other)).toEqual([[500n, true, null]]);
});

test.each([
  ["bill", 5n, false],
  ["bill", -5n, false],
  ["credit", 5n, true],
  ["credit", -5n, false],
  ["show", -5n, true],
] as const)("by the policy %s, %d is kept back: %s", (policy, minor, waived) => {
  expect(isWaived(policy, minor)).toBe(waived);
});
