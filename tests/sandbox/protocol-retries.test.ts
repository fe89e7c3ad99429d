import Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const route = "POST /v1/customers";

async function errorOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error("It was expected to be refused.");
}

test("what is kept under its key says by whom it was asked first, and that asking again is idle", async () => {
  const stripe = sandbox.client("kept");
  const options = { idempotencyKey: "k" };
  const first = (await stripe.customers.create({}, options)).lastResponse;
  const again = (await stripe.customers.create({}, options)).lastResponse;
  for (const { headers } of [first, again]) {
    expect(headers["stripe-should-retry"]).toBe("false");
    expect(headers["original-request"]).toBe(first.requestId);
  }
  expect(again.requestId).not.toBe(first.requestId);
  const { headers } = (await stripe.customers.list()).lastResponse;
  expect(headers["stripe-should-retry"]).toBeUndefined();
  expect(headers["original-request"]).toBeUndefined();
});

test("a decline is kept too, and the SDK does not ask again", async () => {
  const stripe = sandbox.client("declined", { maxNetworkRetries: 3 });
  const charge = { amount: 1000, currency: "usd", confirm: true };
  const error = await errorOf(
    stripe.paymentIntents.create({ ...charge, payment_method: "pm_card_chargeDeclined" }),
  );
  expect(error.headers?.["stripe-should-retry"]).toBe("false");
  expect((await stripe.paymentIntents.list()).data).toHaveLength(1);
});

test("a rate limit names its reason and no time to wait, as Stripe does", async () => {
  await sandbox.admin("/faults", { route, kind: "429" }, "limited");
  const error = await errorOf(sandbox.client("limited").customers.create({}));
  expect(error).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
  expect(error.headers).toMatchObject({ "stripe-rate-limited-reason": "endpoint-rate" });
  expect(error.headers?.["retry-after"]).toBeUndefined();
  expect(error.headers?.["stripe-should-retry"]).toBeUndefined();
});

test("a locked object is a 429 that the SDK is told to try again", async () => {
  await sandbox.admin("/faults", { route, kind: "lock_timeout" }, "locked");
  const error = await errorOf(sandbox.client("locked").customers.create({}));
  expect(error).toMatchObject({ statusCode: 429, code: "lock_timeout" });
  expect(error.headers?.["stripe-should-retry"]).toBe("true");
  expect(error.headers?.["stripe-rate-limited-reason"]).toBeUndefined();

  await sandbox.admin("/faults", { route, kind: "lock_timeout" }, "locked");
  const stripe = sandbox.client("locked", { maxNetworkRetries: 1 });
  await stripe.customers.create({ name: "A" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("a fault's answer carries the headers it was given", async () => {
  const headers = { "Retry-After": "2", "Stripe-Should-Retry": "true" };
  await sandbox.admin("/faults", { route, kind: "500", count: 2, headers }, "headed");
  const error = await errorOf(sandbox.client("headed").customers.create({}));
  expect(error.statusCode).toBe(500);
  expect(error.headers).toMatchObject({ "retry-after": "2", "stripe-should-retry": "true" });
  const { data } = await sandbox.admin<{ data: object[] }>("/faults", undefined, "headed");
  expect(data).toEqual([
    {
      ...{ place: route, kind: "500", remaining: 1 },
      headers: { "retry-after": "2", "stripe-should-retry": "true" },
    },
  ]);
  const stripe = sandbox.client("headed", { maxNetworkRetries: 1 });
  await stripe.customers.create({ name: "A" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("what is only slow keeps its answer, under the headers of the fault", async () => {
  const fault = { route, kind: "slow", headers: { "X-Told": "yes" } };
  await sandbox.admin("/faults", fault, "slow");
  const { lastResponse, name } = await sandbox.client("slow").customers.create({ name: "A" });
  expect([name, lastResponse.headers["x-told"]]).toEqual(["A", "yes"]);
});

test.each([
  [{ "Content-Length": "1" }, "headers[Content-Length]"],
  [{ "no header": "1" }, "headers[no header]"],
  [{ "X-Split": "a\r\nb: c" }, "headers[X-Split]"],
])("a header that would break the answer is refused: %j", async (headers, param) => {
  const answer = await sandbox.admin("/faults", { route, kind: "429", headers }, "broken");
  expect(answer).toMatchObject({ error: { param } });
  expect(await sandbox.admin("/faults", undefined, "broken")).toEqual({ data: [] });
});
