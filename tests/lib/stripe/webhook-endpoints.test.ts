import { afterAll, beforeAll, expect, test } from "vitest";
import {
  stripeEventTypes,
  stripeNotificationTypes,
  wantedEvents,
} from "#lib/dispatch/stripe-event-types";
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

async function destinations() {
  return stripe.v2.core.eventDestinations.list({ include: ["webhook_endpoint.url"] });
}

async function endpoints() {
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  return data.map(({ url, enabled_events: events, api_version: version }) => {
    return { url, events, version };
  });
}

test("the endpoints are made, each with a secret of its own, and kept while theirs are", async () => {
  const first = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", {
    ...{ snapshots: ["invoice.paid"], notifications: ["v2.core.account.created"] },
  });
  expect(first.account).toMatch(/^whsec_/);
  expect(first.connect).not.toBe(first.account);

  const again = await ensureWebhookEndpoints(
    ...([stripe, "http://127.0.0.1:3001", wantedEvents, first] as const),
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
  const { data } = await destinations();
  expect(data).toMatchObject([
    {
      ...{ event_payload: "thin", enabled_events: [...stripeNotificationTypes] },
      webhook_endpoint: { url: "http://127.0.0.1:3001/api/webhooks/stripe/account" },
    },
  ]);
});

test("an endpoint whose secret nobody kept is replaced", async () => {
  const lost = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", wantedEvents);
  const found = await ensureWebhookEndpoints(stripe, "http://127.0.0.1:3000", wantedEvents);
  expect(found.account).not.toBe(lost.account);
  expect(found.notifications).not.toBe(lost.notifications);
  expect(await endpoints()).toHaveLength(2);
  expect((await destinations()).data).toHaveLength(1);
});
