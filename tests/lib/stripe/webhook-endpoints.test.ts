import { afterAll, beforeAll, expect, test } from "vitest";
import { stripeEventTypes } from "#lib/dispatch/stripe-event-types";
import { stripeApiVersion } from "#lib/stripe/api-version";
import { createStripeClient, type StripeClient } from "#lib/stripe/stripe-client";
import { ensureWebhookEndpoints } from "#lib/stripe/webhook-endpoints";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;
let stripe: StripeClient;

beforeAll(async () => {
  sandbox = await openTestSandbox();
  stripe = createStripeClient({ secretKey: sandbox.secretKey, apiBase: sandbox.url });
});
afterAll(() => sandbox.close());

async function endpoints() {
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  return data.map(({ url, enabled_events: events, api_version: version }) => {
    return { url, events, version };
  });
}

test("two endpoints are made, each with a secret of its own, and kept while theirs are", async () => {
  const first = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", ["invoice.paid"]);
  expect(first.account).toMatch(/^whsec_/);
  expect(first.connect).not.toBe(first.account);

  const again = await ensureWebhookEndpoints(
    ...([stripe, "http://127.0.0.1:3001", stripeEventTypes, first] as const),
  );
  expect(again).toEqual(first);
  const found = await endpoints();
  expect(found.map(({ url }) => url).sort()).toEqual([
    "http://127.0.0.1:3001/api/webhooks/stripe/account",
    "http://127.0.0.1:3001/api/webhooks/stripe/connect",
  ]);
  for (const { events, version } of found) {
    expect(events).toEqual([...stripeEventTypes]);
    expect(version).toBe(stripeApiVersion);
  }
});

test("an endpoint whose secret nobody kept is replaced", async () => {
  const lost = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", stripeEventTypes);
  const found = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", stripeEventTypes);
  expect(found.account).not.toBe(lost.account);
  expect(await endpoints()).toHaveLength(2);
});
