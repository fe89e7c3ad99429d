import type Stripe from "stripe";
import { expect, test } from "vitest";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const raisable = {
  payment_method_options: { card: { request_incremental_authorization: "if_available" as const } },
};

/** Fifty dollars held on a card, which may become more. */
async function held(name: string, more: Partial<Stripe.PaymentIntentCreateParams> = raisable) {
  const stripe = sandbox.client(name);
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 5_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
    ...{ capture_method: "manual", expand: ["latest_charge"], ...more },
  });
  const raise = (
    amount: number,
    params: Partial<Stripe.PaymentIntentIncrementAuthorizationParams> = {},
  ) => stripe.paymentIntents.incrementAuthorization(intent.id, { amount, ...params });
  return { stripe, intent, raise };
}
const cardOf = (intent: Stripe.PaymentIntent) =>
  (intent.latest_charge as Stripe.Charge).payment_method_details?.card;

test("what is held is raised, and all of it can be captured", async () => {
  const { stripe, intent, raise } = await held("raise");
  expect(cardOf(intent)).toMatchObject({ incremental_authorization: { status: "available" } });
  expect(intent.payment_method_options?.card).toMatchObject({
    request_incremental_authorization: "if_available",
  });
  const raised = await raise(8_000, {
    ...{ description: "Longer stay", metadata: { nights: "3" }, expand: ["latest_charge"] },
  });
  expect(raised).toMatchObject({
    ...{ status: "requires_capture", amount: 8_000, amount_capturable: 8_000 },
    ...{ description: "Longer stay", metadata: { nights: "3" } },
    latest_charge: { amount: 8_000, amount_captured: 0 },
  });
  expect(cardOf(raised)?.amount_authorized).toBe(8_000);
  const taken = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 7_000 });
  expect(taken).toMatchObject({ status: "succeeded", amount_received: 7_000 });
  const [row] = (await stripe.balanceTransactions.list()).data;
  expect(row).toMatchObject({ amount: 7_000, type: "charge" });
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  expect(types.filter((type) => type === "payment_intent.amount_capturable_updated")).toHaveLength(
    2,
  );
  expect(await raise(9_000).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "payment_intent_unexpected_state" },
  });
});

test.each([
  ["it was not asked for", {}],
  ["it was refused", never()],
  ["its network does not", { ...raisable, payment_method: "pm_card_jcb" }],
])("what is held is not raised where %s", async (why, more) => {
  const { intent, raise } = await held(`no_${why.length}`, more);
  expect(cardOf(intent)).toMatchObject({ incremental_authorization: { status: "unavailable" } });
  const refused = await raise(8_000).catch(failure);
  expect(refused).toMatchObject({ statusCode: 400, rawType: "invalid_request_error" });
});

function never(): Partial<Stripe.PaymentIntentCreateParams> {
  return { payment_method_options: { card: { request_incremental_authorization: "never" } } };
}

test("a hold only grows, within what Stripe can write, and ten times", async () => {
  const { stripe, intent, raise } = await held("grow");
  expect(await raise(5_000).catch(failure)).toMatchObject({ statusCode: 400, param: "amount" });
  expect(await raise(100_000_000).catch(failure)).toMatchObject({ code: "amount_too_large" });
  for (const time of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) await raise(5_000 + time * 100);
  expect(await raise(9_000).catch(failure)).toMatchObject({ statusCode: 400 });
  expect((await stripe.paymentIntents.retrieve(intent.id)).amount).toBe(6_000);
  expect(
    await stripe.paymentIntents.incrementAuthorization("pi_no", { amount: 1 }).catch(failure),
  ).toMatchObject({ statusCode: 404, code: "resource_missing" });
});

test("the platform's share of a raised hold is raised with it", async () => {
  const shop = await readyAccount(sandbox, "share");
  const { stripe, intent, raise } = await held("share", {
    ...{ ...raisable, application_fee_amount: 500, transfer_data: { destination: shop } },
  });
  expect(await raise(8_000, { application_fee_amount: 9_000 }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, param: "application_fee_amount" },
  });
  await raise(8_000, { application_fee_amount: 800 });
  await stripe.paymentIntents.capture(intent.id);
  const [fee] = (await stripe.applicationFees.list()).data;
  expect(fee?.amount).toBe(800);
  const [transfer] = (await stripe.transfers.list()).data;
  expect(transfer?.amount).toBe(8_000);
});

