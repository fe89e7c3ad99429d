import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { confirmedChange } from "#lib/billing/change-input";
import { previewChange } from "#lib/billing/preview-change";
import { requestChange } from "#lib/billing/request-change";
import { seenOf } from "#lib/billing/seen-preview";
import { settleChange } from "#lib/billing/settle-change";
import { startCheckout } from "#lib/billing/start-checkout";
import { undoChange } from "#lib/billing/undo-change";
import { view } from "#lib/db/transaction";
import type { Inbox } from "#lib/events/inbox-worker";
import type { TenantContext } from "#lib/tenancy/context";
import { idsOf, payBy, subscribe } from "#tests/lib/billing/subscribed";
import { openWorld, publishPlans, type World } from "#tests/lib/billing/world";

vi.setConfig({ testTimeout: 120_000 });

let world: World;
let inbox: Inbox;

beforeAll(async () => {
  world = await openWorld();
  await publishPlans(world);
  inbox = world.startWorker();
}, 120_000);
afterAll(() => world.close());

const starter = { plan: "starter", interval: "month", currency: "usd", seats: 1 } as const;
const pro = { kind: "plan", plan: "pro", interval: "month", seats: 3 };
const buy = (choice: Parameters<typeof subscribe>[2] = starter) => subscribe(world, inbox, choice);
const change = (input: object) => confirmedChange.parse(input);
const preview = (owner: TenantContext, input: object) =>
  previewChange(owner, change(input), world.gateway);
const request = (owner: TenantContext, input: object, gateway = world.gateway) =>
  requestChange(owner, change(input), gateway);

/** A code at Stripe, for a coupon of its own. */
async function makeCode(
  code: string,
  coupon: Stripe.CouponCreateParams,
  terms: Partial<Stripe.PromotionCodeCreateParams> = {},
) {
  const { id } = await world.stripe.coupons.create(coupon);
  const promotion = { type: "coupon", coupon: id } as const;
  return world.stripe.promotionCodes.create({ promotion, code, ...terms });
}

async function subscriptionOf(owner: TenantContext) {
  const { subscriptionId } = await idsOf(owner);
  return world.stripe.subscriptions.retrieve(subscriptionId, {
    expand: ["discounts.source.coupon", "latest_invoice"],
  });
}

async function timesRedeemed({ id }: Stripe.PromotionCode): Promise<number> {
  return (await world.stripe.promotionCodes.retrieve(id)).times_redeemed;
}

test("a code comes with an upgrade: what was shown line by line is billed, and ours agrees", async () => {
  const owner = await buy();
  const code = await makeCode("QUARTER", { percent_off: 25, duration: "forever" });
  const plain = await preview(owner, pro);
  const input = { ...pro, code: " quarter " };
  const shown = await preview(owner, input);
  expect(shown.choice).toMatchObject({ code: { code: "QUARTER", words: "25 % off for good" } });
  expect(shown.isAgreed).toBe(true);
  expect(shown.dueNowMinor).toBeLessThan(plain.dueNowMinor);
  const debits = shown.now!.lines.filter(({ amount }) => amount.minor > 0n);
  expect(debits.length).toBeGreaterThan(0);
  expect(debits.every((line) => line.isDiscountInside)).toBe(true);
  for (const line of shown.next!.lines) {
    expect(line).toMatchObject({ isDiscountInside: false });
    expect(line.discount.minor * 4n).toBe(line.amount.minor);
  }
  expect(shown.next!.discount.minor * 4n).toBe(shown.next!.subtotal.minor);
  expect(await timesRedeemed(code)).toBe(0);

  const made = await request(owner, { ...input, ...seenOf(shown) });
  expect(made).toMatchObject({ status: "applied", choice: { code: { code: "QUARTER" } } });
  const { discounts, latest_invoice: invoice } = await subscriptionOf(owner);
  expect(BigInt((invoice as Stripe.Invoice).amount_paid)).toBe(shown.dueNowMinor);
  const billed = (invoice as Stripe.Invoice).lines.data.map(({ amount }) => BigInt(amount));
  expect(billed).toEqual(shown.now!.lines.map(({ amount }) => amount.minor));
  expect(discounts).toHaveLength(1);
  expect(await timesRedeemed(code)).toBe(1);
  const { subscriptionId } = await idsOf(owner);
  const next = await world.gateway.previewInvoice({ kind: "next", subscriptionId });
  expect(next?.totalMinor).toBe(shown.next!.total.minor);
});

