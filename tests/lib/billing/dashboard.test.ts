import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getBilling } from "#lib/billing/get-billing";
import { getNextInvoice } from "#lib/billing/get-next-invoice";
import { listChanges } from "#lib/billing/list-changes";
import { previewChange } from "#lib/billing/preview-change";
import { draftPlan } from "#lib/catalog/draft-plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import type { Inbox } from "#lib/events/inbox-worker";
import { checkInvoice } from "#lib/rater/check-invoice";
import { getSeats } from "#lib/seats/get-seats";
import { settleSeats } from "#lib/seats/settle-seats";
import type { TenantContext } from "#lib/tenancy/context";
import { flushUsage } from "#lib/usage/flush-usage";
import { getUsage } from "#lib/usage/get-usage";
import { settleInvoices } from "#lib/usage/settle-invoices";
import { takeUsage } from "#lib/usage/take-usage";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { movingWorld } from "#tests/lib/usage/moving-world";
import { publishMetered } from "#tests/lib/usage/publish-metered";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;
let moving: ReturnType<typeof movingWorld>;
const dayMs = 86_400_000;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  for (const cents of ["1", "3"]) await publishMetered(world, cents);
  await publishHelpers();
  inbox = world.startWorker();
  moving = movingWorld(world, inbox);
}, 120_000);
afterAll(() => world.close());

/** Something that is bought beside a plan, as often as one likes. */
async function publishHelpers(): Promise<void> {
  const named = { key: "helpers", name: "Helpers", description: "", position: 11, trialDays: 0 };
  const offers = (["month", "year"] as const).map((interval) => {
    return { currency: "usd", interval, model: "per_unit", unitMinor: "700" } as const;
  });
  const drafted = await draftPlan(world.system, {
    ...{ ...named, kind: "add_on", mostQuantity: 10, features: [] },
    components: [{ kind: "flat", key: "base", name: "Helpers", prices: offers }],
  });
  await beginPublishing(world.system, drafted!);
  await runPublishing(world.system, { versionId: drafted!.versionId }, world.gateway);
}

const terms = { interval: "month", currency: "usd", seats: 3 } as const;
const buy = (plan: string) => subscribe(world, inbox, { ...terms, plan }, moving.now);

async function priceOf(key: string): Promise<string> {
  const { data } = await world.stripe.prices.list({ lookup_keys: [key] });
  return data[0]!.id;
}
async function live(owner: TenantContext) {
  const { subscriptionId } = await idsOf(owner);
  return world.stripe.subscriptions.retrieve(subscriptionId);
}
async function change(owner: TenantContext, over: Stripe.SubscriptionUpdateParams) {
  await world.stripe.subscriptions.update((await live(owner)).id, over);
  await world.settle(inbox);
  await settleSeats(moving.system(), { tenantId: owner.tenantId }, world.gateway);
}
async function itemOf(owner: TenantContext, part: string) {
  return (await live(owner)).items.data.find(({ price }) => price.lookup_key?.includes(part))!.id;
}
/** What the rater says of every invoice, the newest first. */
async function verdictsOf(owner: TenantContext) {
  const { subscriptionId: subscription } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription, limit: 50 });
  const said = [];
  for (const { id, total } of data) {
    const check = await checkInvoice(moving.system(), { invoiceId: id }, world.gateway);
    said.push([total, check?.verdict]);
  }
  return said;
}

/** The next invoice here, and as Stripe draws it up. */
async function nextOf(owner: TenantContext) {
  const { subscriptionId: subscription } = await idsOf(owner);
  const { total } = await world.stripe.invoices.createPreview({ subscription });
  return [(await getNextInvoice(owner, world.gateway))?.total.minor, BigInt(total)];
}

/** What our rows, seats and entitlements say of a workspace. */
async function standingOf(owner: TenantContext) {
  const { plan, subscription, seats, addOns } = await getBilling(owner);
  const { features } = await getEntitlements(owner);
  return {
    ...{ plan: plan?.key ?? null, status: subscription?.status ?? null, seats },
    bought: (await getSeats(owner))?.bought ?? null,
    addOns: addOns.map(({ plan: { key }, quantity }) => `${quantity} ${key}`),
    features: features.map(({ key }) => key),
  };
}

