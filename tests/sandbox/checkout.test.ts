import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function openSession(
  name: string,
  params: Partial<Stripe.Checkout.SessionCreateParams> = {},
) {
  const stripe = sandbox.client(name);
  const account = await stripe.v2.core.accounts.create({
    contact_email: "ada@acme.test",
    display_name: "Acme",
    configuration: { customer: {} },
  });
  const price = await monthlyPrice(stripe, 1500, "Lockstep <Team>");
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    customer_account: account.id,
    line_items: [{ price: price.id, quantity: 2 }],
    success_url: "http://shop.test/done?session={CHECKOUT_SESSION_ID}",
    cancel_url: "http://shop.test/plans",
    metadata: { tenant: "t1" },
    subscription_data: { metadata: { tenant: "t1" } },
    ...params,
  });
  const read = () => stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  return { stripe, account, session, read, url: session.url ?? "" };
}

const filled = {
  email: "ada@acme.test",
  number: "4242 4242 4242 4242",
  expiry: "12 / 34",
  cvc: "123",
  name: "Ada",
  country: "US",
};

function press(url: string, form: Record<string, string> = filled) {
  return fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
}

test("the page shows the order and says it is test data", async () => {
  const { url } = await openSession("page");
  const response = await fetch(url);
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(text).toContain("Local Stripe · test data");
  expect(text).toContain("Lockstep &lt;Team&gt;");
  expect(text).toContain("2 × $15.00 per month");
  expect(text).toContain("$30.00");
  expect(text).toContain('href="http://shop.test/plans"');
  expect(text).not.toContain("<script");
  const policy = response.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("form-action 'self' http://shop.test");
});

test("58: paying leads to success_url with the id, and checkout.session.completed comes last", async () => {
  const { stripe, account, session, read, url } = await openSession("pay");
  const response = await press(url);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe(`http://shop.test/done?session=${session.id}`);

  const done = await read();
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    amount_total: 3000,
    customer_account: account.id,
    metadata: { tenant: "t1" },
    subscription: { status: "active", metadata: { tenant: "t1" }, customer_account: account.id },
  });
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  expect(types[0]).toBe("checkout.session.completed");
  for (const type of [
    "customer.created",
    "customer.subscription.created",
    "invoice.paid",
    "invoice_payment.paid",
    "charge.succeeded",
    "payment_method.attached",
  ]) {
    expect(types).toContain(type);
  }
});

test("pressing the button twice pays once", async () => {
  const { stripe, url } = await openSession("twice");
  const answers = await Promise.all([press(url), press(url), press(url)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect((await stripe.subscriptions.list()).data).toHaveLength(1);
  expect((await stripe.charges.list()).data).toHaveLength(1);
  const again = await (await fetch(url)).text();
  expect(again).toContain("Already paid");
});

test.each([
  ["4000000000000002", "Your card was declined."],
  ["4000000000009995", "Your card has insufficient funds."],
  ["4000000000000069", "Your card has expired."],
  ["4000000000000127", "security code is incorrect"],
  ["4000000000000119", "An error occurred while processing your card"],
  ["4000000000000341", "Your card was declined."],
  ["4242424242424241", "Your card number is incorrect."],
  ["4111111111111111", "used a non test (live) card"],
])("17: the card %s is told why, and another card still pays", async (number, message) => {
  const { stripe, url } = await openSession(`d${number}`);
  const refused = await (await press(url, { ...filled, number })).text();
  expect(refused.replaceAll("&#39;", "'")).toContain(message);
  expect(refused).toContain('value="Ada"');
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await press(url)).status).toBe(303);
});

test("a form that is not filled in says what each field needs", async () => {
  const { url } = await openSession("blank");
  const text = await (await press(url, {})).text();
  for (const field of ["email", "number", "expiry", "cvc", "name", "country"]) {
    expect(text).toContain(`id="${field}-error"`);
  }
});

test("a test card fills the form without a script", async () => {
  const { url } = await openSession("fill");
  const text = await (await press(url, { fill: "4000 0000 0000 9995" })).text();
  expect(text).toContain('value="4000 0000 0000 9995"');
  expect(text).toContain('value="12 / 34"');
});

