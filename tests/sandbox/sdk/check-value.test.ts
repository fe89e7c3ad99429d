import { expect, test } from "vitest";
import { faultsIn, faultsInDelivery } from "#tests/sandbox/sdk/check-value";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const types = readSdkTypes();

async function price(): Promise<Record<string, unknown>> {
  const made = await sandbox.client().prices.create({
    ...{ currency: "usd", unit_amount: 1200, recurring: { interval: "month" } },
    product_data: { name: "Team" },
  });
  return JSON.parse(JSON.stringify(made)) as Record<string, unknown>;
}

const route = "GET /v1/prices/:id";

test("what is right has no faults, with its route or without", async () => {
  expect(faultsIn(types, await price(), "price", route)).toEqual([]);
  expect(faultsIn(types, await price(), "price")).toEqual([]);
  expect(faultsIn(types, list(await price()), "prices", "GET /v1/prices")).toEqual([]);
});

test.each<[string, (whole: Record<string, unknown>) => unknown, string]>([
  ["a field is missing", ({ currency: _, ...rest }) => rest, "price.currency is missing"],
  [
    "a field is made up",
    (whole) => ({ ...whole, invented: 1 }),
    "price.invented is not in the SDK",
  ],
  ["text is a number", (whole) => ({ ...whole, id: 1 }), "price.id: 1 is not text"],
  ["a number is text", (whole) => ({ ...whole, created: "1" }), 'price.created: "1" is not number'],
  [
    "a word is none of the list",
    (whole) => ({ ...whole, billing_scheme: "free" }),
    'price.billing_scheme: "free" is none of what it may be',
  ],
  [
    "a decimal is a number",
    (whole) => ({ ...whole, unit_amount_decimal: 1.5 }),
    "price.unit_amount_decimal: 1.5 is none of what it may be",
  ],
  [
    "something inside is missing",
    (whole) => ({ ...whole, recurring: { ...(whole.recurring as object), interval: undefined } }),
    "price.recurring.interval is missing",
  ],
  [
    "an object is of no known kind",
    () => ({ id: "x", object: "magic", a: 1 }),
    'price.object: "magic" is not "price"',
  ],
  ["an object is only its id", ({ id, object }) => ({ id, object }), "price.active is missing"],
  ["nothing is answered", () => ({}), "price.id is missing"],
  [
    "an error has no message",
    () => ({ error: { type: "card_error" } }),
    "error.message is missing",
  ],
  [
    "an error is of no type",
    () => ({ error: { type: "oops", message: "x", code: "rate_limit" } }),
    'price.error.type: "oops" is none of what it may be',
  ],
  [
    "an error has a code that Stripe has not",
    () => ({ error: { type: "card_error", message: "x", code: "no_luck" } }),
    'price.error.code: "no_luck" is none of what it may be',
  ],
  [
    "another object is answered than was asked for",
    (whole) => ({ ...whole, object: "product" }),
    'price.object: "product" is not "price"',
  ],
])("it is seen that %s", async (_what, spoil, fault) => {
  const found = faultsIn(types, JSON.parse(JSON.stringify(spoil(await price()))), "price", route);
  expect(found.join("\n")).toContain(fault);
});

test.each<[string, string, (whole: Record<string, unknown>) => unknown, string]>([
  ["a list is one object", "GET /v1/prices", (whole) => whole, 'object: "price" is not "list"'],
  ["a list is of others", "GET /v1/products", list, 'data[0].object: "price" is not "product"'],
  ["one in a list is wrong", "GET /v1/prices", (one) => list({ ...one, id: 1 }), "data[0].id: 1"],
  ["a list does not say where it ends", "GET /v1/prices", endless, "has_more is missing"],
  ["a page has no next one", "GET /v2/core/accounts", () => ({ data: [] }), "next_page_url is"],
  [
    "what says nothing says something",
    "POST /v2/billing/meter_event_stream",
    () => ({ id: "x" }),
    "is not undefined",
  ],
])("of an answer it is seen that %s", async (_what, asked, spoil, fault) => {
  const found = faultsIn(types, JSON.parse(JSON.stringify(spoil(await price()))), "it", asked);
  expect(found.join("\n")).toContain(fault);
});

test("an event is held to what its type carries, read and delivered", async () => {
  const whole = event("price.created", await price());
  const read = (value: unknown) => faultsIn(types, value, "event", "GET /v1/events/:id");
  const sent = (value: unknown) => faultsInDelivery(types, value, "event");
  for (const check of [read, sent]) {
    expect(check(whole)).toEqual([]);
    expect(check({ ...whole, pending_webhooks: "1" })).toContain(
      'event.pending_webhooks: "1" is not number',
    );
    expect(check(event("customer.created", await price())).join("\n")).toContain(
      'event.data.object.object: "price" is not "customer"',
    );
    expect(check(event("price.conjured", await price()))).toEqual([
      'event.type: "price.conjured" is none of what it may be',
    ]);
    const before = { object: await price(), previous_attributes: { nickname: 1 } };
    expect(check({ ...whole, type: "price.updated", data: before })[0]).toContain("nickname: 1");
  }
});

test("a notification is held to what its type relates to", () => {
  const about = { id: "price_1", type: "price", url: "/v1/prices/price_1" };
  const thin = {
    ...{ id: "evt_test_1", object: "v2.core.event", created: "2026-11-21T00:00:00.000Z" },
    ...{ livemode: false, type: "v1.price.created", related_object: about },
  };
  expect(faultsInDelivery(types, thin, "thin")).toEqual([]);
  const { related_object: _, ...alone } = thin;
  expect(faultsInDelivery(types, alone, "thin")).toEqual(["thin.related_object is missing"]);
  expect(faultsInDelivery(types, { ...thin, type: "v1.price.conjured" }, "thin")).toHaveLength(1);
  expect(faultsInDelivery(types, { ...thin, created: 1 }, "thin")).toEqual([
    "thin.created: 1 is not text",
  ]);
});

function event(type: string, object: unknown) {
  const head = { id: "evt_1", object: "event", api_version: "x", created: 1, livemode: false };
  const request = { id: null, idempotency_key: null };
  return { ...head, pending_webhooks: 0, request, type, data: { object } };
}

function list(one: unknown) {
  return { object: "list", data: [one], has_more: false, url: "/v1/prices" };
}

function endless(one: unknown) {
  return { object: "list", data: [one], url: "/v1/prices" };
}
