import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const refused = { statusCode: 400, rawType: "invalid_request_error" };
const bank: Stripe.PaymentIntentCreateParams.PaymentMethodData = {
  type: "us_bank_account",
  us_bank_account: { account_number: "000123456789", routing_number: "110000000" },
  billing_details: { name: "Ada" },
};
type TokenParams = NonNullable<
  Parameters<Stripe["testHelpers"]["confirmationTokens"]["create"]>[0]
>;
const mandate_data = { customer_acceptance: { type: "offline" as const } };

function given(name: string, more: TokenParams = {}) {
  const stripe = sandbox.client(name);
  const make = (params: TokenParams = {}) =>
    stripe.testHelpers.confirmationTokens.create({
      ...{ payment_method: "pm_card_visa", return_url: "https://shop.test/back" },
      ...more,
      ...params,
    });
  const pay = (confirmation_token: string, params: object = {}) =>
    stripe.paymentIntents.create({
      ...{ amount: 2_000, currency: "usd", confirm: true, confirmation_token, ...params },
    });
  return { stripe, make, pay };
}

test("a token shows what was given, and an intent is confirmed with it once", async () => {
  const { stripe, make, pay } = given("once", {
    setup_future_usage: "off_session",
    shipping: { name: "Ada", address: { country: "US", city: "Oakland" } },
  });
  const token = await make();
  expect(token).toMatchObject({
    ...{ object: "confirmation_token", payment_intent: null, setup_intent: null },
    ...{ return_url: "https://shop.test/back", setup_future_usage: "off_session" },
    payment_method_preview: { type: "card", card: { brand: "visa", last4: "4242" } },
    shipping: { name: "Ada", phone: null, address: { city: "Oakland", line1: null } },
  });
  expect((await stripe.paymentMethods.list()).data).toEqual([]);
  const { id: customer } = await stripe.customers.create({ name: "Ada" });
  const paid = await pay(token.id, { customer });
  expect(paid).toMatchObject({
    ...{ status: "succeeded", setup_future_usage: "off_session" },
    shipping: { name: "Ada", address: { city: "Oakland" } },
  });
  const [saved] = (await stripe.customers.listPaymentMethods(customer)).data;
  expect(saved?.id).toBe(paid.payment_method);
  const used = await stripe.confirmationTokens.retrieve(token.id);
  expect(used).toMatchObject({ payment_intent: paid.id, expires_at: null });
  expect(await pay(token.id).catch(failure)).toMatchObject({
    ...{ ...refused, param: "confirmation_token" },
  });
});

test("a token whose card asks its holder leads back where the token says", async () => {
  const { make, pay } = given("asks");
  const token = await make({ payment_method: "pm_card_threeDSecure2Required" });
  const asked = await pay(token.id);
  expect(asked.next_action?.redirect_to_url?.return_url).toBe("https://shop.test/back");
});

test("a setup is confirmed with a token too", async () => {
  const { stripe, make } = given("setup");
  const { id: customer } = await stripe.customers.create({ name: "Ada" });
  const confirmation_token = (await make()).id;
  const done = await stripe.setupIntents.create({ customer, confirm: true, confirmation_token });
  expect(done.status).toBe("succeeded");
  expect((await stripe.confirmationTokens.retrieve(confirmation_token)).setup_intent).toBe(done.id);
  const later = await stripe.setupIntents.create({ customer });
  const again = stripe.setupIntents.confirm(later.id, { confirmation_token });
  expect(await again.catch(failure)).toMatchObject({ ...refused, param: "confirmation_token" });
});

test("what is not there, has expired or is said twice is refused", async () => {
  const { stripe, make, pay } = given("no");
  expect(await pay("ctoken_none").catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "resource_missing", param: "confirmation_token" },
  });
  const token = await make();
  expect(await pay(token.id, { confirm: false }).catch(failure)).toMatchObject({
    ...{ ...refused, param: "confirm" },
  });
  expect(await pay(token.id, { payment_method: "pm_card_visa" }).catch(failure)).toMatchObject({
    ...{ ...refused, code: "parameters_exclusive" },
  });
  const { confirmationTokens: helper } = stripe.testHelpers;
  expect(await helper.create({}).catch(failure)).toMatchObject({
    ...{ code: "parameter_missing", param: "payment_method_data" },
  });
  await sandbox.admin("/clock", { advance_seconds: 13 * 3_600 }, "no");
  expect(await pay(token.id).catch(failure)).toMatchObject({
    ...{ ...refused, param: "confirmation_token" },
  });
  expect(await stripe.confirmationTokens.retrieve("ctoken_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
});

test("a payment method is made on the spot by an intent, a setup or a token", async () => {
  const { stripe, make, pay } = given("spot");
  const sum = { amount: 5_000, currency: "usd", mandate_data };
  const debit = await stripe.paymentIntents.create({
    ...{ ...sum, payment_method_data: bank, confirm: true },
  });
  expect(debit).toMatchObject({
    ...{ status: "requires_action", next_action: { type: "verify_with_microdeposits" } },
  });
  const waiting = await stripe.paymentIntents.create({ amount: 5_000, currency: "usd" });
  const updated = await stripe.paymentIntents.update(waiting.id, { payment_method_data: bank });
  expect(updated.status).toBe("requires_confirmation");
  const setup = await stripe.setupIntents.create({
    ...{ payment_method_data: bank as Stripe.SetupIntentCreateParams.PaymentMethodData },
    ...{ confirm: true, mandate_data },
  });
  expect(setup.status).toBe("requires_action");
  const token = await stripe.testHelpers.confirmationTokens.create({
    payment_method_data: bank as NonNullable<TokenParams["payment_method_data"]>,
  });
  expect(token.payment_method_preview).toMatchObject({
    ...{ type: "us_bank_account", billing_details: { name: "Ada" } },
  });
  expect((await pay(token.id, { mandate_data })).status).toBe("requires_action");
  expect((await make()).payment_method_preview?.type).toBe("card");
  const { type: _type, ...untyped } = bank;
  const bare = stripe.paymentIntents.create({
    ...{ ...sum, payment_method_data: untyped as typeof bank },
  });
  expect(await bare.catch(failure)).toMatchObject({
    ...{ code: "parameter_missing", param: "payment_method_data[type]" },
  });
});
