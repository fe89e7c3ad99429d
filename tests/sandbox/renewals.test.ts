import Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

async function start(name: string, params: Partial<Stripe.SubscriptionCreateParams> = {}) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 2000);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...params,
  });
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  const to = (instant: number) => sandbox.admin("/clock", { to: instant }, name);
  const read = () => stripe.subscriptions.retrieve(subscription.id);
  const invoices = async () =>
    (await stripe.invoices.list({ subscription: subscription.id, limit: 100 })).data;
  return { stripe, customer, price, subscription, advance, to, read, invoices };
}

test("36: a renewal is a draft that finalises at created + 3,601 s and is then paid", async () => {
  const { subscription, to, invoices, read } = await start("r36");
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await to(end);
  const [draft] = await invoices();
  expect(draft).toMatchObject({
    status: "draft",
    billing_reason: "subscription_cycle",
    created: end,
  });
  expect(draft?.next_payment_attempt).toBe(end + 3600);
  expect((await read()).items.data[0]?.current_period_start).toBe(end);

  await to(end + 3600);
  expect((await invoices())[0]?.status).toBe("draft");
  await to(end + 3601);
  const [paid] = await invoices();
  expect(paid).toMatchObject({ status: "paid", amount_paid: 2000 });
  expect(paid?.number).toMatch(/-0002$/);
  expect(paid?.status_transitions.finalized_at).toBe(end + 3601);
});

test("a year of renewals keeps the day it started on, and each invoice is paid once", async () => {
  const { advance, invoices } = await start("ryear");
  await advance(366 * day);
  const all = await invoices();
  expect(all).toHaveLength(13);
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set(["paid"]));
});

test("51: a failed renewal makes it past_due, is tried again, and at last cancels it", async () => {
  const { stripe, customer, subscription, to, invoices, read } = await start("r51");
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: customer.id,
  });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: bad.id },
  });
  const end = (subscription.items.data[0]?.current_period_end ?? 0) + 3601;
  await to(end);
  expect((await read()).status).toBe("past_due");
  expect((await invoices())[0]).toMatchObject({
    status: "open",
    attempt_count: 1,
    next_payment_attempt: end + 3 * day,
  });
  await to(end + 3 * day);
  expect((await invoices())[0]).toMatchObject({ attempt_count: 2 });
  await to(end + 16 * day);
  expect(await read()).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "payment_failed" },
  });
  const failed = await stripe.events.list({ type: "invoice.payment_failed" });
  expect(failed.data).toHaveLength(4);
});

test("51: paying a past due invoice brings the subscription back", async () => {
  const { stripe, customer, subscription, to, invoices, read } = await start("r51b");
  const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
    customer: customer.id,
  });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: bad.id },
  });
  await to((subscription.items.data[0]?.current_period_end ?? 0) + 3601);
  const [open] = await invoices();
  await stripe.invoices.pay(open?.id ?? "", { payment_method: "pm_card_visa" });
  expect((await read()).status).toBe("active");
});

test("18: off session, a card that asks its holder is declined as authentication_required", async () => {
  const { stripe, customer, subscription, to, invoices, read } = await start("r18");
  const asks = await stripe.paymentMethods.attach("pm_card_authenticationRequired", {
    customer: customer.id,
  });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: asks.id },
  });
  await to((subscription.items.data[0]?.current_period_end ?? 0) + 3601);
  expect((await read()).status).toBe("past_due");
  const [open] = await invoices();
  const { payments } = await stripe.invoices.retrieve(open?.id ?? "", {
    expand: ["payments.data.payment.payment_intent"],
  });
  expect(payments?.data[0]?.payment.payment_intent).toMatchObject({
    last_payment_error: { code: "authentication_required" },
  });
});

test("a trial costs nothing, and the first payment comes when it ends", async () => {
  const { subscription, advance, invoices, read } = await start("rtrial", {
    trial_period_days: 14,
  });
  expect(subscription.status).toBe("trialing");
  expect((await invoices())[0]).toMatchObject({ status: "paid", total: 0 });
  await advance(14 * day + 3602);
  expect((await read()).status).toBe("active");
  expect((await invoices())[0]).toMatchObject({ status: "paid", total: 2000 });
});

