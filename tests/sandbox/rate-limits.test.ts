import Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

test("10: on demand an endpoint answers 429 to what comes faster than its limit", async () => {
  const stripe = sandbox.client("limited");
  const limit = (per_second: number | string) =>
    sandbox.admin("/rate-limits", { per_second }, "limited");
  expect(await limit(1)).toEqual({ per_second: 1 });
  const calls = Array.from({ length: 30 }, () => stripe.customers.create({ email: "a@b.test" }));
  const ends = await Promise.allSettled(calls);
  const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(30);
  for (const error of refused) {
    expect(error).toBeInstanceOf(Stripe.errors.StripeRateLimitError);
    expect(error).toMatchObject({ statusCode: 429, code: "rate_limit" });
    expect(error.headers["stripe-rate-limited-reason"]).toBe("endpoint-rate");
  }
  expect((await stripe.customers.list({ limit: 100 })).data).toHaveLength(30 - refused.length);

  // Another endpoint has a limit of its own, and another world has none.
  await stripe.balance.retrieve();
  const free = sandbox.client("unlimited");
  await Promise.all(Array.from({ length: 30 }, () => free.customers.create({})));

  expect(await limit("off")).toEqual({ per_second: null });
  await Promise.all(Array.from({ length: 30 }, () => stripe.customers.create({})));
  expect(await limit(0)).toMatchObject({ error: { param: "per_second" } });
});

test("a request refused for its rate is not saved under its idempotency key", async () => {
  const stripe = sandbox.client("again");
  const fault = { route: "POST /v1/customers", kind: "429", count: 1 };
  await sandbox.admin("/faults", fault, "again");
  const key = { idempotencyKey: "one" };
  await expect(stripe.customers.create({}, key)).rejects.toMatchObject({ statusCode: 429 });
  expect((await stripe.customers.create({}, key)).object).toBe("customer");
});
