import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const lamp = {
  quantity: 2,
  price_data: { currency: "usd", unit_amount: 2500, product_data: { name: "Lamp" } },
};
const order = {
  ...{ mode: "payment", success_url: "http://shop.test/done", line_items: [lamp] },
} satisfies Stripe.Checkout.SessionCreateParams;

test("58: a session pays once, and its completion is announced after all it made", async () => {
  const stripe = sandbox.client("m1");
  const session = await stripe.checkout.sessions.create({
    ...order,
    payment_intent_data: { description: "Order 7", metadata: { order: "7" } },
  });
  expect(session).toMatchObject({
    ...{ mode: "payment", amount_total: 5000, currency: "usd", payment_intent: null },
    ...{ payment_status: "unpaid", customer: null, customer_creation: "if_required" },
  });
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "m1");
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "m1");
  const paid = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["payment_intent.latest_charge"],
  });
  expect(paid).toMatchObject({
    ...{ status: "complete", payment_status: "paid", customer: null },
    payment_intent: {
      ...{ status: "succeeded", amount_received: 5000, description: "Order 7" },
      ...{ metadata: { order: "7" }, latest_charge: { paid: true } },
    },
  });
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  expect(types[0]).toBe("checkout.session.completed");
});

test("a declined card leaves one intent, which the next card pays", async () => {
  const stripe = sandbox.client("m2");
  const session = await stripe.checkout.sessions.create(order);
  const complete = (card: string) =>
    sandbox.admin<{ error?: object }>(`/checkout/${session.id}/complete`, { card }, "m2");
  expect((await complete("4000000000009995")).error).toMatchObject({
    decline_code: "insufficient_funds",
  });
  await complete("4000002760003184");
  const [intent, other] = (await stripe.paymentIntents.list()).data;
  expect(other).toBeUndefined();
  expect(intent).toMatchObject({ status: "succeeded", amount: 5000 });
  expect((await stripe.charges.list()).data.map(({ status }) => status)).toEqual([
    "succeeded",
    "failed",
  ]);
});

test("59: a session's payment is passed on to an account, less the platform's share", async () => {
  const stripe = sandbox.client("m3");
  const destination = await readyAccount(sandbox, "m3");
  const session = await stripe.checkout.sessions.create({
    ...order,
    payment_intent_data: { application_fee_amount: 500, transfer_data: { destination } },
  });
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "m3");
  const there = await stripe.balance.retrieve({}, { stripeAccount: destination });
  expect(there.pending).toMatchObject([{ amount: 4500 }]);
  const over = await stripe.checkout.sessions
    .create({ ...order, payment_intent_data: { application_fee_amount: 500 } })
    .catch(failure);
  expect(over).toMatchObject({ statusCode: 400, param: "application_fee_amount" });
});

test("61: a connected account has sessions of its own", async () => {
  const stripe = sandbox.client("m4");
  const account = await readyAccount(sandbox, "m4");
  const there = { stripeAccount: account };
  const session = await stripe.checkout.sessions.create(
    { ...order, payment_intent_data: { application_fee_amount: 500 } },
    there,
  );
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "m4");
  expect((await stripe.balance.retrieve({}, there)).pending).toMatchObject([
    { amount: 5000 - 175 - 500 },
  ]);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 500 }]);
});

test("a card kept for later needs a customer, who is made from what was typed", async () => {
  const stripe = sandbox.client("m5");
  const session = await stripe.checkout.sessions.create({
    ...{ ...order, customer_email: "ada@acme.test" },
    payment_intent_data: { setup_future_usage: "off_session", capture_method: "manual" },
  });
  await sandbox.admin(`/checkout/${session.id}/complete`, {}, "m5");
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ["payment_intent"] });
  expect(paid).toMatchObject({
    ...{ status: "complete", payment_status: "unpaid" },
    payment_intent: { status: "requires_capture", customer: paid.customer },
  });
  const saved = await stripe.paymentMethods.list({ customer: String(paid.customer) });
  expect(saved.data).toHaveLength(1);
});

test("a mode takes its own prices and parameters", async () => {
  const stripe = sandbox.client("m6");
  const recurring = await monthlyPrice(stripe, 1000);
  const create = (params: Partial<Stripe.Checkout.SessionCreateParams>) =>
    stripe.checkout.sessions.create({ ...order, ...params }).catch(failure);
  expect(await create({ line_items: [{ price: recurring.id }] })).toMatchObject({
    ...{ statusCode: 400, param: "line_items[0][price]" },
  });
  expect(await create({ subscription_data: { trial_period_days: 3 } })).toMatchObject({
    ...{ statusCode: 400, param: "subscription_data" },
  });
  expect(await create({ line_items: [{ quantity: 1 }] })).toMatchObject({
    code: "parameter_missing",
  });
  expect(await create({ line_items: [] })).toMatchObject({ param: "line_items" });
});

test("the page asks for one payment and shows what is paid for", async () => {
  const stripe = sandbox.client("m7");
  const session = await stripe.checkout.sessions.create(order);
  const page = await (await fetch(session.url ?? "")).text();
  expect(page).toContain("Pay $50.00");
  expect(page).toContain("2 × $25.00");
  expect(page).not.toContain("per month");
});

test("a session in setup mode keeps a card for later and charges nothing", async () => {
  const stripe = sandbox.client("m8");
  const customer = await stripe.customers.create({ email: "ada@acme.test" });
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "setup", currency: "usd", customer: customer.id, success_url: "http://shop.test/" },
    setup_intent_data: { metadata: { plan: "later" } },
  });
  expect(session).toMatchObject({
    ...{ mode: "setup", amount_total: null, payment_status: "no_payment_required" },
  });
  expect(await (await fetch(session.url ?? "")).text()).toContain("Save card");
  await sandbox.admin(`/checkout/${session.id}/complete`, { card: "4000002500003155" }, "m8");
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["setup_intent"] });
  expect(done).toMatchObject({
    ...{ status: "complete", payment_intent: null },
    setup_intent: { status: "succeeded", metadata: { plan: "later" } },
  });
  expect((await stripe.paymentMethods.list({ customer: customer.id })).data).toHaveLength(1);
  expect((await stripe.charges.list()).data).toEqual([]);
  const wrong = await stripe.checkout.sessions
    .create({ mode: "setup", success_url: "http://shop.test/", line_items: [lamp] })
    .catch(failure);
  expect(wrong).toMatchObject({ statusCode: 400, param: "line_items" });
});
