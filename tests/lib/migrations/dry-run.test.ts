import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openAccount } from "#lib/accounts/open-account";
import { createCoupon } from "#lib/catalog/create-coupon";
import { createDraft } from "#lib/catalog/create-draft";
import {
  type DraftComponent,
  type DraftPrice,
  draftPlan,
  wholeComponent,
} from "#lib/catalog/draft-plan";
import { getVersion } from "#lib/catalog/get-version";
import { createCouponInput } from "#lib/catalog/input";
import { makeCoupon } from "#lib/catalog/make-coupon";
import type { Tier } from "#lib/catalog/plan";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { saveDraft } from "#lib/catalog/save-draft";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import { createMigration } from "#lib/migrations/create-migration";
import { getMigration, listMigrated } from "#lib/migrations/get-migration";
import { runMigration } from "#lib/migrations/run-migration";
import { startMigration } from "#lib/migrations/steer-migration";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { foundTenant } from "#lib/tenancy/found-tenant";
import { flushUsage } from "#lib/usage/flush-usage";
import { takeUsage } from "#lib/usage/take-usage";
import { openWorld, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner, unique } from "#tests/support/people";

vi.setConfig({ testTimeout: 300_000 });

const currencies = ["usd", "eur", "jpy"] as const;
const timings = ["renewal", "now"] as const;
type Timing = (typeof timings)[number];

