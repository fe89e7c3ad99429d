import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

async function subscribed(
  name: string,
  amounts: number[],
  params: Partial<Stripe.SubscriptionCreateParams> = {},
) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const items: { price: string }[] = [];
  for (const amount of amounts) {
    items.push({ price: (await monthlyPrice(stripe, amount, `Part ${amount}`)).id });
  }
  const subscribe = (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
    stripe.subscriptions.create({
      customer: customer.id,
      items,
      expand: ["latest_invoice"],
      ...params,
      ...more,
    });
  const invoices = async (subscription: string) =>
    (await stripe.invoices.list({ subscription })).data;
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  return { stripe, customer, items, subscribe, invoices, advance };
}

const invoiceOf = (subscription: Stripe.Subscription) =>
  subscription.latest_invoice as Stripe.Invoice;

test("53: $5 over $10 and $20 takes 166 and 334: shares are floored, the last takes the rest", async () => {
  const { stripe, subscribe } = await subscribed("d53", [1000, 2000]);
  const coupon = await stripe.coupons.create({ amount_off: 500, currency: "usd" });
  const invoice = invoiceOf(await subscribe({ discounts: [{ coupon: coupon.id }] }));
  const shares = invoice.lines.data.map(({ discount_amounts }) => discount_amounts?.[0]?.amount);
  expect(shares).toEqual([166, 334]);
  expect(invoice).toMatchObject({
    subtotal: 3000,
    total: 2500,
    amount_paid: 2500,
    total_discount_amounts: [{ amount: 500 }],
  });
});

test("53: percentages stack, each on what the one before left, and never go below zero", async () => {
  const { stripe, subscribe } = await subscribed("dstack", [1000]);
  const half = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const third = await stripe.coupons.create({ percent_off: 33.3, duration: "forever" });
  const both = await subscribe({ discounts: [{ coupon: half.id }, { coupon: third.id }] });
  expect(invoiceOf(both).total_discount_amounts?.map(({ amount }) => amount)).toEqual([500, 166]);
  const all = await stripe.coupons.create({ amount_off: 99_000, currency: "usd" });
  expect(invoiceOf(await subscribe({ discounts: [{ coupon: all.id }] }))).toMatchObject({
    total: 0,
    status: "paid",
  });
});

test("a coupon for one invoice is gone from the second; a repeating one ends; forever stays", async () => {
  const { stripe, subscribe, invoices, advance } = await subscribed("dlast", [1000]);
  const coupon = (duration: "once" | "repeating" | "forever") =>
    stripe.coupons.create({
      percent_off: 10,
      duration,
      ...(duration === "repeating" ? { duration_in_months: 2 } : {}),
    });
  const once = await subscribe({ discounts: [{ coupon: (await coupon("once")).id }] });
  const two = await subscribe({ discounts: [{ coupon: (await coupon("repeating")).id }] });
  const ever = await subscribe({ discounts: [{ coupon: (await coupon("forever")).id }] });
  expect((await stripe.subscriptions.retrieve(once.id)).discounts).toEqual([]);
  await advance(95 * day);
  const totals = async (id: string) => (await invoices(id)).map(({ total }) => total).reverse();
  expect(await totals(once.id)).toEqual([900, 1000, 1000, 1000]);
  expect(await totals(two.id)).toEqual([900, 900, 1000, 1000]);
  expect(await totals(ever.id)).toEqual([900, 900, 900, 900]);
});

test("a coupon for some products leaves the others alone, also on a single item", async () => {
  const { stripe, customer, items } = await subscribed("dfor", [1000, 2000]);
  const { product } = await stripe.prices.retrieve(items[1]?.price ?? "");
  const coupon = await stripe.coupons.create({
    percent_off: 50,
    applies_to: { products: [String(product)] },
    duration: "forever",
  });
  const some = await stripe.subscriptions.create({
    customer: customer.id,
    items,
    discounts: [{ coupon: coupon.id }],
    expand: ["latest_invoice"],
  });
  expect(invoiceOf(some).total).toBe(2000);
  const one = await stripe.subscriptions.create({
    customer: customer.id,
    items: [items[0] ?? {}, { ...items[1], discounts: [{ coupon: coupon.id }] }],
    expand: ["latest_invoice"],
  });
  expect(invoiceOf(one)).toMatchObject({ subtotal: 2000, total: 2000 });
  const read = await stripe.coupons.retrieve(coupon.id, { expand: ["applies_to"] });
  expect(read).toMatchObject({ times_redeemed: 2, applies_to: { products: [product] } });
});

test("a credit in the middle of a period gives back what was debited, discount and all", async () => {
  const { stripe, subscribe, advance } = await subscribed("dpro", [3000]);
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "forever" });
  const made = await subscribe({ discounts: [{ coupon: coupon.id }] });
  const [item] = made.items.data;
  const { current_period_start: begun = 0, current_period_end: end = 0 } = item ?? {};
  await advance(Math.floor((end - begun) / 2));
  await stripe.subscriptions.update(made.id, { items: [{ id: item?.id ?? "", quantity: 2 }] });
  const pending = (await stripe.invoiceItems.list({ pending: true })).data;
  const credit = pending.find(({ amount }) => amount < 0);
  expect(Math.abs((credit?.amount ?? 0) + 750)).toBeLessThan(3);
  const debit = pending.find(({ amount }) => amount > 0);
  expect(Math.abs((debit?.amount ?? 0) - 1500)).toBeLessThan(3);
});

