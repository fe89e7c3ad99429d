import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;
const june = Date.UTC(2027, 5, 1) / 1000;

/** A customer under a clock that stands still on 1 June 2027. */
async function inJune(name: string, frozen_time = june) {
  const stripe = sandbox.client(name);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time });
  const { id: customer } = await stripe.customers.create({
    ...{ email: "ada@acme.test", test_clock: clock.id, payment_method: "pm_card_visa" },
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const to = async (at: number) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at });
    await expect
      .poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status)
      .toBe("ready");
  };
  const latest = async (subscription: string) => {
    const { latest_invoice } = await stripe.subscriptions.retrieve(subscription);
    return stripe.invoices.retrieve(String(latest_invoice));
  };
  return { stripe, customer, to, latest };
}

const said = ({ lines }: Stripe.Invoice) =>
  lines.data.map(({ amount, description }) => [amount, description]);

async function metered(stripe: Stripe, unit: string, event_name = "calls") {
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name, default_aggregation: { formula: "sum" } },
  });
  return stripe.prices.create({
    ...{ currency: "usd", unit_amount_decimal: unit as never, product_data: { name: "Calls" } },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
}

test("a backdated subscription bills every period that has passed, and the one that runs", async () => {
  const { stripe, customer, latest } = await inJune("backdate");
  const price = await monthlyPrice(stripe, 3100);
  const start = Date.UTC(2027, 2, 20) / 1000;
  const made = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id, quantity: 2 }], backdate_start_date: start },
  });
  expect(made).toMatchObject({ start_date: start, billing_cycle_anchor: start, status: "active" });
  expect(made.items.data[0]).toMatchObject({
    current_period_start: Date.UTC(2027, 4, 20) / 1000,
    current_period_end: Date.UTC(2027, 5, 20) / 1000,
  });
  const invoice = await latest(made.id);
  expect(invoice).toMatchObject({ status: "paid", total: 18_600, period_start: start });
  expect(invoice.lines.data.map(({ period }) => period.start)).toEqual([
    start,
    Date.UTC(2027, 3, 20) / 1000,
    Date.UTC(2027, 4, 20) / 1000,
  ]);

  // With an anchor, what came before its first boundary is a share: 12 of March's 31 days.
  const anchored = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], backdate_start_date: start },
    billing_cycle_anchor: june + 30 * day,
  });
  expect(said(await latest(anchored.id))).toEqual([
    [1200, "Time on 1 × Team from 20 Mar 2027 until 1 Apr 2027"],
    [3100, "1 × Team (at $31.00 / month)"],
    [3100, "1 × Team (at $31.00 / month)"],
    [3100, "1 × Team (at $31.00 / month)"],
  ]);
  const free = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], backdate_start_date: start },
    proration_behavior: "none",
  });
  expect(free).toMatchObject({ status: "active", latest_invoice: null, start_date: start });
  await expect(
    stripe.subscriptions.create({
      ...{ customer, items: [{ price: price.id }], backdate_start_date: june + day },
    }),
  ).rejects.toMatchObject({ statusCode: 400, param: "backdate_start_date" });
});

test("a cycle is anchored to a day of the month, and the days until then cost their share", async () => {
  const { stripe, customer, latest } = await inJune("anchor", june + 9 * day);
  const price = await monthlyPrice(stripe, 3000);
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    billing_cycle_anchor_config: { day_of_month: 30, hour: 0, minute: 0, second: 0 },
  });
  // The whole period would have been 30 May to 30 June: 20 of 31 days.
  const anchor = Date.UTC(2027, 5, 30) / 1000;
  expect(made).toMatchObject({
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: { day_of_month: 30, hour: 0, month: null },
  });
  expect(made.items.data[0]?.current_period_end).toBe(anchor);
  expect(said(await latest(made.id))).toEqual([
    [1935, "Time on 1 × Team from 10 Jun 2027 until 30 Jun 2027"],
  ]);
  await expect(
    stripe.subscriptions.create({
      ...{ customer, items: [{ price: price.id }] },
      billing_cycle_anchor_config: { day_of_month: 32 },
    }),
  ).rejects.toMatchObject({ param: "billing_cycle_anchor_config[day_of_month]" });
});