const wish = (input: object) => confirmedChange.parse(input);
const toPro = wish({ kind: "plan", plan: "pro", interval: "month", seats: 4 });
const byHand = (unit_amount: number) =>
  world.stripe.prices.create({
    ...{ currency: "usd", unit_amount, recurring: { interval: "month" } },
    product_data: { name: "By hand" },
  });

type Act = { from: string; act: (owner: TenantContext) => Promise<unknown>; follows: object };

/** What somebody does in Stripe's dashboard, and what follows here at once. */
const acts: Record<string, Act> = {
  "another plan's price": {
    from: "starter",
    act: async (owner) => {
      const price = await priceOf("pro@1/base/usd/month");
      await change(owner, { items: [{ id: await itemOf(owner, "/base/"), price }] });
    },
    follows: { plan: "pro", seats: null, bought: null },
  },
  "a price that is not ours": {
    from: "starter",
    act: async (owner) => {
      const { id: price } = await byHand(4321);
      await change(owner, { items: [{ id: await itemOf(owner, "/base/"), price }] });
    },
    follows: { plan: null, status: "active", features: ["roles", "audit"] },
  },
  "an item that is not ours beside the plan": {
    from: "pro",
    act: async (owner) => change(owner, { items: [{ price: (await byHand(1000)).id }] }),
    follows: { plan: "pro", seats: 3, bought: 3 },
  },
  "an add-on": {
    from: "pro",
    act: async (owner) =>
      change(owner, { items: [{ price: await priceOf("helpers@1/base/usd/month"), quantity: 2 }] }),
    follows: { plan: "pro", addOns: ["2 helpers"], bought: 3 },
  },
  "the seats taken away": {
    from: "pro",
    act: async (owner) =>
      change(owner, { items: [{ id: await itemOf(owner, "/seats/"), deleted: true }] }),
    follows: { plan: "pro", seats: null, bought: null },
  },
  "more seats": {
    from: "pro",
    act: async (owner) =>
      change(owner, { items: [{ id: await itemOf(owner, "/seats/"), quantity: 7 }] }),
    follows: { plan: "pro", seats: 7, bought: 7 },
  },
  "no seats": {
    from: "pro",
    act: async (owner) =>
      change(owner, { items: [{ id: await itemOf(owner, "/seats/"), quantity: 0 }] }),
    follows: { plan: "pro", seats: 0, bought: 0 },
  },
  "a coupon": {
    from: "pro",
    act: async (owner) => change(owner, { discounts: [{ coupon: await coupon(30) }] }),
    follows: { plan: "pro", bought: 3 },
  },
  "a coupon for the seats alone, beside one for all": {
    from: "pro",
    act: async (owner) => {
      const discounts = [{ coupon: await coupon(12.5) }];
      await change(owner, {
        items: [{ id: await itemOf(owner, "/seats/"), discounts }],
        discounts: [{ coupon: await coupon(30) }],
      });
    },
    follows: { plan: "pro", bought: 3 },
  },
  "a trial": {
    from: "pro",
    act: (owner) => {
      const end = Math.floor((moving.now().getTime() + 10 * dayMs) / 1000);
      return change(owner, { trial_end: end });
    },
    follows: { plan: "pro", status: "trialing", bought: 3 },
  },
  "the price of a year": {
    from: "starter",
    act: async (owner) => {
      const price = await priceOf("starter@1/base/usd/year");
      await change(owner, { items: [{ id: await itemOf(owner, "/base/"), price }] });
    },
    follows: { plan: "starter", status: "active" },
  },
};

const coupon = async (percent_off: number) =>
  (await world.stripe.coupons.create({ percent_off, duration: "forever" })).id;
/** The rater knows prices of our own alone, and says so of any other. */
const isUnknown = (name: string) => name.includes("not ours");

