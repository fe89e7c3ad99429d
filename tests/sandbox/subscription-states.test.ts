import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

async function start(
  name: string,
  params: Partial<Stripe.SubscriptionCreateParams> = {},
  card: string | null = "pm_card_visa",
) {
  const stripe = sandbox.client(name);
  const customer =
    card === null
      ? await stripe.customers.create({ email: "ada@acme.test" })
      : await payingCustomer(stripe, card);
  const price = await monthlyPrice(stripe, 3000);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...params,
  });
  const { id } = subscription;
  const end = subscription.items.data[0]?.current_period_end ?? 0;
  const item = subscription.items.data[0]?.id ?? "";
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  const to = (instant: number) => sandbox.admin("/clock", { to: instant }, name);
  const read = () => stripe.subscriptions.retrieve(id);
  const invoices = async () => (await stripe.invoices.list({ subscription: id, limit: 100 })).data;
  const types = async () => (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  const spoilCard = async () => {
    const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", {
      customer: customer.id,
    });
    await stripe.customers.update(customer.id, {
      invoice_settings: { default_payment_method: bad.id },
    });
  };
  return {
    ...{ stripe, customer, price, subscription, id, item, end },
    ...{ advance, to, read, invoices, types, spoilCard },
  };
}

test("33: a first payment that never comes ends as incomplete_expired after 23 hours", async () => {
  const { read, advance, invoices } = await start("s33", {
    payment_behavior: "default_incomplete",
  });
  await advance(23 * 3600 - 2);
  expect((await read()).status).toBe("incomplete");
  await advance(3);
  expect((await read()).status).toBe("incomplete_expired");
  expect((await invoices())[0]?.status).toBe("void");
});

test("34: with send_invoice it is active at once and its first invoice a draft, late once overdue", async () => {
  const { subscription, invoices, advance, read, types } = await start(
    "s34",
    { collection_method: "send_invoice", days_until_due: 7 },
    null,
  );
  expect(subscription.status).toBe("active");
  expect((await invoices())[0]).toMatchObject({ status: "draft", amount_paid: 0 });
  await advance(3601);
  expect((await invoices())[0]).toMatchObject({ status: "open", attempt_count: 0 });
  await advance(8 * day);
  expect(await types()).toContain("invoice.overdue");
  expect((await read()).status).toBe("past_due");
});

test.each([
  ["pause", "paused", "customer.subscription.paused"],
  ["cancel", "canceled", "customer.subscription.deleted"],
] as const)("35: a trial that ends without a method can %s", async (what, status, event) => {
  const { advance, read, types, invoices } = await start(
    `s35${what}`,
    {
      trial_period_days: 5,
      trial_settings: { end_behavior: { missing_payment_method: what } },
    },
    null,
  );
  await advance(5 * day + 1);
  expect((await read()).status).toBe(status);
  expect(await types()).toContain(event);
  expect(await invoices()).toHaveLength(1);
});

test("35: forcing a trial to end without a method is a 400, and with one bills at once", async () => {
  const { stripe, customer, id, read, invoices } = await start(
    "s35f",
    { trial_period_days: 5 },
    null,
  );
  await expect(stripe.subscriptions.update(id, { trial_end: "now" })).rejects.toMatchObject({
    statusCode: 400,
    code: "resource_missing",
  });
  expect((await read()).status).toBe("trialing");
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.subscriptions.update(id, { default_payment_method: method.id });
  const ended = await stripe.subscriptions.update(id, { trial_end: "now" });
  expect(ended).toMatchObject({ status: "active" });
  expect((await invoices())[0]).toMatchObject({ status: "paid", total: 3000 });
});

test("35: a subscription paused by its trial goes on when it has a method", async () => {
  const { stripe, customer, id, advance, read, invoices } = await start(
    "s35r",
    {
      trial_period_days: 5,
      trial_settings: { end_behavior: { missing_payment_method: "pause" } },
    },
    null,
  );
  await advance(9 * day);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: method.id },
  });
  const resumed = await stripe.subscriptions.resume(id);
  expect(resumed.status).toBe("active");
  const [item] = resumed.items.data;
  expect(item?.current_period_start).toBe(resumed.billing_cycle_anchor);
  expect((await invoices())[0]).toMatchObject({ status: "paid", total: 3000 });
  await advance(32 * day);
  expect(await invoices()).toHaveLength(3);
  expect((await read()).status).toBe("active");
});

test("a trial given later credits what is left, and the cycle begins when it ends", async () => {
  const { stripe, id, end, read, to, invoices } = await start("strial");
  await stripe.subscriptions.update(id, { trial_end: end + 10 * day });
  expect(await read()).toMatchObject({
    status: "trialing",
    trial_end: end + 10 * day,
    billing_cycle_anchor: end + 10 * day,
  });
  await to(end + 10 * day + 3601);
  const [renewal] = await invoices();
  expect(Math.abs(renewal?.total ?? 1)).toBeLessThan(5);
  expect((await read()).status).toBe("active");
});

