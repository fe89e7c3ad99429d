import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

type Found = { data: unknown[] };

// Customers to be looked for, by their names.
beforeAll(async () => {
  const stripe = sandbox.client("people");
  await stripe.customers.create({
    ...{ name: "Amy Rocket", email: "amy@rocketrides.io", metadata: { order: "6735", vip: "yes" } },
  });
  await stripe.customers.create({
    ...{ name: "Ben Élan", email: "BEN@rocketrides.io", phone: "+15551234" },
  });
  await stripe.customers.create({ name: 'Cy "the Sea" Low', metadata: { order: "" } });
  await stripe.customers.create({ name: "Di", metadata: { order: "6736", 'a"b': "q" } });
});

test.each([
  ['email:"amy@rocketrides.io"', ["Am"]],
  ["email:'AMY@ROCKETRIDES.IO'", ["Am"]],
  ['email~"rocket"', ["Be", "Am"]],
  ['name~"élan"', ["Be"]],
  ['name:"cy \\"the sea\\" low"', ["Cy"]],
  ['phone:"+15551234"', ["Be"]],
  ["phone:null", ["Di", "Cy", "Am"]],
  ["-phone:NULL", ["Be"]],
  ['-email:"amy@rocketrides.io"', ["Di", "Cy", "Be"]],
  ['metadata["order"]:"6735"', ["Am"]],
  ["metadata['order']:null", ["Cy", "Be"]],
  ['-metadata["order"]:null', ["Di", "Am"]],
  ["metadata['a\"b']:'Q'", ["Di"]],
  ['metadata["order"]:"6735" OR metadata["order"]:"6736"', ["Di", "Am"]],
  ['email~"rocket" AND metadata["vip"]:"yes"', ["Am"]],
  ['email~"rocket" -metadata["vip"]:"yes"', ["Be"]],
  ['  email~"rocket"   and   phone:null  ', ["Am"]],
  ["created>0", ["Di", "Cy", "Be", "Am"]],
  ["created<=0", []],
  ["name:'nobody'", []],
])("customers are found by %s", async (query, names) => {
  const { data } = await sandbox.client("people").customers.search({ query });
  expect(data.map((found) => found.name?.slice(0, 2))).toEqual(names);
});

const unreadable = "We were unable to parse your search query";
test.each([
  ["asdf", unreadable],
  ["email:amy", unreadable],
  ['email:"amy', unreadable],
  ['email:"amy"phone:null', unreadable],
  ["phone:null AND", unreadable],
  ["(phone:null)", unreadable],
  ["   ", unreadable],
  ['metadata:"x"', "Field `metadata` is an unsupported search field for resource `customers`"],
  ['foo:"bar"', "Field `foo` is an unsupported search field for resource `customers`"],
  ['constructor:"bar"', "unsupported search field"],
  ['phone:null AND email:"a" OR name:"b"', "cannot combine AND and OR"],
  ['phone:null email:"a" OR name:"b"', "cannot combine AND and OR"],
  ['email~"am"', "at least 3 characters"],
  ["email>5", "does not support the operator `>`"],
  ["metadata['a']~'bcd'", "does not support the operator `~`"],
  ['created:"today"', "is numeric"],
  [Array(11).fill("phone:null").join(" "), "up to 10 clauses"],
])("a query that is wrong is a 400 that says so: %s", async (query, words) => {
  const refused = await sandbox.client("wrong").customers.search({ query }).catch(failure);
  expect(refused).toMatchObject({ statusCode: 400, rawType: "invalid_request_error" });
  expect((refused as Error).message).toContain(words);
});

test("parameters of a search are checked like any other's", async () => {
  const { customers } = sandbox.client("checked");
  const refusal = (params: object) =>
    customers.search(params as Stripe.CustomerSearchParams).catch(failure);
  expect(await refusal({})).toMatchObject({ code: "parameter_missing", param: "query" });
  const query = "phone:null";
  expect(await refusal({ query, limit: 101 })).toMatchObject({ statusCode: 400, param: "limit" });
  expect(await refusal({ query, page: "nonsense" })).toMatchObject({
    ...{ statusCode: 400, param: "page" },
  });
  expect(await refusal({ query, starting_after: "cus_1" })).toMatchObject({
    ...{ code: "parameter_unknown", param: "starting_after" },
  });
});