test("what is changed in Stripe's dashboard holds here at once, and every invoice is ours", async () => {
  const owners: [string, TenantContext][] = [];
  for (const [name, { from }] of Object.entries(acts)) owners.push([name, await buy(from)]);
  await moving.pass(10 * dayMs);
  for (const [name, owner] of owners) {
    await acts[name]!.act(owner);
    expect({ name, ...(await standingOf(owner)) }).toMatchObject({ name, ...acts[name]!.follows });
    const [ours, stripes] = await nextOf(owner);
    expect([name, ours]).toEqual([name, stripes]);
    if (!isUnknown(name)) await previewChange(owner, toPro, world.gateway);
    else {
      const refused = previewChange(owner, toPro, world.gateway);
      await expect(refused).rejects.toMatchObject({ message: /set up with Stripe directly/ });
    }
  }
  await moving.pass(32 * dayMs);
  for (const [name, owner] of owners) {
    const verdicts = (await verdictsOf(owner)).map(([, verdict]) => verdict);
    expect(verdicts.length).toBeGreaterThan(1);
    const wanted = verdicts.map((_one, place) => {
      return isUnknown(name) && place < verdicts.length - 1 ? "unexplained" : "equal";
    });
    expect([name, verdicts]).toEqual([name, wanted]);
  }
});

test("canceled in the dashboard, later or at once, it is so here; kept after all, it goes on", async () => {
  const [later, now] = [await buy("pro"), await buy("pro")];
  await change(later, { cancel_at_period_end: true });
  const { cancelAt } = (await getBilling(later)).subscription!;
  expect(cancelAt).toEqual((await getBilling(later)).subscription!.currentPeriodEnd);
  expect(await getNextInvoice(later, world.gateway)).toBeNull();
  await expect(previewChange(later, toPro, world.gateway)).rejects.toMatchObject({
    message: /The plan is ending/,
  });
  await change(later, { cancel_at_period_end: false });
  expect((await getBilling(later)).subscription?.cancelAt).toBeNull();
  await world.stripe.subscriptions.cancel((await live(now)).id, { prorate: true });
  await world.settle(inbox);
  expect(await standingOf(now)).toMatchObject({ plan: "free", bought: null, status: null });
  expect(await standingOf(now)).toMatchObject({ features: ["roles", "audit"] });
});

/** Another price of usage in a price's place: in its item, or in one of its own. */
const swaps: Record<string, (owner: TenantContext) => Promise<void>> = {
  "in its item": async (owner) => {
    const price = await priceOf("metered_3@1/calls/usd/month");
    await change(owner, { items: [{ id: await itemOf(owner, "/calls/"), price }] });
  },
  "as another item": async (owner) => {
    const price = await priceOf("metered_3@1/calls/usd/month");
    const gone = { id: await itemOf(owner, "/calls/"), deleted: true };
    await change(owner, { items: [gone, { price }] });
  },
};

test("a price of usage swapped before anything was used: what comes late has its own price", async () => {
  const owners: [string, TenantContext][] = [];
  for (const name of Object.keys(swaps)) owners.push([name, await buy("metered_1")]);
  await moving.pass(10 * dayMs);
  for (const [name, owner] of owners) await swaps[name]!(owner);
  await moving.pass(5 * dayMs);
  const use = (owner: TenantContext, key: string, value: number, daysAgo: number) => {
    const at = new Date(moving.now().getTime() - daysAgo * dayMs).toISOString();
    return takeUsage(owner, { key, meter: "api_calls", value, at });
  };
  for (const [name, owner] of owners) {
    await use(owner, "late", 100, 8);
    await use(owner, "new", 1000, 0);
    const [calls] = (await getUsage(owner)).meters;
    expect([name, calls?.quantity, calls?.cost?.total.minor]).toEqual([name, "1000", 3000n]);
    expect((await listChanges(owner)).rows).toMatchObject([
      {
        ...{ status: "applied", requestedBy: null },
        choice: { why: "elsewhere", from: { planKey: "metered_1" }, to: { planKey: "metered_3" } },
      },
    ]);
  }
  await flushUsage(moving.system(), world.gateway);
  await world.settle(inbox);
  for (const [, owner] of owners) {
    const [ours, stripes] = await nextOf(owner);
    expect([ours, stripes]).toEqual([3000n, 3000n]);
  }
  await settleInvoices(moving.system(), world.gateway);
  await moving.pass(20 * dayMs);
  await flushUsage(moving.system(), world.gateway);
  await settleInvoices(moving.system(), world.gateway);
  await moving.pass(31 * dayMs);
  for (const [name, owner] of owners) {
    const verdicts = await verdictsOf(owner);
    const all = verdicts.reduce((sum, [total]) => sum + Number(total), 0);
    expect([name, all]).toEqual([name, 3000 + 100]);
    expect(new Set(verdicts.map(([, verdict]) => verdict))).toEqual(new Set(["equal"]));
  }
});
