import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { listInvoices } from "#lib/billing/list-invoices";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { view } from "#lib/db/transaction";
import { effects } from "#lib/dispatch/effects";
import { replaceEnv } from "#lib/env";
import type { Inbox } from "#lib/events/inbox-worker";
import { platformBook } from "#lib/ledger/entry";
import { readBalances } from "#lib/ledger/read-balances";
import { feedAccount } from "#lib/ledger-rules/feed-account";
import { postWaiting } from "#lib/ledger-rules/post-waiting";
import type { TenantContext } from "#lib/tenancy/context";
import { voidUsage } from "#lib/usage/correct-usage";
import { isWaived, toDecide } from "#lib/usage/decide-adjustment";
import { flushUsage } from "#lib/usage/flush-usage";
import { getUsage } from "#lib/usage/get-usage";
import { setUsageLimit } from "#lib/usage/set-limit";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { said } from "#tests/lib/ledger-rules/ledger-scene";
import { movingWorld } from "#tests/lib/usage/moving-world";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;
let moving: ReturnType<typeof movingWorld>;
const policies = ["bill", "credit", "show"] as const;
type Policy = (typeof policies)[number];
const owners = {} as Record<Policy, TenantContext>;
const now = () => moving.now();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  await publishYen();
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
  for (const policy of policies) owners[policy] = await moving.subscribe("yen", "jpy");
}, 60_000);
afterAll(() => world.close());