test("pages follow one another to the end, and the total is counted where it is asked for", async () => {
  const stripe = sandbox.client("pages");
  for (const place of [1, 2, 3, 4, 5]) await stripe.customers.create({ name: `Page ${place}` });
  await stripe.customers.create({ name: "Other" });
  const query = 'name~"page"';
  const first = await stripe.customers.search({ query, limit: 2, expand: ["total_count"] });
  expect(first).toMatchObject({
    ...{ object: "search_result", url: "/v1/customers/search", has_more: true, total_count: 5 },
  });
  expect(first.data.map(({ name }) => name)).toEqual(["Page 5", "Page 4"]);
  const page = first.next_page ?? "";
  const next = await stripe.customers.search({ query, limit: 2, page });
  expect(next.data.map(({ name }) => name)).toEqual(["Page 3", "Page 2"]);
  expect(next).not.toHaveProperty("total_count");
  const all = await stripe.customers.search({ query, limit: 2 }).autoPagingToArray({ limit: 100 });
  expect(all).toHaveLength(5);
  const last = await stripe.customers.search({ query, limit: 5 });
  expect(last).toMatchObject({ has_more: false, next_page: null });
});

test("what is deleted, or another's, is not found", async () => {
  const stripe = sandbox.client("gone");
  const gone = await stripe.customers.create({ name: "Gone" });
  await stripe.customers.del(gone.id);
  await sandbox.client("elsewhere").customers.create({ name: "Gone" });
  expect((await stripe.customers.search({ query: "name:'gone'" })).data).toEqual([]);
});

test("each resource is found by the fields Stripe documents for it", async () => {
  const stripe = sandbox.client("each");
  const { id: customer } = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 2_000, "Rocket seats");
  await stripe.prices.update(price.id, { lookup_key: "seats", metadata: { tier: "one" } });
  const made = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], metadata: { seats: "3" } },
  });
  const invoice = await stripe.invoices.retrieve(String(made.latest_invoice));
  const paid = await stripe.paymentIntents.create({
    ...{ amount: 4_200, currency: "eur", payment_method: "pm_card_mastercard", confirm: true },
  });
  const charge = String(paid.latest_charge);
  const found = async (query: string, search: (params: { query: string }) => Promise<Found>) =>
    expect((await search({ query })).data.length, query).toBe(1);
  await found("amount>4000 currency:'EUR'", (params) => stripe.charges.search(params));
  for (const card of ["last4:4444", "brand:'mastercard'", "exp_month>0"]) {
    const query = `payment_method_details.card.${card}`;
    if (card.includes(">")) await expect(stripe.charges.search({ query })).rejects.toThrow("`>`");
    else await found(query, (params) => stripe.charges.search(params));
  }
  for (const query of ["amount:4200 status:'succeeded'", "-currency:'usd'"]) {
    await found(query, (params) => stripe.paymentIntents.search(params));
  }
  for (const query of [
    `subscription:'${made.id}' status:'paid'`,
    `total>=2000 number:'${invoice.number}' customer:'${customer}'`,
    "last_finalization_error_code:null",
  ]) {
    await found(query, (params) => stripe.invoices.search(params));
  }
  for (const query of [
    "lookup_key:'seats' active:'true' type:'recurring'",
    "lookup_key~'eat' metadata['tier']:'one'",
  ]) {
    await found(query, (params) => stripe.prices.search(params));
  }
  for (const query of ["name~'rocket' shippable:null url:null", "-active:'false'"]) {
    await found(query, (params) => stripe.products.search(params));
  }
  await found("status:'active' metadata['seats']:'3' canceled_at:null", (params) =>
    stripe.subscriptions.search(params),
  );
  await stripe.refunds.create({ charge });
  expect((await stripe.charges.search({ query: "refunded:'true'" })).data[0]?.id).toBe(charge);
  const query = "status:'active'";
  const [whole] = (await stripe.subscriptions.search({ query, expand: ["data.customer"] })).data;
  expect(whole?.customer).toMatchObject({ id: customer, object: "customer" });
  expect(whole?.items.data).toHaveLength(1);
});