test.each([
  ["cancel", "canceled"],
  ["pause", "paused"],
] as const)("35: a trial that ends without a method can %s", async (missing, status) => {
  const stripe = sandbox.client(`r35${missing}`);
  const customer = await stripe.customers.create({});
  const price = await monthlyPrice(stripe, 2000);
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: missing } },
  });
  await sandbox.admin("/clock", { advance_seconds: 8 * day }, `r35${missing}`);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
});

test("55: usage is billed at the end of its period, in graduated tiers, to the fraction of a cent", async () => {
  const name = "r55";
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const price = await stripe.prices.create({
    currency: "usd",
    product_data: { name: "Calls" },
    billing_scheme: "tiered",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 100, unit_amount: 0 },
      { up_to: "inf", unit_amount_decimal: Stripe.Decimal.from("0.35"), flat_amount: 500 },
    ],
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  expect(subscription).toMatchObject({ status: "active", latest_invoice: null });
  const event = {
    event_name: "calls",
    payload: { stripe_customer_id: customer.id, value: "1101" },
  };
  await stripe.billing.meterEvents.create({ ...event, identifier: "one" });
  const again = await stripe.billing.meterEvents
    .create({ ...event, identifier: "one" })
    .catch((error) => error);
  expect(again).toMatchObject({ statusCode: 400, param: "identifier" });

  const end = subscription.items.data[0]?.current_period_end ?? 0;
  await sandbox.admin("/clock", { to: end + 3601 }, name);
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoice?.lines.data.map(({ amount }) => amount)).toEqual([0, 350, 500]);
  expect(invoice).toMatchObject({ status: "paid", total: 850 });
  expect(invoice?.lines.data[0]?.period).toEqual({ start: subscription.created, end });
});

test("55: a meter event too old or too far ahead is refused", async () => {
  const stripe = sandbox.client("r55b");
  const customer = await stripe.customers.create({});
  await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const payload = { stripe_customer_id: customer.id, value: "1" };
  for (const timestamp of [customer.created - 36 * day, customer.created + 3600]) {
    const error = await stripe.billing.meterEvents
      .create({ event_name: "calls", payload, timestamp })
      .catch((reason) => reason);
    expect(error).toMatchObject({ statusCode: 400, param: "timestamp" });
  }
});

test("44, 47: more seats midway leave a credit and a debit for the next invoice", async () => {
  const { stripe, subscription, to, invoices } = await start("r47");
  const [item] = subscription.items.data;
  const { current_period_start: begun = 0, current_period_end: end = 0 } = item ?? {};
  await to(begun + Math.floor((end - begun) / 2));
  const now = Number((await sandbox.admin("/clock", undefined, "r47")).now);
  const changed = await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item?.id ?? "", quantity: 3 }],
  });
  expect(changed.items.data[0]?.quantity).toBe(3);
  await to(end + 3601);
  const [renewal] = await invoices();
  const [credit, debit, next] = renewal?.lines.data ?? [];
  const share = (end - now) / (end - begun);
  expect(Math.abs((credit?.amount ?? 0) + 2000 * share)).toBeLessThan(2);
  expect(Math.abs((debit?.amount ?? 0) - 6000 * share)).toBeLessThan(4);
  expect(credit?.parent?.subscription_item_details?.proration).toBe(true);
  expect(next?.amount).toBe(6000);
});

test("47: always_invoice bills the difference in the call, none writes nothing", async () => {
  const { stripe, subscription, invoices } = await start("r47b");
  const id = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id, quantity: 2 }],
    proration_behavior: "none",
  });
  expect(await invoices()).toHaveLength(1);
  const billed = await stripe.subscriptions.update(subscription.id, {
    items: [{ id, quantity: 3 }],
    proration_behavior: "always_invoice",
  });
  const [latest] = await invoices();
  expect(billed.latest_invoice).toBe(latest?.id);
  expect(latest).toMatchObject({ status: "paid", billing_reason: "subscription_update" });
  // Only one seat was ever debited, so only one is credited.
  expect(latest?.total).toBe(4000);
});

test("42: fewer seats leave credit that the next invoice uses", async () => {
  const { stripe, customer, subscription, to, invoices } = await start("r42");
  const [item] = subscription.items.data;
  const change = (quantity: number) =>
    stripe.subscriptionItems.update(item?.id ?? "", {
      quantity,
      proration_behavior: "always_invoice",
    });
  await change(4);
  await change(1);
  const { balance } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
  expect(balance).toBeLessThan(-5900);
  await to((item?.current_period_end ?? 0) + 3601);
  const [renewal] = await invoices();
  expect(renewal).toMatchObject({
    ...{ status: "paid", total: 2000, amount_due: 0, starting_balance: balance },
  });
  const after = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
  expect(after.balance).toBe(balance + 2000);
});