test("an amount off is taken from the next whole period, in each currency it has", async () => {
  const owner = await buy({ ...starter, currency: "eur" });
  const options = { currency_options: { eur: { amount_off: 700 } } };
  const coupon = { amount_off: 1000, currency: "usd", ...options } as const;
  await makeCode("TENOFF", { ...coupon, duration: "once" });
  const shown = await preview(owner, { ...pro, code: "TENOFF" });
  expect(shown.now!.discount.minor).toBe(0n);
  expect(shown.now!.lines.some(({ isDiscountInside }) => isDiscountInside)).toBe(false);
  expect(shown.next!.discount).toEqual({ minor: 700n, currency: "eur" });
  expect(shown.discounts).toMatchObject([{ duration: "once", invoicesLeft: 1 }]);
});

test("a code that does nothing here is refused at its field, by what is wrong with it", async () => {
  const owner = await buy();
  const half = { percent_off: 50, duration: "once" } as const;
  const soon = Math.floor(Date.now() / 1000) + 2;
  await makeCode("SPENT", half, { max_redemptions: 1 });
  await request(await buy(), { kind: "discount", code: "SPENT" });
  await makeCode("OVER", half, { expires_at: soon });
  await makeCode("EUROS", { amount_off: 500, currency: "eur", duration: "once" });
  await makeCode("FIRST", half, { restrictions: { first_time_transaction: true } });
  const large = { minimum_amount: 1_000_000, minimum_amount_currency: "usd" };
  await makeCode("LARGE", half, { restrictions: large });
  const off = await makeCode("OFF", half);
  await world.stripe.promotionCodes.update(off.id, { active: false });
  const product = "lockstep_scale_1_base";
  await makeCode("SCALE", { ...half, applies_to: { products: [product] } });
  const { id: other } = await world.stripe.customers.create({});
  await makeCode("THEIRS", half, { customer: other });
  await world.act("clock", { advance_seconds: 3 });

  const later = { ...owner, now: () => new Date(Date.now() + 3_000) };
  const cases = {
    NOPE: /no code NOPE/,
    SPENT: /SPENT was used up/,
    OVER: /OVER ended on/,
    EUROS: /EUROS is for prices in EUR/,
    FIRST: /FIRST is for a first purchase/,
    LARGE: /LARGE is for \$10,000\.00 or more, and this is \$/,
    OFF: /OFF is no longer valid/,
    SCALE: /SCALE is for another plan/,
    THEIRS: /no code THEIRS/,
  };
  for (const [code, message] of Object.entries(cases)) {
    for (const ask of [preview, request]) {
      const asked = ask(later, { ...pro, code });
      await expect(asked, code).rejects.toMatchObject({ code: "invalid", field: "code", message });
    }
  }
  const same = preview(owner, { ...pro, plan: "starter", seats: 1, code: "EUROS" });
  await expect(same).rejects.toMatchObject({ field: "code", message: /already.*Promotion code/ });
  expect(await view(owner, (tx) => tx.subscriptionChange.count())).toBe(0);
  expect((await subscriptionOf(owner)).discounts).toEqual([]);
});

test("who never paid may use a code for first purchases; who paid is told, at checkout too", async () => {
  await makeCode("GIFT", { percent_off: 100, duration: "once" });
  const code = { percent_off: 10, duration: "repeating", duration_in_months: 2 } as const;
  await makeCode("HELLO", code, { restrictions: { first_time_transaction: true } });
  const owner = await buy({ ...starter, code: "GIFT" });
  const shown = await preview(owner, { ...pro, code: "HELLO" });
  expect(shown.choice).toMatchObject({ code: { words: "10 % off for 2 months" } });
  const made = await request(owner, { ...pro, code: "HELLO", ...seenOf(shown) });
  expect(made.status).toBe("applied");
  await world.settle(inbox);

  await request(owner, { kind: "cancel_now", reason: "other" });
  await world.settle(inbox);
  const again = startCheckout(owner, { ...starter, code: "HELLO" }, world.gateway);
  await expect(again).rejects.toMatchObject({ field: "code", message: /first purchase/ });
});

test("the second click and the second tab make one change, and redeem the code once", async () => {
  const owner = await buy();
  const code = await makeCode("TWICE", { percent_off: 20, duration: "forever" });
  const input = { ...pro, code: "TWICE" };
  const twice = await Promise.all([request(owner, input), request(owner, input)]);
  expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
  expect(await timesRedeemed(code)).toBe(1);
  expect((await subscriptionOf(owner)).discounts).toHaveLength(1);

  const rival = await buy();
  const [one, other] = await Promise.allSettled([
    request(rival, input),
    request(rival, { ...pro, seats: 5 }),
  ]);
  const lost = [one, other].filter((each) => each.status === "rejected");
  expect(lost).toMatchObject([{ reason: { code: "conflict" } }]);
  const { discounts } = await subscriptionOf(rival);
  expect(discounts).toHaveLength(one.status === "fulfilled" ? 1 : 0);
});