test("18: a card that asks its holder leads to a challenge, which can fail and be passed", async () => {
  const { read, url } = await openSession("asks");
  const asked = await press(url, { ...filled, number: "4000002760003184" });
  const challenge = new URL(asked.headers.get("location") ?? "", url).href;
  expect(challenge).toContain("/c/challenge/");
  expect(await (await fetch(challenge)).text()).toContain("Confirm it is you");
  const failed = await (await press(challenge, { answer: "fail" })).text();
  expect(failed).toContain("unable to authenticate your payment method");
  expect((await read()).status).toBe("open");

  await press(url, { ...filled, number: "4000002760003184" });
  const passed = await press(challenge, { answer: "complete" });
  expect(passed.headers.get("location")).toContain("http://shop.test/done");
  expect((await read()).payment_status).toBe("paid");
});

test("a card set up by its holder renews without asking; one that always asks does not", async () => {
  const { stripe, read, url } = await openSession("setup");
  await press(url, { ...filled, number: "4000002500003155" });
  await press(url.replace("/pay/", "/challenge/"), { answer: "complete" });
  await sandbox.admin("/clock", { advance_seconds: 32 * 86_400 }, "setup");
  const { subscription } = await read();
  expect(subscription).toMatchObject({ status: "active" });
  expect((await stripe.invoices.list({ status: "paid" })).data).toHaveLength(2);
});

test("a session expires after a day, or when told to, and then takes no payment", async () => {
  const late = await openSession("late");
  await sandbox.admin("/clock", { advance_seconds: 86_401 }, "late");
  expect(await late.read()).toMatchObject({ status: "expired", url: null });
  const ended = await openSession("ended");
  await ended.stripe.checkout.sessions.expire(ended.session.id);
  const answer = await press(ended.url);
  expect(answer.status).toBe(410);
  expect(await answer.text()).toContain("This checkout has expired");
  const events = await ended.stripe.events.list({ type: "checkout.session.expired" });
  expect(events.data).toHaveLength(1);
});

test("a trial asks for a card and takes nothing today", async () => {
  const { read, url } = await openSession("trial", {
    subscription_data: { trial_period_days: 14 },
  });
  const text = await (await fetch(url)).text();
  expect(text).toContain("Free for 14 days, then $30.00 per month.");
  await press(url);
  expect(await read()).toMatchObject({
    payment_status: "no_payment_required",
    amount_total: 0,
    subscription: { status: "trialing" },
  });
});

test("a session without a customer makes one from what was typed", async () => {
  const stripe = sandbox.client("guest");
  const price = await monthlyPrice(stripe, 1500);
  const { id, url } = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: "http://shop.test/done",
  });
  await press(url ?? "");
  const { customer } = await stripe.checkout.sessions.retrieve(id, { expand: ["customer"] });
  expect(customer).toMatchObject({ email: "ada@acme.test", name: "Ada" });
});

test("the admin plane pays a session with any test card", async () => {
  const { session, read } = await openSession("admin");
  const path = `/checkout/${session.id}/complete`;
  const refused = await sandbox.admin(path, { card: "4000000000009995" }, "admin");
  expect(refused).toMatchObject({ error: { decline_code: "insufficient_funds" } });
  await sandbox.admin(path, { card: "pm_card_authenticationRequired" }, "admin");
  expect((await read()).status).toBe("complete");
});

test("line items are listed, and usage costs nothing yet", async () => {
  const stripe = sandbox.client("lines");
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const flat = await monthlyPrice(stripe, 1500);
  const usage = await stripe.prices.create({
    currency: "usd",
    unit_amount: 2,
    product_data: { name: "Calls" },
    recurring: { interval: "month", usage_type: "metered", meter: meter.id },
  });
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: flat.id, quantity: 1 }, { price: usage.id }],
    success_url: "http://shop.test/done",
    expand: ["line_items"],
  });
  expect(session.line_items?.data.map(({ amount_total }) => amount_total)).toEqual([1500, 0]);
  const listed = await stripe.checkout.sessions.listLineItems(session.id);
  expect(listed.data).toHaveLength(2);
  expect(await (await fetch(session.url ?? "")).text()).toContain("Billed by usage at period end");
});
