import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function ask(method: string, path: string, key = "pk_test_shop", body = "") {
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, origin: "https://shop.test" },
    ...(body === "" ? {} : { body: new URLSearchParams(body) }),
  });
  const { error, ...rest } = (await response.json()) as {
    error?: { code: string; param?: string };
  } & Record<string, unknown>;
  const origin = response.headers.get("access-control-allow-origin");
  return { ...rest, status: response.status, error, origin };
}

test("a publishable key makes payment methods and nothing that needs a secret", async () => {
  const card = "type=card&card[number]=4242424242424242&card[exp_month]=12&card[exp_year]=34";
  const made = await ask("POST", "/v1/payment_methods", "pk_test_shop", card);
  expect(made).toMatchObject({ status: 200, object: "payment_method", origin: "*" });
  for (const path of ["/v1/customers", "/v1/balance", "/v1/payment_intents"]) {
    expect([path, await ask("GET", path)]).toMatchObject([
      ...[path, { status: 403, error: { code: "secret_key_required" } }],
    ]);
  }
  const refund = await ask("POST", "/v1/refunds", "pk_test_shop", "charge=ch_1");
  expect(refund).toMatchObject({ status: 403 });
});

test("an intent is shown to who knows its secret, and not all of it", async () => {
  const stripe = sandbox.client("shop");
  const customer = await stripe.customers.create({});
  const intent = await stripe.paymentIntents.create({
    ...{ amount: 5000, currency: "usd", customer: customer.id, metadata: { order: "6735" } },
  });
  const path = `/v1/payment_intents/${intent.id}`;
  expect(await ask("GET", path)).toMatchObject({
    ...{ status: 400, error: { code: "parameter_missing", param: "client_secret" } },
  });
  expect(await ask("GET", `${path}?client_secret=pi_1_secret_2`)).toMatchObject({
    ...{ status: 400, error: { code: "payment_intent_invalid_parameter" } },
  });
  const seen = await ask("GET", `${path}?client_secret=${intent.client_secret}`);
  expect(seen).toMatchObject({ status: 200, amount: 5000 });
  expect(seen).not.toHaveProperty("customer");
  expect(seen).not.toHaveProperty("metadata");
});

test("a page may ask with a publishable key, and never with a secret one", async () => {
  const preflight = await fetch(`${sandbox.url}/v1/payment_methods`, { method: "OPTIONS" });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-headers")).toContain("authorization");
  expect((await ask("GET", "/v1/balance", "sk_test_shop")).origin).toBeNull();
});