test("what waits is billed at its own interval, and nothing waiting is no invoice", async () => {
  const { stripe, customer, to, latest } = await inJune("interval");
  const price = await monthlyPrice(stripe, 3000);
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    pending_invoice_item_interval: { interval: "week" },
  });
  expect(made).toMatchObject({
    pending_invoice_item_interval: { interval: "week", interval_count: 1 },
    next_pending_invoice_item_invoice: june + 7 * day,
  });
  await to(june + 8 * day);
  expect((await latest(made.id)).billing_reason).toBe("subscription_create");
  await stripe.invoiceItems.create({
    ...{ customer, subscription: made.id, amount: 450, currency: "usd", description: "Call" },
  });
  await to(june + 14 * day + 2 * 3600);
  const billed = await latest(made.id);
  expect(billed).toMatchObject({
    ...{ billing_reason: "automatic_pending_invoice_item_invoice", status: "paid", total: 450 },
  });
  expect(await stripe.subscriptions.retrieve(made.id)).toMatchObject({
    next_pending_invoice_item_invoice: june + 21 * day,
  });
  const off = await stripe.subscriptions.update(made.id, { pending_invoice_item_interval: "" });
  expect(off.next_pending_invoice_item_invoice).toBeNull();
});

test("usage is billed when it reaches an amount, counts anew, and may begin a new cycle", async () => {
  const { stripe, customer, to, latest } = await inJune("amount");
  const price = await metered(stripe, "10");
  const use = (value: number) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: customer, value: String(value) },
    });
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    billing_thresholds: { amount_gte: 5000 },
  });
  expect(made.billing_thresholds).toEqual({ amount_gte: 5000, reset_billing_cycle_anchor: null });
  await to(june + 5 * day);
  await use(499);
  await to(june + 6 * day);
  expect(await stripe.invoices.list({ subscription: made.id })).toMatchObject({ data: [] });
  await use(2);
  await to(june + 6 * day + 2 * 3600);
  const billed = await latest(made.id);
  expect(billed).toMatchObject({ billing_reason: "subscription_threshold", total: 5010 });
  await use(30);
  await to(june + 30 * day + 2 * 3600);
  expect(await latest(made.id)).toMatchObject({
    ...{ billing_reason: "subscription_cycle", total: 300 },
  });

  await stripe.subscriptions.update(made.id, {
    billing_thresholds: { amount_gte: 1000, reset_billing_cycle_anchor: true },
  });
  await use(100);
  await to(june + 33 * day);
  const anew = await stripe.subscriptions.retrieve(made.id);
  expect(anew.billing_cycle_anchor).toBe(june + 30 * day + 2 * 3600 + 1);
  expect(await latest(made.id)).toMatchObject({
    ...{ billing_reason: "subscription_threshold", total: 1000, status: "paid" },
  });
});

test("an item's usage is billed when it reaches a count", async () => {
  const { stripe, customer, to, latest } = await inJune("count");
  const price = await metered(stripe, "0.5");
  const made = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id, billing_thresholds: { usage_gte: 1000 } }],
  });
  expect(made.items.data[0]?.billing_thresholds).toEqual({ usage_gte: 1000 });
  await to(june + 2 * day);
  await stripe.billing.meterEvents.create({
    event_name: "calls",
    payload: { stripe_customer_id: customer, value: "1001" },
  });
  await to(june + 3 * day);
  // 1001 halves of a cent: 500.5, and a tie goes up.
  expect(await latest(made.id)).toMatchObject({
    ...{ billing_reason: "subscription_threshold", total: 501 },
  });
});

