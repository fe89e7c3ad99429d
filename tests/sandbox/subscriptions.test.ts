import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

async function subscribe(
  stripe: Stripe,
  params: Partial<Stripe.SubscriptionCreateParams> = {},
  card = "pm_card_visa",
) {
  const customer = await payingCustomer(stripe, card);
  const price = await monthlyPrice(stripe, 1500);
  return stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 3 }],
    ...params,
  });
}

async function latestInvoice(stripe: Stripe, subscription: Stripe.Subscription) {
  return stripe.invoices.retrieve(String(subscription.latest_invoice), {
    expand: ["payments.data.payment.payment_intent", "confirmation_secret"],
  });
}

test("29: a subscription made with a card is active, with a paid subscription_create invoice numbered PREFIX-0001", async () => {
  const stripe = sandbox.client("s29");
  const subscription = await subscribe(stripe);
  expect(subscription.status).toBe("active");
  const invoice = await latestInvoice(stripe, subscription);
  expect(invoice).toMatchObject({
    amount_paid: 4500,
    billing_reason: "subscription_create",
    status: "paid",
    parent: { subscription_details: { subscription: subscription.id } },
  });
  expect(invoice.number).toMatch(/^[A-Z0-9]{8}-0001$/);
  expect(invoice.payments?.data).toMatchObject([
    { status: "paid", amount_paid: 4500, payment: { payment_intent: { status: "succeeded" } } },
  ]);
});

test("11: the period is on the items, and the decimals are decimals", async () => {
  const stripe = sandbox.client("s11");
  const subscription = await subscribe(stripe);
  const [item] = subscription.items.data;
  expect(item?.current_period_start).toBe(subscription.created);
  expect(item?.current_period_end).toBeGreaterThan(subscription.created + 27 * 86_400);
  expect(subscription).not.toHaveProperty("current_period_end");
  expect(subscription.billing_mode.type).toBe("flexible");
  expect(item?.price.unit_amount_decimal?.toString()).toBe("1500");
});

test("30: without a payment method it is a 400 resource_missing and nothing is written", async () => {
  const stripe = sandbox.client("s30");
  const customer = await stripe.customers.create({});
  const price = await monthlyPrice(stripe, 1500);
  const error = await stripe.subscriptions
    .create({ customer: customer.id, items: [{ price: price.id }] })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "resource_missing" });
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await stripe.events.list({ type: "customer.subscription.created" })).data).toEqual([]);
});

