import type Stripe from "stripe";
import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const hundred = { amount: 10_000, currency: "usd" };

test("15: an intent with a method waits to be confirmed", async () => {
  const stripe = sandbox.client("p15");
  const bare = await stripe.paymentIntents.create(hundred);
  expect(bare.status).toBe("requires_payment_method");
  const ready = await stripe.paymentIntents.create({ ...hundred, payment_method: "pm_card_visa" });
  expect(ready.status).toBe("requires_confirmation");
  expect((await stripe.paymentIntents.confirm(ready.id)).status).toBe("succeeded");
  const again = await stripe.paymentIntents.confirm(ready.id).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, code: "payment_intent_unexpected_state" });
});

test("16: a test card is a new method each time, and one without a customer is used once", async () => {
  const stripe = sandbox.client("p16");
  const pay = (method: string) =>
    stripe.paymentIntents.create({ ...hundred, payment_method: method, confirm: true });
  const first = await pay("pm_card_visa");
  const second = await pay("pm_card_visa");
  expect(first.payment_method).not.toBe(second.payment_method);
  expect(await pay(String(first.payment_method)).catch(failure)).toMatchObject({ statusCode: 400 });
});

test("17: a decline is a 402 with its codes and the intent, which needs another method", async () => {
  const stripe = sandbox.client("p17");
  const error = await stripe.paymentIntents
    .create({
      ...hundred,
      payment_method: "pm_card_visa_chargeDeclinedInsufficientFunds",
      confirm: true,
    })
    .catch(failure);
  expect(error).toMatchObject({
    statusCode: 402,
    code: "card_declined",
    decline_code: "insufficient_funds",
    payment_intent: { status: "requires_payment_method" },
  });
  const { payment_intent: intent } = error as Stripe.errors.StripeCardError;
  const paid = await stripe.paymentIntents.confirm(intent?.id ?? "", {
    payment_method: "pm_card_visa",
  });
  expect(paid).toMatchObject({ status: "succeeded", last_payment_error: null });
  const charges = await stripe.charges.list({ payment_intent: paid.id });
  expect(charges.data.map(({ status }) => status)).toEqual(["succeeded", "failed"]);
});

test("18: on session a card can ask its holder, off session it is declined", async () => {
  const stripe = sandbox.client("p18");
  const params = { ...hundred, payment_method: "pm_card_authenticationRequired", confirm: true };
  expect((await stripe.paymentIntents.create(params)).status).toBe("requires_action");
  const off = await stripe.paymentIntents.create({ ...params, off_session: true }).catch(failure);
  expect(off).toMatchObject({ statusCode: 402, code: "authentication_required" });
});

test("a method set up for later is saved to its customer", async () => {
  const stripe = sandbox.client("plater");
  const customer = await stripe.customers.create({});
  const { payment_method: method } = await stripe.paymentIntents.create({
    ...{ ...hundred, customer: customer.id, payment_method: "pm_card_visa", confirm: true },
    setup_future_usage: "off_session",
  });
  const saved = await stripe.paymentMethods.list({ customer: customer.id });
  expect(saved.data.map(({ id }) => id)).toEqual([method]);
});

test("a canceled intent cannot be paid", async () => {
  const stripe = sandbox.client("pcancel");
  const { id } = await stripe.paymentIntents.create(hundred);
  const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: "abandoned" });
  expect(canceled).toMatchObject({ status: "canceled", cancellation_reason: "abandoned" });
  const error = await stripe.paymentIntents
    .confirm(id, { payment_method: "pm_card_visa" })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400 });
});

test("61: of a direct charge the connected account nets 8680 and the platform receives 1000", async () => {
  const stripe = sandbox.client("p61");
  const account = await readyAccount(sandbox, "p61");
  const there = { stripeAccount: account };
  const params = { ...hundred, payment_method: "pm_card_visa", confirm: true };
  await stripe.paymentIntents.create({ ...params, application_fee_amount: 1000 }, there);

  const [charge] = (await stripe.charges.list({ expand: ["data.balance_transaction"] }, there))
    .data;
  expect(charge?.balance_transaction).toMatchObject({ amount: 10_000, fee: 1320, net: 8680 });
  expect((await stripe.balance.retrieve({}, there)).pending).toMatchObject([{ amount: 8680 }]);
  expect((await stripe.balance.retrieve()).pending).toMatchObject([{ amount: 1000 }]);
  const [fee] = (await stripe.applicationFees.list({ expand: ["data.balance_transaction"] })).data;
  expect(fee).toMatchObject({
    ...{ account, amount: 1000, charge: charge?.id },
    balance_transaction: { type: "application_fee", amount: 1000, fee: 0 },
  });
  expect(charge?.application_fee).toBe(fee?.id);
});

test("an application fee needs a connected account", async () => {
  const stripe = sandbox.client("pfee");
  const error = await stripe.paymentIntents
    .create({ ...hundred, application_fee_amount: 100 })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, param: "application_fee_amount" });
});

test("17: a card says where it is from, and what its bank found of code and address", async () => {
  const stripe = sandbox.client("p17b");
  const swiss = await stripe.paymentMethods.attach("pm_card_ch", {
    customer: (await stripe.customers.create({})).id,
  });
  expect(swiss.card).toMatchObject({ country: "CH", checks: { cvc_check: "pass" } });
  const method = await stripe.paymentMethods.create({
    type: "card",
    card: { number: "4000000000000036", exp_month: 8, exp_year: 2040, cvc: "123" },
    billing_details: { address: { line1: "Via Roma 1", postal_code: "10121" } },
  });
  expect(method.card?.checks).toEqual({
    address_line1_check: "pass",
    address_postal_code_check: "fail",
    cvc_check: "pass",
  });
});

test("18: whoever is challenged is led back with the payment and its secret", async () => {
  const stripe = sandbox.client("p18b");
  const intent = await stripe.paymentIntents.create({
    ...{ ...hundred, payment_method: "pm_card_authenticationRequired", confirm: true },
    return_url: "http://shop.test/back?order=7",
  });
  const { url = "" } = intent.next_action?.redirect_to_url ?? {};
  expect(await (await fetch(url ?? "")).text()).toContain("$100.00");
  const body = new URLSearchParams({ answer: "complete" });
  const led = await fetch(url ?? "", { method: "POST", body, redirect: "manual" });
  const back = new URL(led.headers.get("location") ?? "");
  expect(Object.fromEntries(back.searchParams)).toEqual({
    ...{ order: "7", payment_intent: intent.id },
    payment_intent_client_secret: intent.client_secret,
  });
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
});

test("18: a card that is set up already asks its holder on session alone", async () => {
  const stripe = sandbox.client();
  const customer = await stripe.customers.create({});
  const token = "pm_card_authenticationRequiredSetupForOffSession";
  const card = await stripe.paymentMethods.attach(token, { customer: customer.id });
  const pay = (off_session: boolean) =>
    stripe.paymentIntents.create({
      ...{ amount: 900, currency: "usd", customer: customer.id, payment_method: card.id },
      ...{ confirm: true, off_session },
    });
  expect((await pay(false)).status).toBe("requires_action");
  expect((await pay(true)).status).toBe("succeeded");
});