test("a price is billed in the currency of its subscription, tiers and all", async () => {
  const { stripe, customer, to, latest } = await inJune("currency");
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 2000, product_data: { name: "Team" } },
    recurring: { interval: "month" },
    currency_options: { eur: { unit_amount: 1850 }, jpy: { unit_amount: 2900 } },
  });
  const tier = (unit_amount: number, up_to: number | "inf") => ({ unit_amount, up_to });
  const tiered = await stripe.prices.create({
    ...{ currency: "usd", billing_scheme: "tiered", tiers_mode: "graduated" },
    ...{ recurring: { interval: "month" }, product_data: { name: "Seats" } },
    tiers: [tier(500, 5), tier(300, "inf")],
    currency_options: { eur: { tiers: [tier(450, 5), tier(250, "inf")] } },
  });
  const made = await stripe.subscriptions.create({
    ...{ customer, currency: "eur" },
    items: [
      { price: price.id, quantity: 2 },
      { price: tiered.id, quantity: 8 },
    ],
  });
  expect(made).toMatchObject({
    currency: "eur",
    items: { data: [{ price: { currency: "usd" } }, {}] },
  });
  const first = await latest(made.id);
  expect(first).toMatchObject({ currency: "eur", total: 6700, status: "paid" });
  expect(said(first)).toEqual([
    [3700, "2 × Team (at €18.50 / month)"],
    [2250, "5 × Seats (at €4.50 / month, tier 1)"],
    [750, "3 × Seats (at €2.50 / month, tier 2)"],
  ]);
  await to(june + 15 * day);
  const [team] = made.items.data;
  await stripe.subscriptions.update(made.id, {
    ...{ items: [{ id: team?.id ?? "", quantity: 4 }], proration_behavior: "always_invoice" },
  });
  expect((await latest(made.id)).lines.data.map(({ amount }) => amount)).toEqual([-1850, 3700]);
  await to(june + 30 * day + 2 * 3600);
  expect(await latest(made.id)).toMatchObject({ currency: "eur", total: 10_400 });

  // The customer's currency is the usual one from now on; one that no price has is refused.
  const usual = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  expect(usual.currency).toBe("eur");
  await expect(
    stripe.subscriptions.create({ customer, currency: "gbp", items: [{ price: price.id }] }),
  ).rejects.toMatchObject({ statusCode: 400, param: "items[0][price]" });
  const seen = await stripe.invoices.createPreview({
    ...{ customer, currency: "jpy", subscription_details: { items: [{ price: price.id }] } },
  });
  expect(seen).toMatchObject({ currency: "jpy", total: 2900 });
});

test("a subscription's invoices say what it was told to have them say", async () => {
  const { stripe, customer, latest } = await inJune("settings");
  const price = await monthlyPrice(stripe, 3000);
  const { id } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    invoice_settings: {
      ...{ description: "Thank you.", footer: "Acme Ltd." },
      custom_fields: [{ name: "PO", value: "A-7" }],
    },
  });
  expect(await latest(id)).toMatchObject({
    ...{ description: "Thank you.", footer: "Acme Ltd." },
    custom_fields: [{ name: "PO", value: "A-7" }],
  });
});

test("subscriptions and prices are listed by what they are sold at, and how", async () => {
  const { stripe, customer } = await inJune("listed");
  const [monthly, other] = [await monthlyPrice(stripe, 1000), await monthlyPrice(stripe, 2000)];
  const once = await stripe.prices.create({
    ...{ currency: "eur", unit_amount: 900, product_data: { name: "Setup" } },
  });
  const usage = await metered(stripe, "5");
  const first = await stripe.subscriptions.create({ customer, items: [{ price: monthly.id }] });
  const sent = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: other.id }, { price: usage.id }] },
    ...{ collection_method: "send_invoice", days_until_due: 7 },
  });
  const ids = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
  expect(ids(await stripe.subscriptions.list({ price: monthly.id }))).toEqual([first.id]);
  expect(ids(await stripe.subscriptions.list({ price: usage.id }))).toEqual([sent.id]);
  expect(ids(await stripe.subscriptions.list({ price: once.id }))).toEqual([]);
  const how = { collection_method: "send_invoice" as const };
  expect(ids(await stripe.subscriptions.list(how))).toEqual([sent.id]);
  expect(ids(await stripe.prices.list({ type: "one_time" }))).toEqual([once.id]);
  expect(ids(await stripe.prices.list({ currency: "eur" }))).toEqual([once.id]);
  const recurring = { usage_type: "metered" as const };
  expect(ids(await stripe.prices.list({ recurring }))).toEqual([usage.id]);
});
