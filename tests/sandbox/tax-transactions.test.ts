import type Stripe from "stripe";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const expand = ["line_items"];
const linesOf = ({ line_items: lines }: Stripe.Tax.Transaction) =>
  (lines?.data ?? []).map(({ amount, amount_tax }) => [amount, amount_tax]);

/** A sale in Britain, with 20 % on top of one line and within another. */
async function sold(name: string) {
  const stripe = sandbox.client(name);
  await stripe.tax.registrations.create({
    ...{ country: "GB", active_from: "now" },
    country_options: { gb: { type: "standard" } },
  });
  const calculation = await stripe.tax.calculations.create({
    currency: "gbp",
    line_items: [
      { amount: 1_000, reference: "a", metadata: { sku: "A" } },
      { amount: 1_200, reference: "b", tax_behavior: "inclusive", tax_code: "txcd_10103001" },
    ],
    customer_details: { address: { country: "GB" }, address_source: "billing" },
  });
  const of = calculation.id ?? "";
  const transaction = await stripe.tax.transactions.createFromCalculation({
    ...{ calculation: of, reference: "order-1", metadata: { channel: "web" }, expand },
  });
  const reverse = (params: Partial<Stripe.Tax.TransactionCreateReversalParams>) =>
    stripe.tax.transactions.createReversal({
      ...{ mode: "full", original_transaction: transaction.id, reference: "back-1", expand },
      ...params,
    });
  return { stripe, calculation: of, transaction, reverse };
}

test("a calculation becomes a transaction, with a line for each of its own", async () => {
  const { stripe, transaction } = await sold("made");
  expect(transaction).toMatchObject({
    ...{ object: "tax.transaction", type: "transaction", reference: "order-1", reversal: null },
    ...{ currency: "gbp", metadata: { channel: "web" }, shipping_cost: null },
    customer_details: { address: { country: "GB" }, address_source: "billing" },
  });
  expect(linesOf(transaction)).toEqual([
    [1_000, 200],
    [1_200, 200],
  ]);
  expect(transaction.line_items?.data[0]).toMatchObject({
    ...{ object: "tax.transaction_line_item", reference: "a", metadata: { sku: "A" } },
    ...{ type: "transaction", reversal: null, tax_code: "txcd_10000000" },
  });
  const plain = await stripe.tax.transactions.retrieve(transaction.id);
  expect(plain).not.toHaveProperty("line_items");
  const first = await stripe.tax.transactions.listLineItems(transaction.id, { limit: 1 });
  expect([first.has_more, first.data[0]?.reference]).toEqual([true, "a"]);
  const all = await stripe.tax.transactions
    .listLineItems(transaction.id, { limit: 1 })
    .autoPagingToArray({ limit: 10 });
  expect(all.map(({ reference }) => reference)).toEqual(["a", "b"]);
  const [, last] = all;
  const back = await stripe.tax.transactions.listLineItems(transaction.id, {
    ending_before: last?.id ?? "",
  });
  expect([back.has_more, back.data.map(({ reference }) => reference)]).toEqual([false, ["a"]]);
});

test("a full reversal takes back what is left, once", async () => {
  const { transaction, reverse } = await sold("full");
  const part = await reverse({ mode: "partial", flat_amount: -600 });
  expect(linesOf(part)).toEqual([
    [-250, -50],
    [-300, -50],
  ]);
  expect(part).toMatchObject({
    ...{ type: "reversal", reversal: { original_transaction: transaction.id } },
  });
  const rest = await reverse({ reference: "back-2" });
  expect(linesOf(rest)).toEqual([
    [-750, -150],
    [-900, -150],
  ]);
  expect(rest.line_items?.data[0]?.reversal?.original_line_item).toBe(
    transaction.line_items?.data[0]?.id,
  );
  const again = await reverse({ reference: "back-3" }).catch(failure);
  expect(again).toMatchObject({ statusCode: 400, param: "original_transaction" });
});

