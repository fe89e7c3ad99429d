import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { getDiscounts } from "#lib/billing/get-discounts";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { resumeChanges } from "#lib/billing/resume-changes";
import { seenOf } from "#lib/billing/seen-preview";
import { settleChange } from "#lib/billing/settle-change";
import { undoChange } from "#lib/billing/undo-change";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";

vi.setConfig({ testTimeout: 180_000 });

let world: World;
let inbox: Inbox;
/** One clock: Stripe's is moved by its time machine, and ours goes with it. */
let aheadMs = 0;
const now = () => new Date(Date.now() + aheadMs);

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
}, 120_000);
afterAll(() => world.close());

async function pass(days: number): Promise<void> {
  await world.act("clock", { advance_seconds: days * 86_400 });
  aheadMs += days * 86_400_000;
  await world.settle(inbox);
}

/** What the queue would do with what waits. */
async function settleAll(owner: TenantContext): Promise<void> {
  const system = { ...world.system, now };
  await resumeChanges(system);
  const rows = await view(owner, (tx) => tx.subscriptionChange.findMany());
  for (const { id } of rows) await settleChange(system, { changeId: id }, world.gateway);
  await world.settle(inbox);
}

const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
const pro = { ...starter, plan: "pro", seats: 3 } as const;
const toStarter = { kind: "plan", plan: "starter", interval: "month", seats: 1 };
const toPro = { kind: "plan", plan: "pro", interval: "month", seats: 3 };
const buy = (choice: Parameters<typeof subscribe>[2]) => subscribe(world, inbox, choice, now);
const change = (input: object) => confirmedChange.parse(input);
const preview = (owner: TenantContext, input: object) =>
  previewChange(owner, change(input), world.gateway);
const confirm = async (owner: TenantContext, input: object) => {
  const shown = await preview(owner, input);
  const made = await requestChange(owner, change({ ...input, ...seenOf(shown) }), world.gateway);
  await world.settle(inbox);
  return { shown, made };
};

async function makeCode(code: string, coupon: Stripe.CouponCreateParams, most?: number) {
  const { id } = await world.stripe.coupons.create(coupon);
  const promotion = { type: "coupon", coupon: id } as const;
  return world.stripe.promotionCodes.create({
    ...{ promotion, code },
    ...(most !== undefined && { max_redemptions: most }),
  });
}
const threeMonths = { duration: "repeating", duration_in_months: 3 } as const;

/** What was taken off each invoice, the oldest first: its discount and its total. */
async function invoicesOf(owner: TenantContext) {
  const { subscriptionId } = await idsOf(owner);
  const { data } = await world.stripe.invoices.list({ subscription: subscriptionId, limit: 20 });
  return data.reverse().map(({ subtotal, total }) => ({ off: subtotal - total, total }));
}

test("a code planned with a downgrade is redeemed with it, and its months count from then", async () => {
  const owner = await buy(pro);
  const code = await makeCode("LATER", { percent_off: 20, ...threeMonths });
  await pass(10);
  const { shown, made } = await confirm(owner, { ...toStarter, code: "LATER" });
  expect(made).toMatchObject({ status: "scheduled", choice: { code: { code: "LATER" } } });
  expect(shown).toMatchObject({ dueNowMinor: 0n, now: null });
  expect(shown.discounts).toMatchObject([{ monthsLeft: 3, invoicesLeft: 3 }]);
  const redeemed = async () => (await world.stripe.promotionCodes.retrieve(code.id)).times_redeemed;
  expect(await redeemed()).toBe(0);

  for (const _ of [1, 2, 3, 4]) {
    await pass(31);
    await settleAll(owner);
  }
  expect(await redeemed()).toBe(1);
  const [, first, second, third, fourth] = await invoicesOf(owner);
  expect(BigInt(first!.total)).toBe(shown.next!.total.minor);
  expect(BigInt(first!.off)).toBe(shown.next!.discount.minor);
  expect([second!.off, third!.off, fourth!.off]).toEqual([first!.off, first!.off, 0]);
});

