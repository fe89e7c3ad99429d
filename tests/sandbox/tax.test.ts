import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function shop(name: string, country = "DE", state?: string) {
  const stripe = sandbox.client(name);
  const { id } = await payingCustomer(stripe);
  const customer = await stripe.customers.update(id, {
    address: { country, ...(state === undefined ? {} : { state }) },
  });
  const bill = async (more = {}, amounts = [1000]) => {
    for (const amount of amounts) {
      await stripe.invoiceItems.create({ customer: id, amount, currency: "usd" });
    }
    return stripe.invoices.create({
      customer: id,
      pending_invoice_items_behavior: "include",
      ...more,
    });
  };
  const register = (where: string, options: object) =>
    stripe.tax.registrations.create({
      country: where,
      country_options: { [where.toLowerCase()]: options },
      active_from: "now",
    });
  return { stripe, customer, bill, register };
}

test("rates an invoice names are added, or taken to be within, line by line", async () => {
  const { stripe, bill } = await shop("trates");
  const on = await stripe.taxRates.create({
    display_name: "VAT",
    percentage: 19,
    inclusive: false,
  });
  const within = await stripe.taxRates.create({
    display_name: "VAT",
    percentage: 19,
    inclusive: true,
  });
  expect(await bill({ default_tax_rates: [on.id] }, [333, 333])).toMatchObject({
    subtotal: 666,
    total: 792,
    total_excluding_tax: 666,
    total_taxes: [{ amount: 126, taxable_amount: 666, tax_behavior: "exclusive" }],
  });
  expect(await bill({ default_tax_rates: [within.id] }, [1190])).toMatchObject({
    total: 1190,
    total_excluding_tax: 1000,
    total_taxes: [{ amount: 190, tax_behavior: "inclusive" }],
  });
});

test("tax is on what a discount left", async () => {
  const { stripe, bill } = await shop("tdisc");
  const rate = await stripe.taxRates.create({
    display_name: "VAT",
    percentage: 10,
    inclusive: false,
  });
  const coupon = await stripe.coupons.create({ percent_off: 50 });
  const invoice = await bill({
    default_tax_rates: [rate.id],
    discounts: [{ coupon: coupon.id }],
  });
  expect(invoice).toMatchObject({ subtotal: 1000, total: 550 });
});

test("automatic tax is collected where one is registered, and says why where not", async () => {
  const { bill, register } = await shop("tauto");
  const before = await bill({ automatic_tax: { enabled: true } });
  expect(before).toMatchObject({
    automatic_tax: { status: "complete" },
    total: 1000,
    total_taxes: [{ amount: 0, taxability_reason: "not_collecting" }],
  });
  await register("DE", { type: "standard", standard: { place_of_supply_scheme: "standard" } });
  const after = await bill({ automatic_tax: { enabled: true } });
  expect(after).toMatchObject({
    total: 1190,
    total_taxes: [{ amount: 190, taxability_reason: "standard_rated" }],
  });
});

test("a business elsewhere in the Union reverses the charge, and the exempt pay none", async () => {
  const { stripe, customer, bill, register } = await shop("trev", "FR");
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  await register("DE", { type: "oss_union" });
  const automatic = { automatic_tax: { enabled: true } };
  expect((await bill(automatic)).total).toBe(1200);
  await stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "FR12345678901" });
  expect((await bill(automatic)).total_taxes).toMatchObject([
    { amount: 0, taxability_reason: "reverse_charge" },
  ]);
  await stripe.customers.update(customer.id, { tax_exempt: "exempt" });
  expect((await bill(automatic)).total_taxes).toMatchObject([
    { taxability_reason: "customer_exempt" },
  ]);
});

test("without an address nothing is finalised and no subscription starts", async () => {
  const stripe = sandbox.client("tnone");
  const customer = await payingCustomer(stripe);
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    product_data: { name: "Team" },
  });
  const start = () =>
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      automatic_tax: { enabled: true },
      expand: ["latest_invoice"],
    });
  await expect(start()).rejects.toMatchObject({ code: "customer_tax_location_invalid" });
  const draft = await stripe.invoices.create({
    customer: customer.id,
    automatic_tax: { enabled: true },
  });
  expect(draft.automatic_tax.status).toBe("requires_location_inputs");
  await expect(stripe.invoices.finalizeInvoice(draft.id)).rejects.toMatchObject({
    code: "customer_tax_location_invalid",
  });
  await stripe.customers.update(customer.id, { address: { country: "US", state: "CA" } });
  await stripe.tax.registrations.create({
    country: "US",
    country_options: { us: { state: "CA", type: "state_sales_tax" } },
    active_from: "now",
  });
  expect((await start()).latest_invoice).toMatchObject({ subtotal: 1000, total: 1073 });
});

test("a calculation says what a sale would carry", async () => {
  const { stripe, register } = await shop("tcalc");
  await register("GB", { type: "standard", standard: { place_of_supply_scheme: "standard" } });
  const calculation = await stripe.tax.calculations.create({
    currency: "gbp",
    line_items: [
      { amount: 1000, reference: "a" },
      { amount: 1200, reference: "b", tax_behavior: "inclusive" },
    ],
    customer_details: { address: { country: "GB" }, address_source: "billing" },
    expand: ["line_items"],
  });
  expect(calculation).toMatchObject({
    amount_total: 2400,
    tax_amount_exclusive: 200,
    tax_amount_inclusive: 200,
    tax_breakdown: [
      { inclusive: false, amount: 200 },
      { inclusive: true, amount: 200 },
    ],
  });
  expect(calculation.line_items?.data.map(({ amount_tax }) => amount_tax)).toEqual([200, 200]);
  await expect(
    stripe.tax.calculations.create({ currency: "usd", line_items: [{ amount: 1 }] }),
  ).rejects.toMatchObject({ code: "customer_tax_location_invalid" });
});

test("a registration begins, ends and is listed by its state", async () => {
  const { stripe, register } = await shop("treg");
  const made = await register("NO", { type: "standard" });
  expect(made.status).toBe("active");
  await stripe.tax.registrations.update(made.id, { expires_at: "now" });
  expect((await stripe.tax.registrations.list({ status: "expired" })).data).toHaveLength(1);
  expect((await stripe.tax.registrations.list({ status: "active" })).data).toEqual([]);
  expect(await stripe.tax.settings.retrieve()).toMatchObject({ status: "pending" });
});