const item = { product_name: "Night", quantity: 2, unit_cost: 2_000 };
const details = {
  line_items: [
    { ...item, tax: { total_tax_amount: 400 } },
    { ...item, unit_cost: 250 },
  ],
  shipping: { amount: 100, to_postal_code: "94107" },
};

test("an amount says what it is made of, and its items are listed", async () => {
  const stripe = sandbox.client("parts");
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 5_000, currency: "usd", amount_details: details },
    expand: ["amount_details.line_items"],
  });
  expect(intent.amount_details).toMatchObject({
    shipping: { amount: 100, from_postal_code: null, to_postal_code: "94107" },
    line_items: { object: "list", data: [{ unit_cost: 2_000 }, { unit_cost: 250 }] },
  });
  const first = await stripe.paymentIntents.listAmountDetailsLineItems(intent.id, { limit: 1 });
  expect(first).toMatchObject({
    has_more: true,
    data: [
      {
        ...{ object: "payment_intent_amount_details_line_item", product_name: "Night" },
        ...{ quantity: 2, tax: { total_tax_amount: 400 }, discount_amount: null },
      },
    ],
  });
  const plain = await stripe.paymentIntents.retrieve(intent.id);
  expect(plain.amount_details).not.toHaveProperty("line_items");
  const wrong = await stripe.paymentIntents.update(intent.id, { amount: 6_000 }).catch(failure);
  expect(wrong).toMatchObject({ statusCode: 400, code: "amount_details_amount_mismatch" });
  const fewer = await stripe.paymentIntents.update(intent.id, {
    ...{ amount: 4_000, amount_details: { line_items: [item], shipping: "" } },
  });
  expect(fewer.amount_details).toEqual({ tip: {} });
  const { data } = await stripe.paymentIntents.listAmountDetailsLineItems(intent.id);
  expect(data).toHaveLength(1);
});

test("parts that do not add up are refused, or noted where that is asked for", async () => {
  const stripe = sandbox.client("sums");
  const create = (amount_details: Stripe.PaymentIntentCreateParams.AmountDetails) =>
    stripe.paymentIntents.create({ amount: 5_000, currency: "usd", amount_details });
  const mismatch = "amount_details_amount_mismatch";
  expect(await create({ line_items: [item] }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, rawType: "invalid_request_error", code: mismatch },
    param: "amount_details",
  });
  const loose = await create({ line_items: [item], enforce_arithmetic_validation: false });
  expect(loose.amount_details?.error).toMatchObject({ code: mismatch });
  expect(await create({ tax: { total_tax_amount: 5_001 } }).catch(failure)).toMatchObject({
    code: "amount_details_tax_shipping_discount_greater_than_amount",
  });
  const twice = { ...details, tax: { total_tax_amount: 400 } };
  expect(await create(twice).catch(failure)).toMatchObject({
    ...{ code: "parameters_exclusive", param: "amount_details[tax]" },
  });
  const none = { line_items: [{ ...item, quantity: 0 }] };
  expect(await create(none).catch(failure)).toMatchObject({
    ...{ code: "parameter_invalid_integer", param: "amount_details[line_items][0][quantity]" },
  });
});

test("raising a hold and capturing it take their own parts", async () => {
  const { stripe, intent, raise } = await held("caught", {
    ...{ ...raisable, amount_details: details },
  });
  const night = { ...item, unit_cost: 1_000 };
  const more = { line_items: [...details.line_items, night] };
  expect(await raise(8_000, { amount_details: more }).catch(failure)).toMatchObject({
    code: "amount_details_amount_mismatch",
  });
  expect((await raise(7_000, { amount_details: more })).amount).toBe(7_000);
  const amount_details = { line_items: [night], shipping: "" as const };
  await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 2_000, amount_details });
  const { data } = await stripe.paymentIntents.listAmountDetailsLineItems(intent.id);
  expect(data.map(({ unit_cost }) => unit_cost)).toEqual([1_000]);
});
