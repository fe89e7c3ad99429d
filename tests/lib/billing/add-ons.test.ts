import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getBilling } from "#lib/billing/get-billing";
import { getChangeState } from "#lib/billing/get-change-state";
import { checkoutInput } from "#lib/billing/input";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { settleChange } from "#lib/billing/settle-change";
import { startCheckout } from "#lib/billing/start-checkout";
import { type DraftPlan, draftPlan } from "#lib/catalog/draft-plan";
import { listPublicAddOns, listPublicPlans } from "#lib/catalog/list-public-plans";
import { beginPublishing } from "#lib/catalog/publish-version";
import { retirePlan, retireVersion } from "#lib/catalog/retire-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { updatePlan } from "#lib/catalog/update-plan";
import { view } from "#lib/db/transaction";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import type { Inbox } from "#lib/events/inbox-worker";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";
import { newAdmin, newOwner } from "#tests/support/people";

vi.setConfig({ testTimeout: 60_000 });

let world: World;
let inbox: Inbox;
let admin: PlatformContext;

const usd = { currency: "usd", interval: "month" } as const;
const words = { kind: "add_on", description: "", trialDays: 0 } as const;
const addOns: DraftPlan[] = [
  {
    ...{ ...words, key: "storage", name: "Storage", position: 10, mostQuantity: 5 },
    features: [{ key: "gigabytes", name: "Gigabytes", limit: 100 }],
    components: [
      {
        // The key a plan's own flat price has: they must not be taken for each other.
        ...{ kind: "flat", key: "base", name: "Storage" },
        prices: [
          { ...usd, unitMinor: "700" },
          { ...usd, interval: "year", unitMinor: "7000" },
        ],
      },
    ],
  },
  {
    ...{ ...words, key: "seals", name: "Seals", position: 13, mostQuantity: 5 },
    features: [{ key: "seals", name: "Seals", limit: 10 }],
    components: [
      { kind: "flat", key: "seals", name: "Seals", prices: [{ ...usd, unitMinor: "300" }] },
    ],
  },
  {
    ...{ ...words, key: "support", name: "Priority support", position: 11 },
    features: [{ key: "support", name: "An answer within the hour" }],
    besidePlans: ["pro"],
    components: [
      { kind: "flat", key: "support", name: "Support", prices: [{ ...usd, unitMinor: "1500" }] },
    ],
  },
  {
    ...{ ...words, key: "exports", name: "Exports", position: 12, features: [] },
    components: [
      {
        ...{ kind: "usage", key: "exports", name: "Exports", unit: "export" },
        meter: { key: "exports", name: "Exports", eventName: "exports" },
        prices: [{ ...usd, unitMinor: "2.5" }],
      },
    ],
  },
];

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  for (const draft of addOns) {
    const drafted = await draftPlan(world.system, draft);
    await beginPublishing(world.system, drafted!);
    await runPublishing(world.system, drafted!, world.gateway);
  }
  inbox = world.startWorker();
  admin = await newAdmin(world.system);
}, 60_000);
afterAll(() => world.close());

const pro = { plan: "pro", interval: "month", currency: "usd", seats: 2 } as const;
const choice = (addOns: unknown[], over: object = {}) =>
  checkoutInput.parse({ ...pro, addOns, ...over });
const buy = (addOns: unknown[]) => subscribe(world, inbox, choice(addOns));
const wish = (addOns: unknown[] | undefined, over: object = {}) =>
  confirmedChange.parse({ ...pro, kind: "plan", addOns, ...over });
const namesOf = async (owner: TenantContext) =>
  (await getBilling(owner)).addOns.map(({ plan, quantity }) => `${quantity} ${plan.key}`);
const keysOf = async (owner: TenantContext) => {
  const { subscriptionId } = await idsOf(owner);
  const { items } = await world.stripe.subscriptions.retrieve(subscriptionId);
  return items.data.map(({ price, quantity }) => `${quantity ?? "-"} ${price.lookup_key}`).sort();
};

test("an add-on is on offer beside plans, and never among them", async () => {
  expect((await listPublicAddOns(world.system)).map(({ key }) => key)).toEqual([
    ...["storage", "support", "exports", "seals"],
  ]);
  expect((await listPublicPlans(world.system)).every(({ kind }) => kind === "base")).toBe(true);
});