test("49: DELETE cancels, again is a 404, and prorate leaves a pending credit", async () => {
  const { stripe, id, end, to, subscription } = await start("s49");
  const begun = subscription.items.data[0]?.current_period_start ?? 0;
  await to(begun + Math.floor((end - begun) / 2));
  const gone = await stripe.subscriptions.cancel(id, {
    prorate: true,
    cancellation_details: { comment: "Too loud", feedback: "unused" },
  });
  expect(gone).toMatchObject({
    status: "canceled",
    cancellation_details: { comment: "Too loud", feedback: "unused" },
  });
  const [credit] = (await stripe.invoiceItems.list({ pending: true })).data;
  expect(Math.abs((credit?.amount ?? 0) + 1500)).toBeLessThan(3);
  await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
  });
});

test("50: cancel_at_period_end sets cancel_at, and unsetting it clears both", async () => {
  const { stripe, id, end, to, read } = await start("s50");
  const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(ending).toMatchObject({ cancel_at: end, cancel_at_period_end: true, status: "active" });
  const staying = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  expect(staying).toMatchObject({ cancel_at: null, canceled_at: null });
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await to(end);
  expect((await read()).status).toBe("canceled");
});

test("51: what the last failed try does is a setting: it can also stay past due", async () => {
  const { spoilCard, end, to, read } = await start("s51");
  await sandbox.admin("/billing", { after_retries: "past_due" }, "s51");
  await spoilCard();
  await to(end + 3601 + 16 * day);
  expect((await read()).status).toBe("past_due");
});

test("52: unpaid, later invoices stay drafts, and paying the latest brings it back", async () => {
  const { stripe, spoilCard, end, to, read, invoices } = await start("s52");
  await sandbox.admin("/billing", { after_retries: "unpaid" }, "s52");
  await spoilCard();
  await to(end + 3601 + 16 * day);
  expect((await read()).status).toBe("unpaid");
  await to(end + 33 * day);
  const [latest, failed] = await invoices();
  expect(latest).toMatchObject({ status: "draft", auto_advance: false });
  expect(failed?.status).toBe("open");
  await stripe.invoices.pay(failed?.id ?? "", { payment_method: "pm_card_visa" });
  expect((await read()).status).toBe("unpaid");
  await stripe.invoices.pay(latest?.id ?? "", { payment_method: "pm_card_visa" });
  expect((await read()).status).toBe("active");
});

test.each([
  ["keep_as_draft", "draft"],
  ["mark_uncollectible", "uncollectible"],
  ["void", "void"],
] as const)(
  "pause_collection %s leaves its renewals %s, until it resumes",
  async (behavior, status) => {
    const { stripe, id, end, to, read, invoices } = await start(`spc${status}`);
    await stripe.subscriptions.update(id, {
      pause_collection: { behavior, resumes_at: end + 10 * day },
    });
    await to(end + 3601);
    expect((await invoices())[0]?.status).toBe(status);
    expect((await read()).status).toBe("active");
    await to(end + 10 * day);
    expect((await read()).pause_collection).toBeNull();
    await to(end + 32 * day);
    expect((await invoices())[0]).toMatchObject({ status: "paid" });
  },
);

test("paused, nothing is billed; resumed, its periods begin anew and are paid for", async () => {
  const { stripe, id, end, to, advance, invoices, types } = await start("spause");
  const paused = await stripe.subscriptions.pause(id, {});
  expect(paused.status).toBe("paused");
  await to(end + 20 * day);
  expect(await invoices()).toHaveLength(1);
  const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: "now" } });
  expect(resumed.status).toBe("active");
  expect((await invoices())[0]).toMatchObject({ status: "paid", total: 3000 });
  await advance(32 * day);
  expect(await invoices()).toHaveLength(3);
  expect(await types()).toEqual(
    expect.arrayContaining(["customer.subscription.paused", "customer.subscription.resumed"]),
  );
  await expect(stripe.subscriptions.resume(id)).rejects.toThrow("Only a paused subscription");
});

test("resuming that is not paid for stays paused, and its invoice is void after 23 hours", async () => {
  const { stripe, id, spoilCard, advance, read, invoices } = await start("spfail");
  await stripe.subscriptions.pause(id, {});
  await spoilCard();
  await stripe.subscriptions.resume(id);
  expect((await read()).status).toBe("paused");
  await advance(23 * 3600 + 1);
  expect((await invoices())[0]?.status).toBe("void");
});

