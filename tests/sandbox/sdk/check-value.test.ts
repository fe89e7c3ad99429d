import { expect, test } from "vitest";
import { faultsIn } from "#tests/sandbox/sdk/check-value";
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

test("what is right has no faults", async () => {
  expect(faultsIn(types, await price(), "price")).toEqual([]);
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
    'no object "magic"',
  ],
  ["an event carries a wrong object", (whole) => event({ ...whole, id: 1 }), "data.object.id: 1"],
  ["an object in a list is wrong", (whole) => list({ ...whole, id: 1 }), "price.data[0].id: 1"],
  ["an object is only its id", ({ id, object }) => ({ id, object }), "price.deleted is missing"],
  ["nothing is answered", () => ({}), "neither an object of Stripe's"],
  [
    "an error has no message",
    () => ({ error: { type: "card_error" } }),
    "error.message is missing",
  ],
  [
    "an error is of no type",
    () => ({ error: { type: "oops", message: "x" } }),
    '"oops" is no type',
  ],
])("it is seen that %s", async (_what, spoil, fault) => {
  const found = faultsIn(types, JSON.parse(JSON.stringify(spoil(await price()))), "price");
  expect(found.join("\n")).toContain(fault);
});

function event(object: unknown) {
  const head = { id: "evt_1", object: "event", api_version: "x", created: 1, livemode: false };
  return { ...head, pending_webhooks: 0, type: "price.created", data: { object } };
}

function list(one: unknown) {
  return { object: "list", data: [one], has_more: false, url: "/v1/prices" };
}