test("bought with the plan: on the invoice, in the estimate and in what may be used", async () => {
  const owner = await buy([{ key: "storage", quantity: 3 }, "support", "exports"]);
  expect(await keysOf(owner)).toEqual([
    "- exports@1/exports/usd/month",
    "1 pro@1/base/usd/month",
    "1 support@1/support/usd/month",
    "2 pro@1/seats/usd/month",
    "3 storage@1/base/usd/month",
  ]);
  const { subscriptionId } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId });
  const whole = 4900 + 2 * 1200 + 3 * 700 + 1500;
  expect(data.map(({ total }) => total)).toEqual([whole]);
  const billing = await getBilling(owner);
  expect(billing.plan?.key).toBe("pro");
  expect(await namesOf(owner)).toEqual(["3 storage", "1 support", "1 exports"]);
  expect(billing.nextInvoiceEstimate).toMatchObject({
    ...{ amount: { minor: BigInt(whole) }, isUsageExtra: true },
  });
  const { features } = await getEntitlements(owner);
  expect(features.find(({ key }) => key === "gigabytes")).toMatchObject({ limit: "300" });
  expect(features.map(({ key }) => key)).toContain("support");
});

test("another quantity is another checkout; the same one is the same page", async () => {
  const { owner } = await newOwner(world.system);
  const start = (quantity: number) =>
    startCheckout(owner, choice([{ key: "storage", quantity }]), world.gateway);
  const first = await start(1);
  expect((await start(1)).checkoutId).toBe(first.checkoutId);
  const second = await start(2);
  expect(second.checkoutId).not.toBe(first.checkoutId);
  expect((await getBilling(owner)).checkoutUnderWay?.addOns).toEqual([
    { key: "storage", quantity: 2 },
  ]);
});

test("added to a running plan: billed line by line as it was shown, our rater agreeing", async () => {
  const owner = await buy([]);
  const input = wish([{ key: "storage", quantity: 2 }, "exports"]);
  const preview = await previewChange(owner, input, world.gateway);
  expect(preview.choice).toMatchObject({ timing: "now", why: "upgrade" });
  expect(preview.now!.lines.map(({ quantity }) => quantity)).toEqual([2]);
  // What was paid a moment ago is all of the period but some seconds.
  expect(preview.dueNowMinor).toBeGreaterThanOrEqual(1399n);
  expect(preview.isAgreed).toBe(true);
  const due = { prorationAt: preview.prorationAt!.toISOString() };
  const dueNowMinor = String(preview.dueNowMinor);
  const seen = confirmedChange.parse({ ...input, ...due, dueNowMinor });
  expect((await requestChange(owner, seen, world.gateway)).status).toBe("applied");
  await world.settle(inbox);
  expect(await namesOf(owner)).toEqual(["2 storage", "1 exports"]);
  const next = preview.next!.total.minor;
  expect((await getBilling(owner)).nextInvoiceEstimate?.amount.minor).toBe(next);

  // Seats alone: what is beside the plan stays where it is not named.
  await requestChange(owner, wish(undefined, { seats: 3 }), world.gateway);
  await world.settle(inbox);
  expect(await namesOf(owner)).toEqual(["2 storage", "1 exports"]);
});

test("with another plan each item stays what it is, whatever their keys", async () => {
  const owner = await subscribe(world, inbox, choice(["storage"], { plan: "starter", seats: 1 }));
  await requestChange(owner, wish(undefined), world.gateway);
  expect(await keysOf(owner)).toEqual([
    "1 pro@1/base/usd/month",
    "1 storage@1/base/usd/month",
    "2 pro@1/seats/usd/month",
  ]);
  const { subscriptionId } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 1 });
  const touched = data[0]!.lines.data.map(({ description }) => description ?? "");
  expect(touched.filter((line) => line.includes("Storage"))).toEqual([]);
});

test("what cannot be bought so says at its field what to do instead", async () => {
  const { owner } = await newOwner(world.system);
  const refused = (addOns: unknown[], message: RegExp, over: object = {}) =>
    expect(startCheckout(owner, choice(addOns, over), world.gateway)).rejects.toMatchObject({
      ...{ code: "invalid", field: "addOns", message: expect.stringMatching(message) },
    });
  await refused([{ key: "support", quantity: 2 }], /bought once per plan/);
  await refused([{ key: "exports", quantity: 2 }], /bought once per plan/);
  await refused([{ key: "storage", quantity: 6 }], /at most 5 times, not 6/);
  await refused(["storage", "storage"], /there twice/);
  await refused(["nothing"], /no such add-on/);
  await refused(["starter"], /no such add-on/);
  await refused(["support"], /not sold beside Starter/, { plan: "starter" });
  await refused(["storage"], /Storage is not offered in EUR per month. Leave/, { currency: "eur" });
  await refused(["support"], /not offered in USD per year/, { interval: "year" });
  for (const quantity of [0, -1, 1.5, Number.NaN, 1e9]) {
    expect(() => choice([{ key: "storage", quantity }])).toThrow();
  }

  // A running plan keeps its currency and interval, so an add-on has to be sold in them.
  const eur = await subscribe(world, inbox, choice([], { currency: "eur" }));
  await expect(
    previewChange(eur, wish(["storage"], { currency: "eur" }), world.gateway),
  ).rejects.toMatchObject({ field: "addOns", message: expect.stringMatching(/EUR per month/) });
  const monthly = await buy(["support"]);
  await expect(
    previewChange(monthly, wish(undefined, { interval: "year" }), world.gateway),
  ).rejects.toMatchObject({ field: "addOns", message: expect.stringMatching(/Leave it out/) });
});

