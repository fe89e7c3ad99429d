import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

test("8: a key answers the same again and does the work once", async () => {
  const stripe = sandbox.client("once");
  const options = { idempotencyKey: "k1" };
  const first = await stripe.customers.create({ name: "A" }, options);
  const again = await stripe.customers.create({ name: "A" }, options);
  expect(again.id).toBe(first.id);
  expect(again.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("8: a key used with other parameters is an idempotency_error", async () => {
  const stripe = sandbox.client();
  await stripe.customers.create({ name: "A" }, { idempotencyKey: "k2" });
  const error = await stripe.customers
    .create({ name: "B" }, { idempotencyKey: "k2" })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, rawType: "idempotency_error" });
});

test("8: a refused parameter is not kept under its key", async () => {
  const stripe = sandbox.client();
  const options = { idempotencyKey: "k3" };
  await stripe.customers.create({ nme: "A" } as object, options).catch(failure);
  const customer = await stripe.customers.create({ name: "A" }, options);
  expect(customer.name).toBe("A");
});

test("8: an error of the work itself is kept, with its status", async () => {
  const stripe = sandbox.client();
  const params = { customer: "cus_late", items: [{ price: "price_x" }] };
  const options = { idempotencyKey: "k4" };
  const first = await stripe.subscriptions.create(params, options).catch(failure);
  const again = await stripe.subscriptions.create(params, options).catch(failure);
  expect(again).toMatchObject({ code: "resource_missing", message: (first as Error).message });
  expect(failure(again).headers?.["idempotent-replayed"]).toBe("true");
});

test("8: a key whose request is still being answered is a 409", async () => {
  const stripe = sandbox.client("busy");
  await sandbox.admin("/faults", { route: "POST /v1/customers", kind: "slow" }, "busy");
  const options = { idempotencyKey: "k5" };
  const slow = stripe.customers.create({ name: "A" }, options);
  await waitForRequest();
  const error = await stripe.customers.create({ name: "A" }, options).catch(failure);
  expect(error).toMatchObject({ statusCode: 409, code: "idempotency_key_in_use" });
  expect((await slow).name).toBe("A");

  // The slow request holds its key from the moment it arrives; a reset of faults shows it has.
  async function waitForRequest() {
    for (;;) {
      const { data } = await sandbox.admin<{ data: unknown[] }>("/faults", undefined, "busy");
      if (data.length === 0) return;
    }
  }
});

test("9: a failed v2 request is done again under its key", async () => {
  const stripe = sandbox.client("v2keys");
  await stripe.billing.meters.create({
    display_name: "API",
    event_name: "api",
    default_aggregation: { formula: "sum" },
  });
  const event = {
    event_name: "api",
    identifier: "e1",
    payload: { value: "1", stripe_customer_id: "cus_late" },
  };
  const options = { idempotencyKey: "v2" };
  const first = await stripe.v2.billing.meterEvents.create(event, options).catch(failure);
  const again = await stripe.v2.billing.meterEvents.create(event, options).catch(failure);
  expect(failure(first).statusCode).toBe(400);
  expect(failure(again).headers?.["idempotent-replayed"]).toBeUndefined();
});

test("a dropped answer was still written, and asking again under its key tells it", async () => {
  const stripe = sandbox.client("dropped");
  const fault = { route: "POST /v1/customers", kind: "drop_after_write" };
  await sandbox.admin("/faults", fault, "dropped");
  // The SDK asks again by itself when the connection closes on it.
  const customer = await stripe.customers.create({ name: "A" }, { idempotencyKey: "k6" });
  expect(customer.lastResponse.headers["idempotent-replayed"]).toBe("true");
  expect((await stripe.customers.list()).data.map(({ id }) => id)).toEqual([customer.id]);
});

test.each([
  ["429", 429],
  ["500", 500],
])("a %s can be had on demand, as often as asked", async (kind, status) => {
  const stripe = sandbox.client(`fault${kind}`);
  await sandbox.admin("/faults", { route: "GET /v1/customers", kind, count: 2 }, `fault${kind}`);
  for (let count = 0; count < 2; count += 1) {
    expect(failure(await stripe.customers.list().catch(failure)).statusCode).toBe(status);
  }
  expect((await stripe.customers.list()).data).toEqual([]);
});

test("the SDK retries through a failure and the work is done once", async () => {
  const stripe = sandbox.client("retry", { maxNetworkRetries: 2 });
  await sandbox.admin("/faults", { route: "POST /v1/customers", kind: "timeout" }, "retry");
  await stripe.customers.create({ name: "A" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});
