import Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function errorOf(work: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await work;
  } catch (error) {
    return error as Stripe.errors.StripeError;
  }
  throw new Error("It was expected to be refused.");
}

test("1: a URL Stripe does not have is a 404 with an error object", async () => {
  const error = await errorOf(sandbox.client().rawRequest("GET", "/v1/nonsense"));
  expect(error.statusCode).toBe(404);
  expect(error.message).toContain("Unrecognized request URL");
});

test("a URL Stripe has and this does not is a 501 that says so", async () => {
  const error = await errorOf(sandbox.client().terminal.readers.list());
  expect(error.statusCode).toBe(501);
  expect(error.message).toContain("not built in the local Stripe");
});

test("a missing, malformed or live key is a 401", async () => {
  for (const authorization of ["", "Bearer nonsense", "Bearer sk_live_abc"]) {
    const response = await fetch(`${sandbox.url}/v1/customers`, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(await response.json()).toHaveProperty("error.type", "invalid_request_error");
  }
});

test("each key has a world of its own, shared by its secret, restricted and basic forms", async () => {
  const created = await sandbox.client("one").customers.create({ name: "Only here" });
  expect((await sandbox.client("two").customers.list()).data).toEqual([]);
  const basic = Buffer.from("rk_test_one:").toString("base64");
  const response = await fetch(`${sandbox.url}/v1/customers/${created.id}`, {
    headers: { authorization: `Basic ${basic}` },
  });
  expect(response.status).toBe(200);
});

test("2: an id that names nothing is a 404 resource_missing with a request id", async () => {
  const error = await errorOf(sandbox.client().customers.retrieve("cus_nobody"));
  expect(error.statusCode).toBe(404);
  expect(error.code).toBe("resource_missing");
  expect(error.message).toBe("No such customer: 'cus_nobody'");
  expect(error.requestId).toMatch(/^req_/);
  expect(error.doc_url).toContain("resource-missing");
});

test("3: unknown, missing and mistyped parameters are named", async () => {
  const stripe = sandbox.client();
  const unknown = await errorOf(stripe.customers.create({ nme: "x" } as object));
  expect([unknown.code, unknown.param]).toEqual(["parameter_unknown", "nme"]);
  const missing = await errorOf(stripe.products.create({} as Stripe.ProductCreateParams));
  expect([missing.code, missing.param]).toEqual(["parameter_missing", "name"]);
  const mistyped = await errorOf(stripe.customers.create({ balance: "much" } as object));
  expect([mistyped.code, mistyped.param]).toEqual(["parameter_invalid_integer", "balance"]);
  const nested = await errorOf(
    stripe.prices.create({
      currency: "usd",
      recurring: { interval: "fortnight" },
    } as object as Stripe.PriceCreateParams),
  );
  expect(nested.param).toBe("recurring[interval]");
});

test("a parameter of Stripe's that does nothing here is refused, not ignored", async () => {
  const error = await errorOf(sandbox.client().customers.create({ source: "tok_visa" }));
  expect([error.statusCode, error.param]).toEqual([501, "source"]);
});

test("4: metadata merges, an empty value deletes its key, an empty field is unset", async () => {
  const stripe = sandbox.client();
  const { id } = await stripe.customers.create({ name: "A", metadata: { a: "1", b: "2" } });
  const merged = await stripe.customers.update(id, { name: "", metadata: { b: "", c: "3" } });
  expect(merged.metadata).toEqual({ a: "1", c: "3" });
  expect(merged.name).toBeNull();
  expect((await stripe.customers.update(id, { metadata: "" })).metadata).toEqual({});
});

test("6: lists are newest first and page both ways", async () => {
  const stripe = sandbox.client("lists");
  const made: string[] = [];
  for (let count = 0; count < 12; count += 1) {
    made.unshift((await stripe.customers.create({ name: `c${count}` })).id);
  }
  const first = await stripe.customers.list();
  expect(first.data.map(({ id }) => id)).toEqual(made.slice(0, 10));
  expect(first.has_more).toBe(true);
  const next = await stripe.customers.list({ starting_after: made[9] ?? "" });
  expect(next.data.map(({ id }) => id)).toEqual(made.slice(10));
  const back = await stripe.customers.list({ ending_before: made[5] ?? "", limit: 3 });
  expect(back.data.map(({ id }) => id)).toEqual(made.slice(2, 5));
  const all = await stripe.customers.list({ limit: 5 }).autoPagingToArray({ limit: 100 });
  expect(all.map(({ id }) => id)).toEqual(made);
});

test("6: lists filter by when things were created", async () => {
  const stripe = sandbox.client("created");
  const old = await stripe.customers.create({});
  await sandbox.admin("/clock", { advance_seconds: 1000 }, "created");
  const late = await stripe.customers.create({});
  const since = await stripe.customers.list({ created: { gt: old.created } });
  expect(since.data.map(({ id }) => id)).toEqual([late.id]);
  const until = await stripe.customers.list({ created: { lte: old.created } });
  expect(until.data.map(({ id }) => id)).toEqual([old.id]);
});

test("7: a path expands up to four levels, and one that cannot is a 400", async () => {
  const stripe = sandbox.client();
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 500, product_data: { name: "Team" } },
    expand: ["product"],
  });
  expect(price.product).toMatchObject({ object: "product", name: "Team" });
  const wrong = await errorOf(stripe.prices.retrieve(price.id, { expand: ["currency"] }));
  expect([wrong.statusCode, wrong.param]).toEqual([400, "expand"]);
  const deep = await errorOf(stripe.prices.retrieve(price.id, { expand: ["a.b.c.d.e"] }));
  expect(deep.message).toContain("more than 4 levels");
});

test("answers carry the request id and the version", async () => {
  const customer = await sandbox.client().customers.create({});
  expect(customer.lastResponse.requestId).toMatch(/^req_/);
  expect(customer.lastResponse.apiVersion).toBe(Stripe.API_VERSION);
});

test("a connected account's objects are seen only through it", async () => {
  const stripe = sandbox.client("connect");
  const account = await stripe.v2.core.accounts.create({ display_name: "Shop" });
  const theirs = await stripe.customers.create({ name: "B" }, { stripeAccount: account.id });
  expect((await stripe.customers.list()).data).toEqual([]);
  const error = await errorOf(stripe.customers.retrieve(theirs.id));
  expect(error.code).toBe("resource_missing");
  const seen = await stripe.customers.list({}, { stripeContext: account.id });
  expect(seen.data.map(({ id }) => id)).toEqual([theirs.id]);
  const stranger = await errorOf(stripe.customers.list({}, { stripeAccount: "acct_nobody" }));
  expect([stranger.statusCode, stranger.code]).toEqual([403, "account_invalid"]);
});

test("under a seed the same calls give the same ids", async () => {
  const ids: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const { id } = await sandbox.client("seeded").customers.create({});
    ids.push(id);
    await sandbox.admin("/reset", {}, "seeded");
  }
  expect(ids[0]).toMatch(/^cus_\w{14}$/);
  expect(ids[1]).toBe(ids[0]);
});

test("a fresh world answers within 50 ms", async () => {
  const stripe = sandbox.client();
  await stripe.customers.list();
  const startedAt = performance.now();
  await sandbox.client("fresh").customers.list();
  expect(performance.now() - startedAt).toBeLessThan(50);
});