test("a planned code is not spent where the plan is undone; used up by then, the plan goes on", async () => {
  const [owner, other] = [await buy(pro), await buy(starter)];
  const code = await makeCode("ONLY", { percent_off: 20, duration: "forever" }, 1);
  const { made } = await confirm(owner, { ...toStarter, code: "ONLY" });
  await undoChange(owner, { changeId: made.id }, world.gateway);
  expect((await world.stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(0);

  await confirm(owner, { ...toStarter, code: "ONLY" });
  await confirm(other, { kind: "discount", code: "ONLY" });
  await pass(32);
  await settleAll(owner);
  const rows = await view(owner, (tx) =>
    tx.subscriptionChange.findMany({ orderBy: { id: "asc" } }),
  );
  expect(rows.map(({ status }) => status)).toEqual(["undone", "applied"]);
  expect((await invoicesOf(owner)).at(-1)).toMatchObject({ off: 0, total: 2900 });
});

test("a code for one invoice, or that ends before, is not planned: the field says what to do", async () => {
  const owner = await buy(pro);
  await makeCode("ONEOFF", { percent_off: 20, duration: "once" });
  const once = preview(owner, { ...toStarter, code: "ONEOFF" });
  await expect(once).rejects.toMatchObject({ field: "code", message: /Plan the change without/ });
  const redeemBy = Math.floor(now().getTime() / 1000) + 5 * 86_400;
  await makeCode("SHORT", { percent_off: 20, duration: "forever", redeem_by: redeemBy });
  const early = preview(owner, { ...toStarter, code: "SHORT" });
  await expect(early).rejects.toMatchObject({
    field: "code",
    message: /before the change is made/,
  });
});

test("months keep running through an upgrade: as many invoices less as had gone by", async () => {
  const owner = await buy(starter);
  await makeCode("MONTHS", { percent_off: 50, ...threeMonths });
  await pass(3);
  const { shown: given } = await confirm(owner, { kind: "discount", code: "MONTHS" });
  expect(given.discounts).toMatchObject([{ monthsLeft: 3, invoicesLeft: 3 }]);
  await pass(40);
  const { shown, made } = await confirm(owner, toPro);
  expect(made.status).toBe("applied");
  expect(shown.isAgreed).toBe(true);
  expect(shown.discounts).toMatchObject([{ monthsLeft: 2, invoicesLeft: 2 }]);
  // The preview counts from its own second, the discount from the one it was given in.
  const [was, is] = [given, shown].map(({ discounts }) => discounts[0]!.endsAt!.getTime());
  expect(Math.abs(is! - was!)).toBeLessThan(60_000);
  expect(await getDiscounts(owner, world.gateway)).toMatchObject([
    { words: "50 % off for 3 months", monthsLeft: 2, invoicesLeft: 2 },
  ]);
  const before = (await invoicesOf(owner)).length;
  for (const _ of [1, 2, 3]) await pass(31);
  expect(await getDiscounts(owner, world.gateway)).toEqual([]);
  const after = (await invoicesOf(owner)).slice(before);
  expect(after.map(({ off }) => off > 0)).toEqual([true, true, false]);
  expect(BigInt(after[0]!.total)).toBe(shown.next!.total.minor);
});

test("on a year, months come off the one invoice they meet, and not the year's after", async () => {
  const owner = await buy(starter);
  await makeCode("YEARLY", { percent_off: 25, ...threeMonths });
  await pass(5);
  const input = { ...toPro, interval: "year", code: "YEARLY" };
  const { shown, made } = await confirm(owner, input);
  expect(made.status).toBe("applied");
  expect(shown.isAgreed).toBe(true);
  expect(shown.now!.discount.minor).toBeGreaterThan(0n);
  expect(shown.next!.discount.minor).toBe(0n);
  expect(shown.discounts).toMatchObject([{ monthsLeft: 3, invoicesLeft: 0 }]);
  expect(await getDiscounts(owner, world.gateway)).toMatchObject([
    { monthsLeft: 3, invoicesLeft: 0 },
  ]);
  const billed = await invoicesOf(owner);
  expect(BigInt(billed.at(-1)!.total)).toBe(shown.now!.total.minor);
  await pass(366);
  const renewed = (await invoicesOf(owner)).slice(billed.length);
  expect(renewed).toEqual([{ off: 0, total: Number(shown.next!.total.minor) }]);
});

test("a discount that will be over when months follow a year is not promised for them", async () => {
  const owner = await buy({ ...pro, interval: "year" });
  await makeCode("GONE", { percent_off: 25, ...threeMonths });
  await confirm(owner, { kind: "discount", code: "GONE" });
  const back = await preview(owner, { ...toPro, interval: "month" });
  expect(back.choice).toMatchObject({ timing: "period_end", why: "shorter_interval" });
  expect(back.next!.discount.minor).toBe(0n);
  expect(back.discounts).toMatchObject([{ monthsLeft: 3, invoicesLeft: 0 }]);
});