test("a pending update is made when its invoice is paid", async () => {
  const { stripe, id, item, spoilCard, read, types } = await start("spend");
  await spoilCard();
  const held = await stripe.subscriptions.update(id, {
    items: [{ id: item, quantity: 3 }],
    payment_behavior: "pending_if_incomplete",
    proration_behavior: "always_invoice",
  });
  expect(held).toMatchObject({
    status: "active",
    pending_update: { subscription_items: [{ quantity: 3 }] },
    items: { data: [{ quantity: 1 }] },
  });
  await stripe.invoices.pay(String(held.latest_invoice), { payment_method: "pm_card_visa" });
  expect(await read()).toMatchObject({
    pending_update: null,
    items: { data: [{ quantity: 3 }] },
  });
  expect(await types()).toContain("customer.subscription.pending_update_applied");
});

test("a pending update nobody pays for is forgotten after 23 hours, and its invoice void", async () => {
  const { stripe, id, item, price, spoilCard, advance, read, invoices, types } =
    await start("spendx");
  await spoilCard();
  const other = await monthlyPrice(stripe, 9000, "Other");
  await stripe.subscriptions.update(id, {
    items: [{ id: item, deleted: true }, { price: other.id }],
    payment_behavior: "pending_if_incomplete",
    proration_behavior: "always_invoice",
  });
  await advance(23 * 3600 + 1);
  expect(await read()).toMatchObject({
    pending_update: null,
    items: { data: [{ price: { id: price.id } }] },
  });
  expect((await invoices())[0]?.status).toBe("void");
  expect(await types()).toContain("customer.subscription.pending_update_expired");
});

test("voiding its invoice drops a pending update, and says so; voiding another one does not", async () => {
  const { stripe, id, item, customer, spoilCard, advance, read, types } = await start("spendvoid");
  const { id: coupon } = await stripe.coupons.create({ percent_off: 40, duration: "forever" });
  const { id: other } = await stripe.invoices.create({ customer: customer.id, subscription: id });
  await stripe.invoiceItems.create({ customer: customer.id, invoice: other, amount: 900 });
  await stripe.invoices.finalizeInvoice(other, { auto_advance: false });
  await spoilCard();
  const held = await stripe.subscriptions.update(id, {
    ...{ items: [{ id: item, quantity: 3 }], discounts: [{ coupon }] },
    ...{ payment_behavior: "pending_if_incomplete", proration_behavior: "always_invoice" },
  });
  await stripe.invoices.voidInvoice(other);
  expect((await read()).pending_update).toEqual(held.pending_update);
  const events = await stripe.events.list({ type: "customer.subscription.updated", limit: 1 });
  const before = events.data[0]?.id;
  await stripe.invoices.voidInvoice(String(held.latest_invoice));
  expect(await read()).toMatchObject({
    ...{ pending_update: null, discounts: [], status: "active" },
    items: { data: [{ quantity: 1 }] },
  });
  const [said] = (await stripe.events.list({ type: "customer.subscription.updated", limit: 1 }))
    .data;
  expect(said?.id).not.toBe(before);
  expect(said?.data).toMatchObject({ previous_attributes: { pending_update: expect.anything() } });
  // Nothing is left that could end it a second time.
  await advance(24 * 3600);
  expect(await types()).not.toContain("customer.subscription.pending_update_expired");
});

test("discounts of a pending update wait with it: applied they take the others' place, else nothing", async () => {
  const { stripe, id, item, spoilCard, advance, read, types } = await start("spendoff");
  const coupon = (percent_off: number) =>
    stripe.coupons.create({ percent_off, duration: "forever" });
  const [small, large] = [await coupon(5), await coupon(40)];
  const before = await stripe.subscriptions.update(id, { discounts: [{ coupon: small.id }] });
  await spoilCard();
  const hold = (quantity: number) =>
    stripe.subscriptions.update(id, {
      items: [{ id: item, quantity }],
      discounts: [{ coupon: large.id }],
      payment_behavior: "pending_if_incomplete",
      proration_behavior: "always_invoice",
    });
  const held = await hold(3);
  expect(held.discounts).toEqual(before.discounts);
  expect(held.pending_update?.discounts).toHaveLength(1);
  await stripe.invoices.pay(String(held.latest_invoice), { payment_method: "pm_card_visa" });
  const paid = await read();
  expect(paid.discounts).toEqual(held.pending_update?.discounts);
  expect((await types()).filter((type) => type === "customer.discount.deleted")).toHaveLength(1);

  await hold(5);
  await advance(23 * 3600 + 1);
  expect(await read()).toMatchObject({ pending_update: null, discounts: paid.discounts });
});

test("48: the cycle starts anew when asked to, crediting what was left", async () => {
  const { stripe, id, end, to, subscription, invoices } = await start("s48");
  const begun = subscription.items.data[0]?.current_period_start ?? 0;
  await to(begun + Math.floor((end - begun) / 2));
  const anew = await stripe.subscriptions.update(id, { billing_cycle_anchor: { type: "now" } });
  expect(anew.billing_cycle_anchor).toBe(anew.items.data[0]?.current_period_start);
  const [latest] = await invoices();
  expect(Math.abs((latest?.total ?? 0) - 1500)).toBeLessThan(3);
});
