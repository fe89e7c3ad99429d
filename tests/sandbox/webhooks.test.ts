import type Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { type Listener, listen, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const listeners: Listener[] = [];
afterEach(() => {
  for (const listener of listeners.splice(0)) listener.close();
});

async function endpointFor(
  stripe: Stripe,
  params: Partial<Stripe.WebhookEndpointCreateParams> = {},
) {
  const listener = await listen();
  listeners.push(listener);
  const { secret = "", id } = await stripe.webhookEndpoints.create({
    url: listener.url,
    enabled_events: ["*"],
    ...params,
  });
  return { listener, secret, id };
}

test("12: deliveries are signed with the whole secret and the SDK verifies them", async () => {
  const stripe = sandbox.client("signed");
  const { listener, secret } = await endpointFor(stripe);
  const customer = await stripe.customers.create({ name: "A" });
  await sandbox.admin("/settle", {}, "signed");

  const [delivery] = listener.received;
  const event = stripe.webhooks.constructEvent(
    delivery?.body ?? "",
    delivery?.signature ?? "",
    secret,
  );
  expect(event).toMatchObject({ type: "customer.created", data: { object: { id: customer.id } } });
  expect(secret).toMatch(/^whsec_/);
  expect(() =>
    stripe.webhooks.constructEvent(delivery?.body ?? "", delivery?.signature ?? "", "whsec_other"),
  ).toThrow("No signatures found");
});

test("12: signatures carry real time even when simulated time has moved", async () => {
  const stripe = sandbox.client("moved");
  const { listener, secret } = await endpointFor(stripe);
  await sandbox.admin("/clock", { advance_seconds: 90 * 86_400 }, "moved");
  const customer = await stripe.customers.create({});
  await sandbox.admin("/settle", {}, "moved");
  const [delivery] = listener.received;
  const event = stripe.webhooks.constructEvent(
    delivery?.body ?? "",
    delivery?.signature ?? "",
    secret,
  );
  expect(event.created).toBe(customer.created);
  expect(customer.created).toBeGreaterThan(Date.now() / 1000 + 80 * 86_400);
});

test("an endpoint hears only what it asked for", async () => {
  const stripe = sandbox.client("picky");
  const { listener } = await endpointFor(stripe, { enabled_events: ["product.created"] });
  await stripe.customers.create({});
  await stripe.products.create({ name: "Team" });
  await sandbox.admin("/settle", {}, "picky");
  expect(listener.types()).toEqual(["product.created"]);
});

test("a changed object's event says what was there before", async () => {
  const stripe = sandbox.client("previous");
  const { listener } = await endpointFor(stripe, { enabled_events: ["customer.updated"] });
  const { id } = await stripe.customers.create({ name: "Old" });
  await stripe.customers.update(id, { name: "New" });
  await stripe.customers.update(id, { name: "New" });
  await sandbox.admin("/settle", {}, "previous");
  expect(listener.received).toHaveLength(1);
  expect(JSON.parse(listener.received[0]?.body ?? "").data).toMatchObject({
    object: { name: "New" },
    previous_attributes: { name: "Old" },
  });
});

test("13: a refused delivery stays to be tried again, and the event list knows it", async () => {
  const stripe = sandbox.client("refused");
  const { listener } = await endpointFor(stripe);
  listener.answer(500);
  await stripe.customers.create({});
  await sandbox.admin("/settle", {}, "refused");
  const { data } = await sandbox.admin<{ data: Record<string, unknown>[] }>(
    "/deliveries",
    undefined,
    "refused",
  );
  expect(data).toMatchObject([{ state: "pending", attempts: 1, last_status: 500 }]);
  const undelivered = await stripe.events.list({ delivery_success: false });
  expect(undelivered.data.map(({ type }) => type)).toEqual(["customer.created"]);
  expect((await stripe.events.list({ delivery_success: true })).data).toEqual([]);

  listener.answer(200);
  await expect
    .poll(async () => (await stripe.events.list({ delivery_success: true })).data.length, {
      timeout: 5000,
    })
    .toBe(1);
});

test("14: a connected account's events reach Connect endpoints alone, with their account", async () => {
  const stripe = sandbox.client("connected");
  const own = await endpointFor(stripe);
  const connect = await endpointFor(stripe, { connect: true });
  const account = await stripe.v2.core.accounts.create({ display_name: "Shop" });
  await stripe.customers.create({}, { stripeAccount: account.id });
  await stripe.customers.create({});
  await sandbox.admin("/settle", {}, "connected");
  expect(own.listener.types()).toEqual(["customer.created"]);
  expect(connect.listener.types()).toEqual(["customer.created"]);
  expect(JSON.parse(connect.listener.received[0]?.body ?? "").account).toBe(account.id);
  expect(JSON.parse(own.listener.received[0]?.body ?? "").account).toBeUndefined();
  expect(own.secret).not.toBe(connect.secret);
});

test("accounts are announced by thin events, which the SDK reads back", async () => {
  const stripe = sandbox.client("thin");
  const listener = await listen();
  listeners.push(listener);
  const destination = await stripe.v2.core.eventDestinations.create({
    name: "accounts",
    type: "webhook_endpoint",
    event_payload: "thin",
    enabled_events: ["v2.core.account.created", "v1.customer.created"],
    webhook_endpoint: { url: listener.url },
    include: ["webhook_endpoint.signing_secret", "webhook_endpoint.url"],
  });
  const account = await stripe.v2.core.accounts.create({
    display_name: "Shop",
    configuration: { customer: {} },
  });
  await sandbox.admin("/settle", {}, "thin");

  const secret = destination.webhook_endpoint?.signing_secret ?? "";
  expect(listener.types().sort()).toEqual(["v1.customer.created", "v2.core.account.created"]);
  const [delivery] = listener.received.filter(({ body }) =>
    body.includes("v2.core.account.created"),
  );
  const notification = stripe.parseEventNotification(
    delivery?.body ?? "",
    delivery?.signature ?? "",
    secret,
  );
  expect(notification).toMatchObject({ related_object: { id: account.id } });
  const event = await stripe.v2.core.events.retrieve(notification.id);
  expect(event.type).toBe("v2.core.account.created");
});

test("a disabled endpoint hears nothing", async () => {
  const stripe = sandbox.client("disabled");
  const { listener, id } = await endpointFor(stripe);
  const endpoint = await stripe.webhookEndpoints.update(id, { disabled: true });
  expect(endpoint.status).toBe("disabled");
  expect(endpoint.secret).toBeUndefined();
  await stripe.customers.create({});
  await sandbox.admin("/settle", {}, "disabled");
  expect(listener.received).toEqual([]);
});

test("held deliveries are released in reverse and twice, one after the other", async () => {
  const stripe = sandbox.client("held");
  const { listener } = await endpointFor(stripe);
  await sandbox.admin("/webhooks/hold", {}, "held");
  for (const name of ["a", "b", "c"]) await stripe.customers.create({ name });
  await sandbox.admin("/settle", {}, "held");
  expect(listener.received).toEqual([]);

  const how = { order: "reverse", duplicate: true };
  const released = await sandbox.admin<{ released: number }>("/webhooks/release", how, "held");
  expect(released.released).toBe(6);
  const names = listener.received.map(({ body }) => JSON.parse(body).data.object.name);
  expect(names).toEqual(["c", "c", "b", "b", "a", "a"]);

  await stripe.customers.create({ name: "d" });
  await sandbox.admin("/settle", {}, "held");
  expect(listener.received).toHaveLength(7);
});

test.each([
  ["forge", /No signatures found/],
  ["stale", /Timestamp outside the tolerance/],
])("a %s webhook is one the SDK refuses", async (kind, reason) => {
  const stripe = sandbox.client(kind);
  const { listener, secret } = await endpointFor(stripe);
  await sandbox.admin("/webhook-faults", { kind, count: 1 }, kind);
  await stripe.customers.create({});
  await sandbox.admin("/settle", {}, kind);
  const [delivery] = listener.received;
  expect(() =>
    stripe.webhooks.constructEvent(delivery?.body ?? "", delivery?.signature ?? "", secret),
  ).toThrow(reason);
});

test("a webhook can be sent twice, dropped, and replayed", async () => {
  const stripe = sandbox.client("faulty");
  const { listener } = await endpointFor(stripe);
  await sandbox.admin("/webhook-faults", { kind: "duplicate", count: 1 }, "faulty");
  await stripe.customers.create({});
  await sandbox.admin("/settle", {}, "faulty");
  expect(listener.received).toHaveLength(2);

  await sandbox.admin("/webhook-faults", { kind: "drop", count: 1 }, "faulty");
  await stripe.products.create({ name: "Team" });
  await sandbox.admin("/settle", {}, "faulty");
  expect(listener.received).toHaveLength(2);

  const [event] = (await stripe.events.list({ type: "product.created" })).data;
  await sandbox.admin("/deliveries/replay", { event: event?.id }, "faulty");
  await sandbox.admin("/settle", {}, "faulty");
  expect(listener.types().at(-1)).toBe("product.created");
});

test("events are listed by type and back to a known one", async () => {
  const stripe = sandbox.client("events");
  const { id } = await stripe.customers.create({ name: "A" });
  await stripe.products.create({ name: "Team" });
  await stripe.customers.update(id, { name: "B" });
  const [newest, oldest] = (
    await stripe.events.list({ types: ["customer.created", "customer.updated"] })
  ).data;
  expect([newest?.type, oldest?.type]).toEqual(["customer.updated", "customer.created"]);
  const since = await stripe.events.list({ ending_before: oldest?.id ?? "" });
  expect(since.data.map(({ type }) => type)).toEqual(["customer.updated", "product.created"]);
  expect((await stripe.events.retrieve(oldest?.id ?? "")).pending_webhooks).toBe(0);
});