const amount = fc.integer({ min: 0, max: 9_999 }).map(String);
const fine = fc.tuple(fc.nat(60), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`);
const steps = fc
  .tuple(fc.integer({ min: 1, max: 500 }), fine, fine, amount)
  .map(([upTo, first, rest, flat]): Tier[] => [
    { upTo: String(upTo), unitMinor: first, flatMinor: "0" },
    { upTo: null, unitMinor: rest, flatMinor: flat },
  ]);
const prices = fc.record({ base: amount, seat: amount, tiers: steps });
type Prices = typeof prices extends fc.Arbitrary<infer T> ? T : never;
const person = fc.record({
  currency: fc.constantFrom(...currencies),
  seats: fc.integer({ min: 1, max: 40 }),
  used: fc.integer({ min: 0, max: 2_000 }),
  /** What somebody's subscription is in the middle of. */
  plight: fc.constantFrom(...(["none", "none", "none", "ending", "planned", "trial"] as const)),
  discount: fc.constantFrom(...(["none", "none", "ours", "other"] as const)),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const sample = <T>(of: fc.Arbitrary<T>, count: number, salt: number) =>
  fc.sample(of, { numRuns: count, seed: seed + salt });

let world: World;
let inbox: Inbox;
let admin: PlatformContext;
let founder: PersonContext;
let aheadMs = 0;
const clocked = () => ({ ...world.system, now: () => new Date(Date.now() + aheadMs) });
type Subscribers = Map<string, Person>;
type Side = { from: string; to: string; subscribers: Subscribers };
const sides = {} as Record<Timing, Side>;
const perSide = 30;

beforeAll(async () => {
  world = await openWorld();
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
  founder = (await newOwner(world.system)).person;
  for (const [place, timing] of timings.entries()) sides[timing] = await openSide(timing, place);
  await world.settle(inbox);
  for (const timing of timings) await reportAll(timing);
  await flushUsage(clocked(), world.gateway);
}, 300_000);
afterAll(() => world.close());

async function openSide(timing: Timing, place: number): Promise<Side> {
  const [before, after] = sample(fc.tuple(prices, prices, prices), 2, place);
  const drafted = await draftPlan(world.system, {
    ...{ key: timing, name: timing, description: "", position: place, features: [], trialDays: 0 },
    components: componentsOf(timing, before!),
  });
  const from = drafted!.versionId;
  await publish(from);
  const coupons = { none: null, ours: await ourCoupon(timing), other: await otherCoupon(from) };
  const { plan } = await getVersion(admin, { versionId: from });
  const { versionId: to } = await createDraft(admin, { planId: plan.id, copyOf: from });
  const { draft } = await getVersion(admin, { versionId: to });
  const components = componentsOf(timing, after!).map(wholeComponent);
  await saveDraft(admin, { versionId: to, ...draft, components });
  await publish(to);

  const subscribers: Subscribers = new Map();
  const rows = await view(world.system, (tx) =>
    tx.component.findMany({ where: { versionId: from }, include: { prices: true } }),
  );
  const buyOne = async (one: Person) => {
    const items = rows.map(({ kind, prices: offered }) => ({
      price: offered.find(({ currency }) => currency === one.currency)!.stripePriceId!,
      ...(kind !== "usage" && { quantity: kind === "seat" ? one.seats : 1 }),
    }));
    subscribers.set(await subscribe(one, items, coupons[one.discount]), one);
  };
  const people = sample(person, perSide, 10 + place);
  while (people.length > 0) await Promise.all(people.splice(0, 8).map(buyOne));
  return { from, to, subscribers };
}

function componentsOf(timing: Timing, of: readonly Prices[]): DraftComponent[] {
  const each = (offer: (one: Prices) => Partial<DraftPrice>) =>
    currencies.map((currency, at) => ({
      ...{ currency, interval: "month" as const },
      ...offer(of[at]!),
    }));
  const meter = { key: timing, name: timing, eventName: timing };
  return [
    { kind: "flat", key: "base", name: "Base", prices: each((one) => ({ unitMinor: one.base })) },
    { kind: "seat", key: "seats", name: "Seats", prices: each((one) => ({ unitMinor: one.seat })) },
    { kind: "usage", key: "calls", name: "Calls", meter, prices: each(({ tiers }) => ({ tiers })) },
  ];
}

async function publish(versionId: string): Promise<void> {
  await beginPublishing(world.system, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
}

/** Everything off for ever, of this plan alone: who keeps it pays nothing. */
async function ourCoupon(timing: Timing): Promise<string> {
  const coupon = { name: "Ours", percentOff: "100", duration: "forever", planKeys: [timing] };
  const { couponId } = await createCoupon(admin, createCouponInput.parse(coupon));
  await makeCoupon(world.system, { couponId }, world.gateway);
  return couponId;
}

/** One made at Stripe by hand, for the old version's products. */
async function otherCoupon(versionId: string): Promise<string> {
  const { draft } = await getVersion(admin, { versionId });
  const { data } = await world.stripe.products.list({ limit: 100 });
  const products = data.filter(({ metadata }) => metadata.version_id === versionId);
  expect(products).toHaveLength(draft.components.length);
  const applies = { products: products.map(({ id }) => id) };
  const terms = { percent_off: 100, duration: "forever", name: "By hand" } as const;
  return (await world.stripe.coupons.create({ ...terms, applies_to: applies })).id;
}

type Items = { price: string; quantity?: number }[];
/** One person founds all of them: nobody has to choose a password each time. */
async function found(): Promise<TenantContext> {
  const { slug } = await foundTenant(founder, { company: unique("company"), country: "US" });
  return enterTenant(founder, slug);
}
const owners = new Map<string, TenantContext>();

async function subscribe(one: Person, items: Items, coupon: string | null): Promise<string> {
  const owner = await found();
  const account = await openAccount(owner, { tenantId: owner.tenantId }, world.gateway);
  const card = await world.stripe.paymentMethods.attach("pm_card_visa", {
    customer_account: account,
  });
  const made = await world.stripe.subscriptions.create({
    ...{ customer_account: account, items, default_payment_method: card.id },
    metadata: { tenant_id: owner.tenantId },
    ...(coupon && { discounts: [{ coupon }] }),
    ...(one.plight === "trial" && { trial_period_days: 10 }),
  });
  owners.set(made.id, owner);
  if (one.plight === "ending") {
    await world.stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
  }
  if (one.plight === "planned") {
    await world.stripe.subscriptionSchedules.create({ from_subscription: made.id });
  }
  return made.id;
}

async function reportAll(meter: Timing): Promise<void> {
  for (const [id, { used }] of sides[meter].subscribers) {
    if (used === 0) continue;
    const at = new Date().toISOString();
    await takeUsage(owners.get(id)!, { key: "first", meter, value: String(used), at });
  }
}

const rowsOf = async (migrationId: string) =>
  new Map(
    (await listMigrated(admin, { migrationId, limit: 100 })).rows.map((row) => [
      row.subscriptionId,
      row,
    ]),
  );

test.each(timings)("%s: the dry run is what is then invoiced, to the cent", async (timing) => {
  const { from: fromVersionId, to: toVersionId, subscribers } = sides[timing];
  const versions = { fromVersionId, toVersionId, timing };
  const { migrationId } = await createMigration(admin, versions);
  await runMigration(clocked(), { migrationId }, world.gateway);
  const counted = await rowsOf(migrationId);
  expect(counted.size).toBe(perSide);
  for (const [id, one] of subscribers) {
    const { warnings, afterMinor, beforeMinor } = counted.get(id)!;
    expect([typeof afterMinor, typeof beforeMinor]).toEqual(["bigint", "bigint"]);
    const words = warnings.join(" ");
    expect(/left out/.test(words)).toBe(one.plight === "ending" || one.plight === "planned");
    if (one.plight === "trial") expect(words).toMatch(/on trial/);
    const isMoved = one.plight === "none" || one.plight === "trial";
    expect(/By hand is for other products/.test(words)).toBe(isMoved && one.discount === "other");
  }
  const { totals } = await getMigration(admin, { migrationId });
  for (const { currency, subscribers: many, beforeMinor, afterMinor } of totals) {
    const own = [...counted.values()].filter((row) => row.currency === currency);
    expect(many).toBe(own.length);
    expect(beforeMinor).toBe(own.reduce((sum, row) => sum + row.beforeMinor!, 0n));
    expect(afterMinor).toBe(own.reduce((sum, row) => sum + row.afterMinor!, 0n));
  }

  await startMigration(admin, { migrationId, stagePercent: 100 });
  for (let run = 0; run < 3; run += 1)
    await runMigration(clocked(), { migrationId }, world.gateway);
  const moved = await rowsOf(migrationId);
  for (const [id, { plight }] of subscribers) {
    const isLeft = plight === "ending" || plight === "planned";
    // Whoever counts use moves at the renewal; in a trial nothing of it is billed.
    const isAtOnce = timing === "now" && plight === "trial";
    const status = isLeft ? "skipped" : isAtOnce ? "moved" : "scheduled";
    expect([moved.get(id)!.status, plight]).toEqual([status, plight]);
    if (plight === "trial") {
      expect((await world.stripe.subscriptions.retrieve(id)).status).toBe("trialing");
    }
  }
  dryRuns.push({ timing, counted });
});

const dryRuns: { timing: Timing; counted: Awaited<ReturnType<typeof rowsOf>> }[] = [];

test("the renewal bills use by the rule, the rest by the new version, and discounts follow", async () => {
  await world.act("clock", { advance_seconds: 32 * 86_400 });
  aheadMs = 32 * 86_400_000;
  expect(dryRuns).toHaveLength(2);
  let looked = 0;
  for (const { timing, counted } of dryRuns) {
    for (const [id, one] of sides[timing].subscribers) {
      const row = counted.get(id)!;
      // A trial's renewal is another day, and its use falls into another period.
      if (one.plight !== "none") continue;
      looked += 1;
      const { data } = await world.stripe.invoices.list({ subscription: id });
      const renewal = data.find(({ billing_reason: why }) => why === "subscription_cycle")!;
      // Use is billed by the price it was used under.
      const use = row.soFarBeforeMinor!;
      const whole = row.afterMinor! - row.soFarAfterMinor! + use;
      const what = { seed, timing, one };
      expect({ ...what, subtotal: BigInt(renewal.subtotal) }).toEqual({ ...what, subtotal: whole });
      const isFree = one.discount === "ours";
      // Use of a period that ended under the old version is that version's, discount and all.
      const old = one.discount === "other" ? use : 0n;
      expect({ ...what, total: BigInt(renewal.total) }).toEqual({
        ...{ ...what, total: isFree ? 0n : whole - old },
      });
    }
  }
  expect(looked).toBeGreaterThanOrEqual(20);
});