/** A plan of calls alone, at a quarter of a yen each: four make the least there is. */
async function publishYen(): Promise<void> {
  const meter = { key: "api_calls", name: "API calls", eventName: "api_calls" };
  const offer = { currency: "jpy", interval: "month", model: "per_unit" } as const;
  const named = { key: "yen", name: "Yen", description: "", position: 9 };
  const drafted = await draftPlan(world.system, {
    ...{ ...named, trialDays: 0, features: [] },
    components: [
      {
        ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", meter },
        prices: [{ ...offer, unitMinor: "0.25" }],
      },
    ],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}

const use = (owner: TenantContext, key: string, value: number, at: Date) =>
  takeUsage(owner, { key, meter: "api_calls", value, at: at.toISOString() });

/** Each tenant's invoices are settled by a policy of their own. */
async function settle(): Promise<void> {
  await flushUsage(moving.system(), world.gateway);
  for (const policy of policies) {
    replaceEnv({ ...process.env, USAGE_AFTER_INVOICE: policy });
    const invoices = await view(owners[policy], (tx) => tx.invoice.findMany());
    for (const { id: invoiceId } of invoices) {
      await settleInvoices(moving.system(), world.gateway, { invoiceId });
    }
  }
  replaceEnv(process.env);
  await world.settle(inbox);
}

/** Passes to an hour after the period's end, when its invoice is final. */
async function passPeriod(): Promise<Date> {
  const items = await view(world.system, (tx) => tx.stripeSubscriptionItem.findMany());
  const end = Math.max(...items.map(({ periodEndAt }) => periodEndAt!.getTime()));
  await flushUsage(moving.system(), world.gateway);
  await moving.pass(end - now().getTime() + 2 * hourMs);
  return new Date(end);
}

async function each<T>(read: (owner: TenantContext) => Promise<T>): Promise<Record<Policy, T>> {
  const [bill, credit, show] = await Promise.all(policies.map((policy) => read(owners[policy])));
  return { bill: bill!, credit: credit!, show: show! };
}

const totals = () =>
  each(async (owner) => (await listInvoices(owner, {})).rows.map(({ total }) => total.minor));

/** What was decided, in its order: what is kept back is in brackets. */
const decided = () =>
  each(async (owner) => {
    const orderBy = [{ createdAt: "asc" as const }, { id: "asc" as const }];
    const rows = await view(owner, (tx) => tx.usageAdjustment.findMany({ orderBy }));
    return rows.map(({ amountMinor: minor, waivedAt }) => (waivedAt ? `(${minor})` : `${minor}`));
  });

// The order matters: what comes later moves the one clock of this world.
test("what comes after the invoice is charged, credited or shown, as the policy has it", async () => {
  const first = now();
  for (const owner of Object.values(owners)) {
    await use(owner, "kept", 600, first);
    await use(owner, "voided", 402, first);
  }
  await passPeriod();
  expect(await totals()).toEqual({ bill: [251n], credit: [251n], show: [251n] });

  for (const owner of Object.values(owners)) await use(owner, "late", 400, first);
  await settle();
  await settle();
  expect(await decided()).toEqual({ bill: ["100"], credit: ["(100)"], show: ["(100)"] });

  // Of what was charged 602 are left, of what was not charged 400: nothing was paid too much.
  for (const owner of Object.values(owners)) await use(owner, "later", 2, first);
  for (const owner of Object.values(owners)) {
    await voidUsage(owner, { key: "voided", reason: "a wrong customer" });
  }
  await settle();
  await settle();
  expect(await decided()).toEqual({
    ...{ bill: ["100", "-100"], credit: ["(100)"], show: ["(100)", "(-100)"] },
  });

  // Now less was used than was paid.
  for (const owner of Object.values(owners)) {
    await voidUsage(owner, { key: "late", reason: "a wrong customer" });
  }
  await settle();
  await settle();
  expect(await decided()).toEqual({
    bill: ["100", "-100", "-100"],
    ...{ credit: ["(100)", "-100"], show: ["(100)", "(-100)", "(-100)"] },
  });
});

test.each(policies)("under %s nobody pays for more than was used, and once is enough", (policy) => {
  const minor = fc.bigInt({ min: 0n, max: 500n });
  fc.assert(
    fc.property(minor, fc.array(minor, { minLength: 1, maxLength: 8 }), (billed, worths) => {
      let [charged, waived, least] = [billed, 0n, billed];
      for (const worth of worths) {
        const amount = toDecide(policy, worth - charged, waived);
        if (isWaived(policy, worth - charged)) waived += amount;
        else charged += amount;
        expect(toDecide(policy, worth - charged, waived)).toBe(0n);
        if (worth < least) least = worth;
        expect(charged).toBe({ bill: worth, credit: least, show: billed }[policy]);
      }
    }),
  );
});

test("what was kept back is not charged when another policy holds", () => {
  expect(toDecide("bill", 100n, 100n)).toBe(0n);
  expect(toDecide("bill", 150n, 100n)).toBe(50n);
  expect(toDecide("bill", 60n, 100n)).toBe(0n);
  expect(toDecide("credit", -40n, 100n)).toBe(-40n);
});

test("usage late for two periods is on the next invoice, and the books add up in yen", async () => {
  const second = now();
  for (const owner of Object.values(owners)) await use(owner, "second", 2_000, second);
  await passPeriod();
  // The period's 500, less what the first had too much.
  expect(await totals()).toEqual({
    ...{ bill: [400n, 251n], credit: [400n, 251n], show: [500n, 251n] },
  });

  const before = new Date(second.getTime() - 3 * hourMs);
  for (const owner of Object.values(owners)) {
    await use(owner, "both-1", 40, before);
    await use(owner, "both-2", 80, new Date(second.getTime() + hourMs));
    await use(owner, "third", 4_000, now());
  }
  await settle();
  await settle();
  await passPeriod();
  await settle();
  expect(await totals()).toEqual({
    bill: [1_030n, 400n, 251n],
    ...{ credit: [1_000n, 400n, 251n], show: [1_000n, 500n, 251n] },
  });

  await feedAccount(moving.system(), "", world.gateway, effects);
  await world.settle(inbox);
  await postWaiting(moving.system(), effects);
  const books = await each(async (owner) => {
    const query = { book: platformBook, dimensions: { tenantId: owner.tenantId } };
    const balances = said(await view(moving.system(), (tx) => readBalances(tx, query)));
    return [
      balances["revenue:usage jpy"],
      balances["revenue:other jpy"],
      balances["receivable jpy"],
    ];
  });
  expect(books).toEqual({
    bill: [-1_681n, undefined, undefined],
    credit: [-1_651n, undefined, undefined],
    show: [-1_751n, undefined, undefined],
  });
});

test("a hard cap in money is not passed by fifty requests at once, in yen", async () => {
  const owner = { ...owners.bill, now };
  const spent = async () => {
    const { meters } = await getUsage(owner);
    return meters.find(({ meter }) => meter.key === "api_calls")!.cost!.total.minor;
  };
  await setUsageLimit(owner, {
    ...{ meterKey: "api_calls", act: "hard_cap", measure: "spend", amount: "100" },
  });
  const requests = Array.from({ length: 50 }, (_, request) => `capped-${request}`);
  const receipts = await Promise.all(requests.map((key) => use(owner, key, 9, now())));
  // 44 × 9 × 0.25 yen are 99; nine more would be past 100.
  expect(receipts.filter(({ accepted }) => accepted === 1)).toHaveLength(44);
  expect(receipts.flatMap(({ refused }) => refused.map(({ status }) => status))).toEqual(
    Array(6).fill(402),
  );
  expect(await spent()).toBe(99n);
  expect((await use(owner, "fits", 4, now())).accepted).toBe(1);
  expect(await spent()).toBe(100n);
});
