import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listInvoices } from "#lib/billing/list-invoices";
import { startCheckout } from "#lib/billing/start-checkout";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { voidUsage } from "#lib/usage/correct-usage";
import { isWaived } from "#lib/usage/decide-adjustment";
import { flushUsage } from "#lib/usage/flush-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let quiet: TenantContext;
let busy: TenantContext;
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);
const system = () => ({ ...world.system, now });
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
  inbox = world.startWorker();
  quiet = await subscribe();
  busy = await subscribe();
}, 60_000);
afterAll(() => world.close());

async function subscribe(): Promise<TenantContext> {
  const made = await newOwner({ ...world.system, now });
  const choice = { plan: "bounded", interval: "month", currency: "usd", seats: 1 } as const;
  const { checkoutId } = await startCheckout(made.owner, choice, world.gateway);
  const row = await view(made.owner, (tx) =>
    tx.checkout.findUniqueOrThrow({ where: { id: checkoutId } }),
  );
  await world.act(`checkout/${row.stripeSessionId}/complete`);
  await world.settle(inbox);
  return made.owner;
}

async function pass(ms: number): Promise<void> {
  await world.act("clock", { advance_seconds: Math.ceil(ms / 1000) });
  aheadMs += ms;
  await world.settle(inbox);
}

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

test.each([
  ["bill", 5n, false],
  ["bill", -5n, false],
  ["credit", 5n, true],
  ["credit", -5n, false],
  ["show", -5n, true],
] as const)("by the policy %s, %d is kept back: %s", (policy, minor, waived) => {
  expect(isWaived(policy, minor)).toBe(waived);
});