test("a code that somebody else used up meanwhile leaves the plan as it was, and says so", async () => {
  const [owner, other] = [await buy(), await buy()];
  await makeCode("LAST", { percent_off: 20, duration: "forever" }, { max_redemptions: 1 });
  const input = { ...pro, code: "LAST" };
  const shown = await preview(owner, input);
  const gateway = {
    ...world.gateway,
    changeItems: async (asked: Parameters<typeof world.gateway.changeItems>[0]) => {
      await request(other, { kind: "discount", code: "LAST" });
      return world.gateway.changeItems(asked);
    },
  };
  const made = await request(owner, { ...input, ...seenOf(shown) }, gateway);
  expect(made).toMatchObject({ status: "failed", error: /code was used up or ended/ });
  expect((await subscriptionOf(owner)).discounts).toEqual([]);
  expect((await subscriptionOf(owner)).items.data).toHaveLength(1);
  const again = request(owner, { ...input, ...seenOf(shown) });
  await expect(again).rejects.toMatchObject({ field: "code", message: /used up/ });
});

test("of many who use the last of a code at once one has it, and the others' plans are as they were", async () => {
  const owners: TenantContext[] = [];
  for (let made = 0; made < 4; made += 1) owners.push(await buy());
  const code = await makeCode(
    "RACE",
    { percent_off: 20, duration: "forever" },
    { max_redemptions: 1 },
  );
  const input = { ...pro, code: "RACE" };
  const made = await Promise.allSettled(owners.map((owner) => request(owner, input)));
  const applied = made.map((one) => one.status === "fulfilled" && one.value.status === "applied");
  expect(applied.filter(Boolean)).toHaveLength(1);
  expect(await timesRedeemed(code)).toBe(1);
  for (const [place, owner] of owners.entries()) {
    const one = made[place]!;
    if (applied[place]) continue;
    if (one.status === "rejected") expect(one.reason).toMatchObject({ field: "code" });
    else expect(one.value).toMatchObject({ status: "failed", error: /code was used up or ended/ });
    const { discounts, items } = await subscriptionOf(owner);
    expect([discounts, items.data.length]).toEqual([[], 1]);
  }
});

test("a code takes the place of the discount there is, and the preview says of which", async () => {
  const owner = await buy();
  await makeCode("FIVE", { percent_off: 5, duration: "forever", name: "Five for you" });
  await makeCode("NINE", { percent_off: 9, duration: "forever" });
  await request(owner, { kind: "discount", code: "FIVE" });
  const kept = await preview(owner, pro);
  expect(kept).toMatchObject({ replaces: [], discounts: [{ words: "Five for you" }] });
  const shown = await preview(owner, { ...pro, code: "NINE" });
  expect(shown.replaces).toEqual(["Five for you"]);
  expect(shown.discounts).toMatchObject([{ words: "9 % off for good", invoicesLeft: null }]);
  await request(owner, { ...pro, code: "NINE", ...seenOf(shown) });
  const { discounts } = await subscriptionOf(owner);
  expect(discounts).toMatchObject([{ source: { coupon: { percent_off: 9 } } }]);
});

test("with a declined card the code waits with the change: paid, both hold; dropped, neither", async () => {
  await makeCode("HELD", { percent_off: 30, duration: "forever" });
  const held = async () => {
    const owner = await buy();
    await payBy(world, owner, "pm_card_chargeCustomerFail");
    const shown = await preview(owner, { ...pro, code: "HELD" });
    const made = await request(owner, { ...pro, code: "HELD", ...seenOf(shown) });
    expect(made.status).toBe("awaiting_payment");
    const { discounts, pending_update: pending } = await subscriptionOf(owner);
    expect([discounts.length, pending?.discounts?.length]).toEqual([0, 1]);
    return { owner, made };
  };
  const paid = await held();
  await world.stripe.invoices.pay(paid.made.invoiceId!, { payment_method: "pm_card_visa" });
  await world.settle(inbox);
  const settled = await settleChange(world.system, { changeId: paid.made.id }, world.gateway);
  expect(settled.status).toBe("applied");
  expect((await subscriptionOf(paid.owner)).discounts).toHaveLength(1);

  const dropped = await held();
  await undoChange(dropped.owner, { changeId: dropped.made.id }, world.gateway);
  expect((await subscriptionOf(dropped.owner)).discounts).toEqual([]);
});
