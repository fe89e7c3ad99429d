import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function shop(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 2000);
  const setup = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 4900, product_data: { name: "Setup" } },
  });
  const linesOf = async (id: unknown) => {
    const { data } = await stripe.invoices.listLineItems(String(id), { limit: 100 });
    return data.map(({ amount, description }) => [amount, description]);
  };
  const product = String(price.product);
  return { stripe, customer, price, setup, product, linesOf };
}

test("what is billed once is on the first invoice, during a trial too, and on no other", async () => {
  const { stripe, customer, price, setup, linesOf } = await shop("setup");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    add_invoice_items: [{ price: setup.id, quantity: 2 }],
  });
  expect(await linesOf(made.latest_invoice)).toEqual([
    [9800, "Setup"],
    [2000, "1 × Team (at $20.00 / month)"],
  ]);
  const [period] = made.items.data;
  const items = await stripe.invoiceItems.list({ customer: customer.id });
  expect(items.data).toMatchObject([
    {
      amount: 9800,
      invoice: made.latest_invoice,
      parent: { subscription_details: { subscription: made.id } },
      period: { start: period?.current_period_start, end: period?.current_period_end },
    },
  ]);
  const next = await stripe.invoices.createPreview({ subscription: made.id });
  expect(next.total).toBe(2000);

  const trial = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
    add_invoice_items: [{ price: setup.id }],
  });
  expect(trial.status).toBe("trialing");
  const first = await stripe.invoices.retrieve(String(trial.latest_invoice));
  expect(first).toMatchObject({ status: "paid", amount_paid: 4900 });
});

test("added to a subscription there is, it waits for the next invoice, or is billed now", async () => {
  const { stripe, customer, price, product, setup } = await shop("later");
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await stripe.subscriptions.update(id, {
    add_invoice_items: [{ price_data: { currency: "usd", product, unit_amount: 1250 } }],
  });
  const next = await stripe.invoices.createPreview({ subscription: id });
  expect(next.lines.data.map(({ amount }) => amount)).toEqual([1250, 2000]);

  const billed = await stripe.subscriptions.update(id, {
    add_invoice_items: [{ price: setup.id }],
    proration_behavior: "always_invoice",
  });
  const invoice = await stripe.invoices.retrieve(String(billed.latest_invoice));
  expect(invoice).toMatchObject({ status: "paid", total: 6150 });
  await expect(
    stripe.subscriptions.update(id, { add_invoice_items: [{ price: price.id }] }),
  ).rejects.toMatchObject({ statusCode: 400, type: "StripeInvalidRequestError" });
});

test("a price made with its item is inactive, and nothing else is sold at it", async () => {
  const { stripe, customer, product, linesOf } = await shop("inline");
  const weekly = { interval: "week" as const, interval_count: 2 };
  const price_data = { currency: "usd", product, unit_amount: 700, recurring: weekly };
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price_data, quantity: 3 }],
  });
  const [item] = made.items.data;
  expect(item?.price).toMatchObject({ active: false, unit_amount: 700, recurring: weekly });
  expect((item?.current_period_end ?? 0) - (item?.current_period_start ?? 0)).toBe(14 * 86_400);
  expect(await linesOf(made.latest_invoice)).toEqual([[2100, "3 × Team (at $7.00 / week)"]]);
  await expect(
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: item?.price.id ?? "" }],
    }),
  ).rejects.toMatchObject({ code: "price_inactive" });

  const dearer = { ...price_data, unit_amount: 900 };
  const changed = await stripe.subscriptions.update(made.id, {
    items: [{ id: item?.id ?? "", price_data: dearer }],
    proration_behavior: "none",
  });
  expect(changed.items.data[0]).toMatchObject({ quantity: 1, price: { unit_amount: 900 } });
  const once = await stripe.invoiceItems.create({
    customer: customer.id,
    quantity: 4,
    price_data: { currency: "usd", product, unit_amount: 25 },
  });
  expect(once).toMatchObject({ amount: 100, pricing: { price_details: { product } } });
  const kept = once.pricing?.price_details?.price;
  expect(await stripe.prices.retrieve(String(kept))).toMatchObject({
    active: false,
    type: "one_time",
  });
});

test("an item's own tax rates come before its subscription's, on prorations as well", async () => {
  const { stripe, customer, price } = await shop("taxed");
  const rate = (percentage: number) =>
    stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage });
  const [usual, reduced] = [await rate(20), await rate(5)];
  const other = await monthlyPrice(stripe, 1000, "Books");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }, { price: other.id, tax_rates: [reduced.id] }],
    default_tax_rates: [usual.id],
  });
  const taxesOf = async (id: unknown) => {
    const { data } = await stripe.invoices.listLineItems(String(id));
    return data.map(({ taxes }) => taxes?.map(({ amount }) => amount));
  };
  expect(await taxesOf(made.latest_invoice)).toEqual([[400], [50]]);
  const books = made.items.data.find(({ price: { id } }) => id === other.id);
  const more = await stripe.subscriptions.update(made.id, {
    items: [{ id: books?.id ?? "", quantity: 3 }],
    proration_behavior: "always_invoice",
    proration_date: books?.current_period_start ?? 0,
  });
  expect(await taxesOf(more.latest_invoice)).toEqual([[-50], [150]]);
  const freed = await stripe.subscriptionItems.update(books?.id ?? "", { tax_rates: "" });
  expect(freed.tax_rates).toEqual([]);
});

test("what its customer owes besides is on the first invoice of a subscription", async () => {
  const { stripe, customer, price } = await shop("owed");
  await stripe.invoiceItems.create({ customer: customer.id, amount: 300, currency: "usd" });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: "eur" });
  const made: Stripe.Subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const invoice = await stripe.invoices.retrieve(String(made.latest_invoice));
  expect(invoice.total).toBe(2300);
});