test("a plan is there once; only an add-on is bought several times", async () => {
  const { id: planId } = await planOf("pro");
  await expect(updatePlan(admin, { planId, mostQuantity: 2 })).rejects.toMatchObject({
    ...{ code: "invalid", field: "mostQuantity" },
  });
});

test("an add-on that is retired is kept by who has it and sold to nobody else", async () => {
  const owner = await buy([{ key: "storage", quantity: 2 }]);
  const [storage] = (await getBilling(owner)).addOns;
  await updatePlan(admin, {
    ...{ planId: (await planOf("storage")).id, mostQuantity: 1, besidePlans: ["scale"] },
  });
  await retireVersion(admin, { versionId: storage!.plan.versionId });
  await retirePlan(admin, { planId: (await planOf("storage")).id });

  expect((await listPublicAddOns(world.system)).map(({ key }) => key)).not.toContain("storage");
  const { owner: other } = await newOwner(world.system);
  await expect(startCheckout(other, choice(["storage"]), world.gateway)).rejects.toMatchObject({
    ...{ field: "addOns", message: expect.stringMatching(/not sold any more/) },
  });
  // More seats beside it, and two of it although one is the most by now: it stays as it was.
  await requestChange(owner, wish(undefined, { seats: 5 }), world.gateway);
  await world.settle(inbox);
  expect(await namesOf(owner)).toEqual(["2 storage"]);
  await expect(
    previewChange(owner, wish([{ key: "storage", quantity: 3 }]), world.gateway),
  ).rejects.toMatchObject({ field: "addOns", message: expect.stringMatching(/at most 2/) });
});

test("a plan that ended comes again with what was beside it and is still sold", async () => {
  const owner = await buy([
    { key: "seals", quantity: 2 },
    { key: "exports", quantity: 1 },
  ]);
  expect((await getChangeState(owner)).former).toBeNull();
  await retirePlan(admin, { planId: (await planOf("exports")).id });
  const ended = confirmedChange.parse({ kind: "cancel_now", reason: "unused" });
  await requestChange(owner, ended, world.gateway);
  await world.settle(inbox);
  expect((await getChangeState(owner)).former).toMatchObject({
    ...{ plan: "pro", interval: "month", currency: "usd" },
    addOns: [{ key: "seals", name: "Seals", quantity: 2 }],
    unsold: ["Exports"],
  });
});

test("fewer of it, and none of it, wait for the period's end; then it is gone", async () => {
  const owner = await buy([{ key: "seals", quantity: 4 }]);
  const fewer = await previewChange(owner, wish([{ key: "seals", quantity: 1 }]), world.gateway);
  expect(fewer.choice).toMatchObject({ timing: "period_end", why: "downgrade" });
  expect(fewer).toMatchObject({ dueNowMinor: 0n, now: null });
  expect(fewer.next!.total.minor).toBe(4900n + 2n * 1200n + 300n);

  const planned = await requestChange(owner, wish([]), world.gateway);
  expect(planned).toMatchObject({ status: "scheduled" });
  await world.settle(inbox);
  expect(await namesOf(owner)).toEqual(["4 seals"]);
  await world.act("clock", { advance_seconds: 32 * 86_400 });
  await world.settle(inbox);
  await settleChange(world.system, { changeId: planned.id }, world.gateway);
  await world.settle(inbox);
  expect(await namesOf(owner)).toEqual([]);
  expect(await keysOf(owner)).toEqual(["1 pro@1/base/usd/month", "2 pro@1/seats/usd/month"]);
  const { features } = await getEntitlements(owner);
  expect(features.some(({ key }) => key === "seals")).toBe(false);
});

const planOf = (key: string) =>
  view(world.system, (tx) => tx.plan.findUniqueOrThrow({ where: { key } }));
