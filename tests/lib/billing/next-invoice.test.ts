import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getBilling } from "#lib/billing/get-billing";
import { getChangeState } from "#lib/billing/get-change-state";
import { getNextInvoice } from "#lib/billing/get-next-invoice";
import { requestChange } from "#lib/billing/request-change";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { flushUsage } from "#lib/usage/flush-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { newMember } from "#tests/support/people";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;
let moving: ReturnType<typeof movingWorld>;
const minuteMs = 60_000;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  await publishCalls();
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
}, 120_000);
afterAll(() => world.close());

/** A plan of a flat part and of calls in tiers, with a least and a most amount. */
async function publishCalls(): Promise<void> {
  const meter = { key: "api_calls", name: "API calls", eventName: "api_calls" };
  const tiers = [
    { upTo: "1000", unitMinor: "1", flatMinor: "0" },
    { upTo: null, unitMinor: "0.5", flatMinor: "300" },
  ];
  const terms = { currency: "usd", interval: "month" } as const;
  const bounds = { minimumMinor: "500", capMinor: "2000" };
  const drafted = await draftPlan(world.system, {
    ...{ key: "tiered", name: "Tiered", description: "", position: 9, trialDays: 0, features: [] },
    components: [
      {
        ...{ kind: "flat", key: "base", name: "Tiered" },
        prices: [{ ...terms, model: "per_unit", unitMinor: "1999" }],
      },
      {
        ...{ kind: "usage", key: "calls", name: "Calls", unit: "call", meter },
        prices: [{ ...terms, model: "graduated", tiers, ...bounds }],
      },
    ],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}

const pro = { plan: "pro", interval: "month", currency: "usd", seats: 3 } as const;
const buy = (choice: Parameters<typeof subscribe>[2] = pro) =>
  subscribe(world, inbox, choice, moving.now);
const next = async (owner: TenantContext) => (await getNextInvoice(owner, world.gateway))!;
const use = (owner: TenantContext, key: string, value: number) =>
  takeUsage(owner, { key, meter: "api_calls", value, at: moving.now().toISOString() });

async function atStripe(owner: TenantContext, over: Stripe.SubscriptionUpdateParams) {
  const { subscriptionId } = await idsOf(owner);
  await world.stripe.subscriptions.update(subscriptionId, over);
  await world.settle(inbox);
}

/** What Stripe itself would bill next, to the cent. */
async function drawnUp(owner: TenantContext) {
  const { subscriptionId: subscription } = await idsOf(owner);
  const invoice = await world.stripe.invoices.createPreview({ subscription });
  const off = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return [invoice.subtotal, off, tax, invoice.total, invoice.amount_due].map(BigInt);
}

const sums = ({ subtotal, discount, tax, total, due }: Awaited<ReturnType<typeof next>>) =>
  [subtotal, discount, tax, total, due].map(({ minor }) => minor);

const coupon = async (over: Stripe.CouponCreateParams) =>
  (await world.stripe.coupons.create({ duration: "forever", ...over })).id;

test("without discount, tax or usage it is the plan and its seats", async () => {
  const owner = await buy();
  const invoice = await next(owner);
  const { nextInvoiceEstimate: listed } = await getBilling(owner);
  expect([invoice.total, invoice.at]).toEqual([listed!.amount, listed!.at]);
  expect(invoice.lines).toEqual([
    { name: "Pro", quantity: "1", amount: { minor: 4900n, currency: "usd" }, isUsage: false },
    { name: "Pro seats", quantity: "3", amount: { minor: 3600n, currency: "usd" }, isUsage: false },
  ]);
  expect(invoice.isUsageExtra).toBe(false);
});

test("discounts, tax, credit and what waits are in it as Stripe has them", async () => {
  const owner = await buy();
  const { accountId, subscriptionId } = await idsOf(owner);
  const { id: rate } = await world.stripe.taxRates.create({
    ...{ display_name: "VAT", percentage: 7.25, inclusive: false },
  });
  const before = sums(await next(owner));
  await atStripe(owner, {
    discounts: [
      { coupon: await coupon({ percent_off: 12.5 }) },
      { coupon: await coupon({ amount_off: 333, currency: "usd" }) },
    ],
    default_tax_rates: [rate],
  });
  await world.stripe.invoiceItems.create({
    ...{ customer_account: accountId, subscription: subscriptionId },
    ...{ amount: 777, currency: "usd", description: "Set-up by hand" },
  });
  const { stripeCustomerId } = await view(owner, (tx) =>
    tx.tenant.findUniqueOrThrow({ where: { id: owner.tenantId } }),
  );
  await world.stripe.customers.createBalanceTransaction(stripeCustomerId!, {
    ...{ amount: -1000, currency: "usd" },
  });
  const invoice = await next(owner);
  expect(sums(invoice)).toEqual(await drawnUp(owner));
  expect(sums(invoice)).not.toEqual(before);
  const [, discount, tax, total, due] = sums(invoice);
  expect([discount! > 333n, tax! > 0n, total! - due!]).toEqual([true, true, 1000n]);
  expect(invoice.creditUsed.minor).toBe(1000n);
  expect(invoice.lines.map(({ name }) => name)).toContain("Set-up by hand");

  await moving.pass(32 * 24 * 60 * minuteMs);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 1 });
  expect([BigInt(data[0]!.total), BigInt(data[0]!.amount_due)]).toEqual([total, due]);
});