test("a line is taken back in part, and undoing that brings it back", async () => {
  const { transaction, reverse } = await sold("lines");
  const line = transaction.line_items?.data[0]?.id ?? "";
  const item = { original_line_item: line, reference: "a-back", amount: -400, amount_tax: -80 };
  const part = await reverse({ mode: "partial", line_items: [item] });
  expect(part.line_items?.data[0]).toMatchObject({
    ...{ amount: -400, amount_tax: -80, reference: "a-back", type: "reversal" },
  });
  const tooMuch = { ...item, amount: -700, amount_tax: -80 };
  const refused = reverse({ mode: "partial", reference: "back-2", line_items: [tooMuch] });
  expect(await refused.catch(failure)).toMatchObject({
    ...{ statusCode: 400, param: "line_items[0][amount]" },
  });
  const undone = await reverse({ original_transaction: part.id, reference: "undo-1" });
  expect(linesOf(undone)).toEqual([[400, 80]]);
  const whole = await reverse({ mode: "partial", reference: "back-3", line_items: [tooMuch] });
  expect(linesOf(whole)).toEqual([[-700, -80]]);
});

test("what cannot be recorded is refused, and a reference is used once", async () => {
  const { stripe, calculation, transaction, reverse } = await sold("no");
  const { transactions } = stripe.tax;
  const make = (params: object) =>
    transactions
      .createFromCalculation({ calculation, reference: "order-2", ...params })
      .catch(failure);
  expect(await make({ reference: "order-1" })).toMatchObject({
    ...{ statusCode: 400, code: "resource_already_exists", param: "reference" },
  });
  expect(await make({ calculation: "taxcalc_none" })).toMatchObject({
    ...{ statusCode: 400, code: "resource_missing", param: "calculation" },
  });
  expect(await reverse({ reference: "order-1" }).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "resource_already_exists" },
  });
  expect(await reverse({ mode: "partial" }).catch(failure)).toMatchObject({
    ...{ code: "parameter_missing", param: "line_items" },
  });
  expect(await reverse({ flat_amount: -5 }).catch(failure)).toMatchObject({
    ...{ code: "parameters_exclusive", param: "flat_amount" },
  });
  const flat = (flat_amount: number) => reverse({ mode: "partial", flat_amount }).catch(failure);
  expect(await flat(5)).toMatchObject({ statusCode: 400, param: "flat_amount" });
  expect(await flat(-2_401)).toMatchObject({ statusCode: 400, param: "flat_amount" });
  expect((await flat(-2_400)) as Stripe.Tax.Transaction).toMatchObject({ type: "reversal" });
  expect(await transactions.retrieve("tax_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
  expect(transaction.id).toMatch(/^tax_/);
  await sandbox.admin("/clock", { advance_seconds: 91 * 86_400 }, "no");
  expect(await make({})).toMatchObject({ statusCode: 400, param: "calculation" });
});

test("tax codes are listed in pages and read by their ids", async () => {
  const stripe = sandbox.client("codes");
  const all = await stripe.taxCodes.list({ limit: 5 }).autoPagingToArray({ limit: 500 });
  expect(all.length).toBeGreaterThan(20);
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(await stripe.taxCodes.retrieve("txcd_10103001")).toMatchObject({
    ...{ object: "tax_code", name: "Software as a service (SaaS) - business use" },
  });
  expect(await stripe.taxCodes.retrieve("txcd_none").catch(failure)).toMatchObject({
    ...{ statusCode: 404, code: "resource_missing" },
  });
  // Stripe knows more of them than are here, and one that is not here is not said to be nothing.
  expect(await stripe.taxCodes.retrieve("txcd_40060003").catch(failure)).toMatchObject({
    ...{ statusCode: 501, code: "not_built_in_local_stripe" },
  });
});

test("a location is kept, listed and read", async () => {
  const stripe = sandbox.client("places");
  const made = await stripe.tax.locations.create({
    ...{ type: "performance", description: "The hall" },
    address: { country: "US", state: "CA", city: "Oakland" },
  });
  expect(made).toMatchObject({ object: "tax.location", address: { line1: null, state: "CA" } });
  expect(await stripe.tax.locations.retrieve(made.id)).toMatchObject({ description: "The hall" });
  expect((await stripe.tax.locations.list({ type: "performance" })).data).toHaveLength(1);
  const bare = stripe.tax.locations.create({
    ...{
      type: "performance",
      address: { line1: "1 Way" } as Stripe.Tax.LocationCreateParams.Address,
    },
  });
  expect(await bare.catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "parameter_missing", param: "address[country]" },
  });
});
