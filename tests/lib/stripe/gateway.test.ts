import { afterAll, beforeAll, expect, test } from "vitest";
import { money } from "#lib/money/money";
import { toStripeAmount } from "#lib/stripe/amounts";
import { StripeFailed } from "#lib/stripe/ask";
import { createStripeGateway, type StripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;
let gateway: StripeGateway;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  const { secretKey, url: apiBase } = sandbox;
  gateway = createStripeGateway(createStripeClient({ secretKey, apiBase }));
});
afterAll(() => sandbox.close());

async function fault(kind: string): Promise<void> {
  const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.secretKey}`, "content-type": "application/json" },
    body: JSON.stringify({ route: "GET /v1/prices", kind, count: 3 }),
  });
  expect(response.status).toBe(200);
}

async function refusalOf(request: Promise<unknown>): Promise<unknown> {
  return request.then(
    () => undefined,
    (error) => error,
  );
}

test.each(["429", "500", "timeout"])(
  "an outage (%s) is a refusal that says to try again",
  async (kind) => {
    await fault(kind);
    const refusal = await refusalOf(gateway.findPrice("pro@1/base/usd/month"));
    expect(refusal).toMatchObject({ code: "unavailable", status: 503, retryAfterSeconds: 5 });
    // Only an answer of Stripe's own is one it would replay.
    expect(refusal instanceof StripeFailed).toBe(kind === "500");
    await fault("off");
  },
);

test("nobody there is an outage too", async () => {
  const alone = createStripeClient({ secretKey: "sk_test_x", apiBase: "http://127.0.0.1:1" });
  const refusal = await refusalOf(createStripeGateway(alone).findObject("invoice", "in_1", ""));
  expect(refusal).toMatchObject({ code: "unavailable" });
});

test("what Stripe does not have is null", async () => {
  const missing = [
    gateway.findObject("subscription", "sub_none", ""),
    gateway.findObject("invoice", "in_none", ""),
    gateway.findObject("checkout.session", "cs_none", ""),
    gateway.findProduct("prod_none"),
    gateway.findPrice("none"),
    gateway.findMeter("none"),
  ];
  expect(await Promise.all(missing)).toEqual(Array(6).fill(null));
});

test("an amount too large for a number is never sent", () => {
  expect(toStripeAmount(money(9_007_199_254_740_991n, "usd"))).toBe(9_007_199_254_740_991);
  expect(() => toStripeAmount(money(9_007_199_254_740_992n, "usd"))).toThrow(/this large/);
});