test("31: a card that asks its holder leaves the subscription incomplete with an open invoice", async () => {
  const stripe = sandbox.client("s31");
  const subscription = await subscribe(stripe, {}, "pm_card_authenticationRequired");
  expect(subscription.status).toBe("incomplete");
  const invoice = await latestInvoice(stripe, subscription);
  expect(invoice.status).toBe("open");
  const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  expect(intent.status).toBe("requires_action");

  const url = intent.next_action?.redirect_to_url?.url ?? "";
  expect(await (await fetch(url)).text()).toContain("Complete authentication");
  await fetch(url, { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("31: error_if_incomplete is a 402 and leaves nothing behind", async () => {
  const stripe = sandbox.client("s31b");
  const error = await subscribe(
    stripe,
    { payment_behavior: "error_if_incomplete" },
    "pm_card_authenticationRequired",
  ).catch(failure);
  expect(error).toMatchObject({ statusCode: 402 });
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await stripe.invoices.list()).data).toEqual([]);
});

test("a card that fails when charged leaves the subscription incomplete, until another one pays", async () => {
  const stripe = sandbox.client("declined");
  const subscription = await subscribe(stripe, {}, "pm_card_chargeCustomerFail");
  expect(subscription.status).toBe("incomplete");
  const invoice = await latestInvoice(stripe, subscription);
  expect(invoice).toMatchObject({ status: "open", attempt_count: 1, amount_remaining: 4500 });
  const error = await stripe.invoices.pay(invoice.id ?? "").catch(failure);
  expect(error).toMatchObject({
    statusCode: 402,
    code: "card_declined",
    decline_code: "generic_decline",
  });
  await stripe.invoices.pay(invoice.id ?? "", { payment_method: "pm_card_visa" });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("32: default_incomplete waits for its payment and gives its secret", async () => {
  const stripe = sandbox.client("s32");
  const subscription = await subscribe(stripe, { payment_behavior: "default_incomplete" });
  expect(subscription.status).toBe("incomplete");
  const invoice = await latestInvoice(stripe, subscription);
  const intent = invoice.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  expect(intent.status).toBe("requires_payment_method");
  expect(invoice.confirmation_secret?.client_secret).toBe(intent.client_secret);
  await stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("33: a first payment that never comes expires after 23 hours and voids its invoice", async () => {
  const stripe = sandbox.client("s33");
  const subscription = await subscribe(stripe, { payment_behavior: "default_incomplete" });
  await sandbox.admin("/clock", { advance_seconds: 23 * 3600 - 60 }, "s33");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete");
  await sandbox.admin("/clock", { advance_seconds: 120 }, "s33");
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("incomplete_expired");
  expect((await latestInvoice(stripe, subscription)).status).toBe("void");
});

test("34: an invoice to be sent leaves the subscription active with a draft", async () => {
  const stripe = sandbox.client("s34");
  const subscription = await subscribe(stripe, {
    collection_method: "send_invoice",
    days_until_due: 30,
  });
  expect(subscription.status).toBe("active");
  const invoice = await latestInvoice(stripe, subscription);
  expect(invoice).toMatchObject({ status: "draft", number: null });
  expect(invoice.due_date).toBe(invoice.created + 30 * 86_400);
});

test("39: paying a draft finalises and collects it", async () => {
  const stripe = sandbox.client("s39");
  const subscription = await subscribe(stripe, {
    collection_method: "send_invoice",
    days_until_due: 30,
  });
  const paid = await stripe.invoices.pay(String(subscription.latest_invoice));
  expect(paid).toMatchObject({ status: "paid", amount_paid: 4500 });
});

test("38, 40: finalising numbers without collecting, and only an open invoice can be voided", async () => {
  const stripe = sandbox.client("s40");
  const subscription = await subscribe(stripe, {
    collection_method: "send_invoice",
    days_until_due: 30,
  });
  const id = String(subscription.latest_invoice);
  expect(await stripe.invoices.voidInvoice(id).catch(failure)).toMatchObject({ statusCode: 400 });
  const open = await stripe.invoices.finalizeInvoice(id);
  expect(open).toMatchObject({ status: "open", amount_remaining: 4500 });
  expect(open.hosted_invoice_url).toContain("/i/acct_");
  expect(await (await fetch(open.hosted_invoice_url ?? "")).text()).toContain(open.number);
  expect((await stripe.invoices.voidInvoice(id)).status).toBe("void");
});

test("49: canceling ends it at once, and canceling again is a 404", async () => {
  const stripe = sandbox.client("s49");
  const { id } = await subscribe(stripe);
  const canceled = await stripe.subscriptions.cancel(id, {
    cancellation_details: { feedback: "too_expensive" },
  });
  expect(canceled).toMatchObject({
    status: "canceled",
    cancellation_details: { reason: "cancellation_requested", feedback: "too_expensive" },
  });
  expect(await stripe.subscriptions.cancel(id).catch(failure)).toMatchObject({ statusCode: 404 });
  const [event] = (await stripe.events.list({ type: "customer.subscription.deleted" })).data;
  expect(event?.data.object).toMatchObject({ id, status: "canceled" });
});

test("50: ending with the period sets cancel_at, and taking it back clears it", async () => {
  const stripe = sandbox.client("s50");
  const { id, items } = await subscribe(stripe);
  const ending = await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  expect(ending.cancel_at).toBe(items.data[0]?.current_period_end);
  const kept = await stripe.subscriptions.update(id, { cancel_at_period_end: false });
  expect(kept).toMatchObject({ cancel_at: null, canceled_at: null });

  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await sandbox.admin("/clock", { advance_seconds: 32 * 86_400 }, "s50");
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
});

test("subscriptions are listed by customer, by its account and by status", async () => {
  const stripe = sandbox.client("slist");
  const account = await stripe.v2.core.accounts.create({
    contact_email: "ada@acme.test",
    display_name: "Acme",
    configuration: { customer: {} },
  });
  const customer = (await stripe.customers.retrieve(account.id)) as Stripe.Customer;
  const price = await monthlyPrice(stripe, 1500);
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const { id } = await stripe.subscriptions.create({
    customer_account: account.id,
    items: [{ price: price.id }],
    default_payment_method: method.id,
  });
  for (const who of [{ customer: customer.id }, { customer_account: account.id }]) {
    expect((await stripe.subscriptions.list(who)).data).toMatchObject([
      { id, customer: customer.id, customer_account: account.id },
    ]);
  }
  await stripe.subscriptions.cancel(id);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
  expect((await stripe.subscriptions.list({ status: "all" })).data).toHaveLength(1);
  expect((await stripe.subscriptions.list({ status: "canceled" })).data).toHaveLength(1);
});

test("21: the charge's ledger row carries Stripe's fee, and net is amount less fee", async () => {
  const stripe = sandbox.client("s21");
  await subscribe(stripe);
  const [row] = (await stripe.balanceTransactions.list({ type: "charge" })).data;
  expect(row).toMatchObject({ amount: 4500, fee: 161, net: 4339, status: "pending" });
  expect((row?.available_on ?? 1) % 86_400).toBe(0);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([
    { amount: 4339, currency: "usd" },
  ]);
  await sandbox.admin("/clock", { advance_seconds: 3 * 86_400 }, "s21");
  expect((await stripe.balance.retrieve()).available).toMatchObject([{ amount: 4339 }]);
});

test("deleting a customer ends what it subscribed to", async () => {
  const stripe = sandbox.client("deleted");
  const { id, customer } = await subscribe(stripe);
  expect(await stripe.customers.del(String(customer))).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  expect(await stripe.customers.retrieve(String(customer))).toMatchObject({ deleted: true });
  expect((await stripe.customers.list()).data).toEqual([]);
});
