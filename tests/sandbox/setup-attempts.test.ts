import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

async function setUp(name: string) {
  const stripe = sandbox.client(name);
  const customer = await stripe.customers.create({ name: "Ada" });
  const { id } = await stripe.setupIntents.create({ customer: customer.id });
  const use = (payment_method: string) => stripe.setupIntents.confirm(id, { payment_method });
  const attempts = async () => (await stripe.setupAttempts.list({ setup_intent: id })).data;
  return { stripe, id, use, attempts, customer: customer.id };
}

test("each method that is tried is an attempt, with how it ended", async () => {
  const { stripe, id, use, attempts, customer } = await setUp("tries");
  expect(await attempts()).toEqual([]);
  await use("pm_card_chargeDeclined").catch(failure);
  const done = await use("pm_card_mastercard");
  const [good, bad] = await attempts();
  expect(bad).toMatchObject({
    ...{ object: "setup_attempt", status: "failed", setup_intent: id, customer },
    ...{ setup_error: { code: "card_declined" }, usage: "off_session" },
  });
  expect(good).toMatchObject({
    ...{ status: "succeeded", setup_error: null, payment_method: done.payment_method },
    payment_method_details: { type: "card", card: { brand: "mastercard", last4: "4444" } },
  });
  expect(done.latest_attempt).toBe(good?.id);
  const whole = await stripe.setupIntents.retrieve(id, { expand: ["latest_attempt"] });
  expect(whole.latest_attempt).toMatchObject({ id: good?.id, object: "setup_attempt" });
  const paged = await stripe.setupAttempts.list({ setup_intent: id, limit: 1 });
  expect([paged.has_more, paged.data[0]?.id]).toEqual([true, good?.id]);
});

test("asking a card's holder and their answer are one attempt", async () => {
  const { use, attempts } = await setUp("asked");
  const asked = await use("pm_card_threeDSecure2Required");
  expect((await attempts()).map(({ status }) => status)).toEqual(["requires_action"]);
  const url = asked.next_action?.redirect_to_url?.url ?? "";
  await fetch(url, { method: "POST", body: new URLSearchParams({ answer: "complete" }) });
  const [attempt, ...more] = await attempts();
  expect(more).toEqual([]);
  expect(attempt).toMatchObject({
    status: "succeeded",
    payment_method_details: { card: { three_d_secure: { result: "authenticated" } } },
  });
});

test("a setup that is canceled while its holder is asked abandons its attempt", async () => {
  const { stripe, id, use, attempts } = await setUp("left");
  await use("pm_card_threeDSecure2Required");
  await stripe.setupIntents.cancel(id);
  expect((await attempts()).map(({ status }) => status)).toEqual(["abandoned"]);
});

test("attempts are of one setup intent that is named and there", async () => {
  const { stripe } = await setUp("none");
  const list = (params: object) =>
    stripe.setupAttempts.list(params as Stripe.SetupAttemptListParams).catch(failure);
  expect(await list({})).toMatchObject({ code: "parameter_missing", param: "setup_intent" });
  expect(await list({ setup_intent: "seti_none" })).toMatchObject({
    ...{ statusCode: 400, code: "resource_missing", param: "setup_intent" },
  });
});