test("46: a credit is of what was debited, not of what seats cost by now", async () => {
  const { stripe, customer, subscription } = await start("r46");
  const id = subscription.items.data[0]?.id ?? "";
  await stripe.subscriptionItems.update(id, { quantity: 4, proration_behavior: "none" });
  await stripe.subscriptionItems.update(id, { quantity: 1, proration_behavior: "always_invoice" });
  const { balance } = (await stripe.customers.retrieve(customer.id)) as Stripe.Customer;
  expect(Math.abs(balance)).toBeLessThan(2);
});

test("48: another interval starts the cycle now and bills the new period less what was left", async () => {
  const { stripe, price, subscription, to, invoices, read } = await start("r48");
  const yearly = await stripe.prices.create({
    currency: "usd",
    unit_amount: 20_000,
    product: String(price.product),
    recurring: { interval: "year" },
  });
  const [item] = subscription.items.data;
  const { current_period_start: begun = 0, current_period_end: end = 0 } = item ?? {};
  await to(begun + Math.floor((end - begun) / 2));
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: item?.id ?? "", price: yearly.id }],
  });
  const now = await read();
  expect(now.items.data[0]?.current_period_start).toBe(now.billing_cycle_anchor);
  expect(now.items.data[0]?.current_period_end).toBeGreaterThan(
    now.billing_cycle_anchor + 364 * day,
  );
  const [latest] = await invoices();
  expect(latest).toMatchObject({ status: "paid", billing_reason: "subscription_update" });
  expect(Math.abs((latest?.total ?? 0) - 19_000)).toBeLessThan(5);
});

test("43: less than 50 cents is not charged but carried to the balance", async () => {
  const stripe = sandbox.client("r43");
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 30);
  const { latest_invoice } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  expect(await stripe.invoices.retrieve(String(latest_invoice))).toMatchObject({
    status: "paid",
    amount_due: 0,
    ending_balance: 30,
  });
  expect((await stripe.charges.list()).data).toEqual([]);
});

test("a preview says what the next invoice will be, and changes nothing", async () => {
  const { stripe, subscription, to, invoices } = await start("preview");
  const [item] = subscription.items.data;
  const next = await stripe.invoices.createPreview({ subscription: subscription.id });
  expect(next).toMatchObject({ status: "draft", total: 2000, amount_due: 2000, number: null });
  expect(next.id).toMatch(/^upcoming_in_/);

  const { current_period_start: begun = 0, current_period_end: end = 0 } = item ?? {};
  await to(begun + Math.floor((end - begun) / 2));
  const change = { items: [{ id: item?.id ?? "", quantity: 3 }] };
  const more = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: change,
  });
  expect(more.lines.data).toHaveLength(3);
  const now = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { ...change, proration_behavior: "always_invoice" },
  });
  expect(Math.abs(now.total - 2000)).toBeLessThan(5);
  expect(await invoices()).toHaveLength(1);
  expect((await stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(1);

  await stripe.subscriptions.update(subscription.id, change);
  await to(end + 3601);
  const [billed] = await invoices();
  expect(Math.abs((billed?.total ?? 0) - more.total)).toBeLessThan(5);
});

test("without being moved, time runs by itself: a short trial warns of its end at once", async () => {
  const { stripe } = await start("realtime", { trial_period_days: 2 });
  const warned = async () =>
    (await stripe.events.list({ type: "customer.subscription.trial_will_end" })).data.length;
  await expect.poll(warned, { timeout: 5000 }).toBe(1);
});

test("14: a connected account's subscription renews in its own books", async () => {
  const name = "theirs";
  const stripe = sandbox.client(name);
  const account = await stripe.v2.core.accounts.create({ display_name: "Shop" });
  const there = sandbox.client(name, { stripeAccount: account.id });
  const customer = await payingCustomer(there);
  const price = await monthlyPrice(there, 2000);
  await there.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  await sandbox.admin("/clock", { advance_seconds: 32 * day }, name);
  expect((await there.invoices.list({ status: "paid" })).data).toHaveLength(2);
  expect((await stripe.invoices.list()).data).toEqual([]);
  const [renewed] = (await there.events.list({ type: "invoice.paid" })).data;
  expect(renewed?.account).toBe(account.id);
});