test("changing a subscription's discounts announces each that comes and goes", async () => {
  const { stripe, subscribe } = await subscribed("dswap", [1000]);
  const first = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const second = await stripe.coupons.create({ percent_off: 20, duration: "forever" });
  const made = await subscribe({ discounts: [{ coupon: first.id }] });
  const changed = await stripe.subscriptions.update(made.id, {
    discounts: [{ coupon: second.id }],
    expand: ["discounts.source.coupon"],
  });
  expect(changed.discounts).toMatchObject([{ source: { coupon: { percent_off: 20 } } }]);
  await stripe.subscriptions.deleteDiscount(made.id);
  expect((await stripe.subscriptions.retrieve(made.id)).discounts).toEqual([]);
  const types = (await stripe.events.list({ limit: 100 })).data
    .map(({ type }) => type)
    .filter((type) => type.startsWith("customer.discount"));
  expect(types).toEqual([
    "customer.discount.deleted",
    "customer.discount.deleted",
    "customer.discount.created",
    "customer.discount.created",
  ]);
});

test("a promotion code is checked for its customer, its first time, its amount and its end", async () => {
  const { stripe, subscribe, customer, advance } = await subscribed("dcode", [1000]);
  const coupon = await stripe.coupons.create({ percent_off: 25 });
  const promotion = { type: "coupon" as const, coupon: coupon.id };
  const code = await stripe.promotionCodes.create({ promotion, code: "SPRING25" });
  await expect(stripe.promotionCodes.create({ promotion, code: "spring25" })).rejects.toMatchObject(
    { code: "resource_already_exists" },
  );
  const made = await subscribe({ discounts: [{ promotion_code: code.id }] });
  expect(invoiceOf(made).total).toBe(750);
  expect((await stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1);

  const stranger = await stripe.customers.create({});
  const limits = [
    { restrictions: { first_time_transaction: true } },
    { customer: stranger.id },
    { restrictions: { minimum_amount: 5000, minimum_amount_currency: "usd" } },
    { max_redemptions: 1, expires_at: 1 },
  ];
  for (const limit of limits) {
    const limited = await stripe.promotionCodes.create({ promotion, ...limit });
    await expect(subscribe({ discounts: [{ promotion_code: limited.id }] })).rejects.toMatchObject({
      code: "promotion_code_invalid",
      statusCode: 400,
    });
  }
  await advance(1);
  expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
});

test("a coupon that is used up, over or of another currency is refused, and made right or not at all", async () => {
  const { stripe, subscribe } = await subscribed("dbad", [1000]);
  const once = await stripe.coupons.create({ percent_off: 10, max_redemptions: 1 });
  await subscribe({ discounts: [{ coupon: once.id }] });
  expect((await stripe.coupons.retrieve(once.id)).valid).toBe(false);
  await expect(subscribe({ discounts: [{ coupon: once.id }] })).rejects.toMatchObject({
    code: "coupon_expired",
  });
  const euros = await stripe.coupons.create({ amount_off: 100, currency: "eur" });
  await expect(subscribe({ discounts: [{ coupon: euros.id }] })).rejects.toThrow("currency is eur");
  await expect(subscribe({ discounts: [{ coupon: "nope" }] })).rejects.toMatchObject({
    code: "resource_missing",
  });
  await expect(stripe.coupons.create({})).rejects.toThrow("percent_off");
  await expect(stripe.coupons.create({ percent_off: 120 })).rejects.toMatchObject({
    param: "percent_off",
  });
  await expect(
    stripe.coupons.create({ percent_off: 5, duration: "repeating" }),
  ).rejects.toMatchObject({ param: "duration_in_months" });
});

test("a deleted coupon is redeemed no more, and what was given with it stays", async () => {
  const { stripe, subscribe, advance, invoices } = await subscribed("ddel", [1000]);
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const made = await subscribe({ discounts: [{ coupon: coupon.id }] });
  expect(await stripe.coupons.del(coupon.id)).toMatchObject({ deleted: true });
  await advance(32 * day);
  expect((await invoices(made.id))[0]?.total).toBe(900);
  await expect(subscribe({ discounts: [{ coupon: coupon.id }] })).rejects.toThrow("No such coupon");
});

test("53: a preview knows a discount, a trial's end and a new cycle, and keeps none of them", async () => {
  const { stripe, subscribe } = await subscribed("dprev", [1000]);
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  const made = await subscribe({ trial_period_days: 7 });
  const look = (more: Stripe.InvoiceCreatePreviewParams) =>
    stripe.invoices.createPreview({ subscription: made.id, ...more });
  expect((await look({ discounts: [{ coupon: coupon.id }] })).total).toBe(500);
  const now = await look({ subscription_details: { trial_end: "now" } });
  expect(now).toMatchObject({ total: 1000, billing_reason: "upcoming" });
  const after = await stripe.subscriptions.retrieve(made.id);
  expect(after).toMatchObject({ status: "trialing", discounts: [] });
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(0);
});

test("a line's own discounts are shown whole where they are asked for, of an invoice and of a preview", async () => {
  const stripe = sandbox.client("linewhole");
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 3000);
  const { id: coupon } = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const { id: subscription, latest_invoice: first } = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: price.id, discounts: [{ coupon }] }] },
  });
  const expand = ["lines.data.discounts"];
  for (const { lines } of [
    await stripe.invoices.retrieve(String(first), { expand }),
    await stripe.invoices.createPreview({ subscription, expand }),
  ]) {
    expect(lines.data[0]?.discounts).toMatchObject([{ object: "discount", source: { coupon } }]);
  }
  const { data } = await stripe.invoices.listLineItems(String(first), {
    expand: ["data.discounts"],
  });
  expect(data[0]?.discounts).toMatchObject([{ source: { coupon } }]);
});
