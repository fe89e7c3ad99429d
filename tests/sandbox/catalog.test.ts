import Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

test("a lookup key finds its price, and can be handed to another", async () => {
  const stripe = sandbox.client("lookup");
  const base = { currency: "usd", product_data: { name: "Team" }, lookup_key: "team@1" };
  const first = await stripe.prices.create({ ...base, unit_amount: 1000 });
  const taken = await stripe.prices.create({ ...base, unit_amount: 2000 }).catch(failure);
  expect(taken).toMatchObject({ statusCode: 400, param: "lookup_key" });
  const second = await stripe.prices.create({
    ...base,
    unit_amount: 2000,
    transfer_lookup_key: true,
  });
  const found = await stripe.prices.list({ lookup_keys: ["team@1", "none"] });
  expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
});

test("54: tiers are answered when asked for, to the last decimal", async () => {
  const stripe = sandbox.client("tiers");
  const price = await stripe.prices.create({
    currency: "eur",
    product_data: { name: "Calls" },
    billing_scheme: "tiered",
    tiers_mode: "volume",
    tiers: [
      { up_to: 1000, unit_amount_decimal: Stripe.Decimal.from("0.125") },
      { up_to: "inf", unit_amount: 10, flat_amount: 500 },
    ],
    recurring: { interval: "year" },
  });
  expect(price.tiers).toBeUndefined();
  const { tiers } = await stripe.prices.retrieve(price.id, { expand: ["tiers"] });
  expect(tiers?.map(({ up_to, unit_amount }) => [up_to, unit_amount])).toEqual([
    [1000, null],
    [null, 10],
  ]);
  expect(tiers?.[0]?.unit_amount_decimal?.toString()).toBe("0.125");
});

test("a metered price needs a meter", async () => {
  const stripe = sandbox.client("meterless");
  const error = await stripe.prices
    .create({
      currency: "usd",
      unit_amount: 1,
      product_data: { name: "Calls" },
      recurring: { interval: "month", usage_type: "metered" },
    })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, param: "recurring[meter]" });
});

test("an inactive price cannot be subscribed to", async () => {
  const stripe = sandbox.client("inactive");
  const price = await monthlyPrice(stripe, 500);
  await stripe.prices.update(price.id, { active: false });
  const error = await stripe.checkout.sessions
    .create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://shop.test",
    })
    .catch(failure);
  expect(error).toMatchObject({ statusCode: 400, code: "price_inactive" });
});

test("a product keeps its own id, and cannot be deleted while it has a price", async () => {
  const stripe = sandbox.client("product");
  const product = await stripe.products.create({ id: "team", name: "Team" });
  expect(product.id).toBe("team");
  await stripe.prices.create({ currency: "usd", unit_amount: 1, product: "team" });
  expect(await stripe.products.del("team").catch(failure)).toMatchObject({ statusCode: 400 });
  expect((await stripe.products.update("team", { active: false })).active).toBe(false);
  expect((await stripe.products.list({ active: true })).data).toEqual([]);
});

test("a meter is turned off and on again, and has its event name to itself", async () => {
  const stripe = sandbox.client("meters");
  const params = {
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" as const },
  };
  const meter = await stripe.billing.meters.create(params);
  expect(await stripe.billing.meters.create(params).catch(failure)).toMatchObject({
    statusCode: 400,
  });
  expect((await stripe.billing.meters.deactivate(meter.id)).status).toBe("inactive");
  expect((await stripe.billing.meters.list({ status: "active" })).data).toEqual([]);
  const back = await stripe.billing.meters.reactivate(meter.id);
  expect(back).toMatchObject({ status: "active", status_transitions: { deactivated_at: null } });
});

test("45: 30 units at 0.05 cents are 1.5 cents and rounded up to 2, as Stripe's page has it", async () => {
  const stripe = sandbox.client("halves");
  const customer = await payingCustomer(stripe);
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount_decimal: Stripe.Decimal.from("0.05"),
    recurring: { interval: "month" },
    product_data: { name: "Megabytes" },
  });
  const { latest_invoice: invoice } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id, quantity: 30 }],
    expand: ["latest_invoice"],
  });
  expect((invoice as Stripe.Invoice).lines.data).toMatchObject([{ amount: 2, quantity: 30 }]);
});