test("usage counts up to now: Stripe draws up the same once it was told, bounds and all", async () => {
  const owner = await buy({ ...pro, plan: "tiered", seats: 1 });
  const { id: rate } = await world.stripe.taxRates.create({
    ...{ display_name: "VAT", percentage: 19, inclusive: false },
  });
  const percent_off = 15;
  await atStripe(owner, {
    discounts: [{ coupon: await coupon({ percent_off }) }],
    default_tax_rates: [rate],
  });
  // Nothing used: the least amount is due.
  expect((await next(owner)).lines).toMatchObject([
    { name: "Tiered", amount: { minor: 1999n } },
    { name: "Calls", amount: { minor: 500n }, isUsage: true },
  ]);
  await use(owner, "some", 1_333);
  const told = await next(owner);
  expect(told.lines[1]).toMatchObject({ amount: { minor: 1000n + 300n + 167n } });
  expect(sums(told)).not.toEqual(await drawnUp(owner));
  await flushUsage(moving.system(), world.gateway);
  await world.settle(inbox);
  expect(await drawnUp(owner)).toEqual(sums(told));
  expect(sums(await next(owner))).toEqual(sums(told));

  await use(owner, "more", 9_000);
  const capped = await next(owner);
  expect(capped.lines[1]).toMatchObject({ amount: { minor: 2000n } });
  expect(capped.isUsageExtra).toBe(true);
  await flushUsage(moving.system(), world.gateway);
  const { subscriptionId: subscription } = await idsOf(owner);
  await moving.pass(capped.at.getTime() - moving.now().getTime() + 45 * minuteMs);
  await settleInvoices(moving.system(), world.gateway);
  await moving.pass(60 * minuteMs);
  const { data } = await world.stripe.invoices.list({ subscription, limit: 1 });
  expect([data[0]!.status, BigInt(data[0]!.total)]).toEqual(["paid", capped.total.minor]);
});

test("a discount that is over by then comes off it no more", async () => {
  const owner = await buy({ ...pro, interval: "year" });
  const months = { duration: "repeating", duration_in_months: 3 } as const;
  await atStripe(owner, { discounts: [{ coupon: await coupon({ percent_off: 50, ...months }) }] });
  const invoice = await next(owner);
  expect([invoice.discount.minor, invoice.total]).toEqual([
    0n,
    (await getBilling(owner)).nextInvoiceEstimate!.amount,
  ]);
});

test("of a plan that is planned for then, it is the first", async () => {
  const owner = await buy();
  const input = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
  const made = await requestChange(owner, confirmedChange.parse(input), world.gateway);
  expect(made.status).toBe("scheduled");
  await world.settle(inbox);
  const { planned } = await getChangeState(owner);
  const invoice = await next(owner);
  expect(invoice.lines.map(({ name }) => name)).toEqual(["Starter"]);
  expect([invoice.total, invoice.at]).toEqual([planned!.total, planned!.at]);
});

test("none where the plan ends before, is paused, or was never bought; not for who may not see", async () => {
  const owner = await buy();
  await atStripe(owner, { cancel_at_period_end: true });
  expect(await getNextInvoice(owner, world.gateway)).toBeNull();
  const { member } = await newMember(moving.system(), owner, "member");
  await expect(getNextInvoice(member, world.gateway)).rejects.toMatchObject({ code: "forbidden" });
});
