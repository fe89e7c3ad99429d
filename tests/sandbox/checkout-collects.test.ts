import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

type Params = Partial<Stripe.Checkout.SessionCreateParams>;

async function shop(name: string) {
  const stripe = sandbox.client(name);
  const price = await monthlyPrice(stripe, 10_000);
  const open = async (params: Params = {}) => {
    const session = await stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: "http://shop.test/done",
      ...params,
    });
    const url = session.url ?? "";
    const read = () => stripe.checkout.sessions.retrieve(session.id, { expand: ["line_items"] });
    return { session, url, read, id: session.id };
  };
  return { stripe, price, open };
}

const card = {
  ...{ email: "ada@acme.test", number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123" },
  ...{ name: "Ada", country: "DE", line1: "Am Markt 1", city: "Berlin", postal_code: "10115" },
};

async function press(url: string, form: Record<string, string>) {
  const response = await fetch(url, {
    ...{ method: "POST", body: new URLSearchParams(form), redirect: "manual" as const },
  });
  return {
    status: response.status,
    to: response.headers.get("location"),
    text: await response.text(),
  };
}

async function registerIn(stripe: Stripe, country: "DE") {
  await stripe.tax.settings.update({ head_office: { address: { country } } });
  await stripe.tax.registrations.create({
    ...{ country, active_from: "now" as const },
    country_options: { de: { type: "standard", standard: { place_of_supply_scheme: "standard" } } },
  });
}

test("tax follows from the address that is typed, and nobody pays a total they have not seen", async () => {
  const { stripe, open } = await shop("tax");
  await registerIn(stripe, "DE");
  const { session, url, read } = await open({ automatic_tax: { enabled: true } });
  expect(session).toMatchObject({
    ...{ amount_total: 10_000, automatic_tax: { status: "requires_location_inputs" } },
  });
  expect(await (await fetch(url)).text()).toContain("Enter address");
  const lacking = await press(url, { ...card, line1: "", seen: "$100.00" });
  expect(lacking.text).toContain("Enter the street and number.");

  const told = await press(url, { ...card, seen: "$100.00" });
  expect(told.status).toBe(200);
  expect(told.text).toContain("The total due today is now $119.00.");
  expect((await read()).status).toBe("open");
  expect((await press(url, { ...card, seen: "$119.00" })).to).toBe("http://shop.test/done");
  const paid = await read();
  expect(paid).toMatchObject({
    ...{ status: "complete", payment_status: "paid", amount_subtotal: 10_000 },
    ...{ amount_total: 11_900, total_details: { amount_tax: 1900 } },
    automatic_tax: { status: "complete" },
    customer_details: { address: { country: "DE", city: "Berlin", postal_code: "10115" } },
    line_items: { data: [{ amount_tax: 1900, amount_total: 11_900 }] },
  });
  const subscription = await stripe.subscriptions.retrieve(String(paid.subscription), {
    expand: ["latest_invoice"],
  });
  expect(subscription.automatic_tax.enabled).toBe(true);
  expect(subscription.latest_invoice).toMatchObject({ total: 11_900, status: "paid" });
});

test("a customer who is known keeps their address, unless the checkout may change it", async () => {
  const { stripe, open } = await shop("known");
  await registerIn(stripe, "DE");
  const bare = await stripe.customers.create({ email: "ada@acme.test" });
  const automatic_tax = { enabled: true };
  await expect(open({ customer: bare.id, automatic_tax })).rejects.toMatchObject({
    code: "customer_tax_location_invalid",
  });
  const { url, read } = await open({
    ...{ customer: bare.id, automatic_tax, customer_update: { address: "auto" as const } },
  });
  await press(url, { ...card, seen: "$119.00" });
  expect((await read()).amount_total).toBe(11_900);
  const kept = (await stripe.customers.retrieve(bare.id)) as Stripe.Customer;
  expect(kept.address).toMatchObject({ country: "DE", line1: "Am Markt 1" });
  const again = await open({ customer: bare.id, automatic_tax });
  expect(again.session).toMatchObject({
    ...{ amount_total: 11_900, automatic_tax: { status: "complete" } },
  });
});

test("a tax id of a business elsewhere in the Union reverses the charge, and is kept", async () => {
  const { stripe, open } = await shop("reverse");
  await registerIn(stripe, "DE");
  const { url, read } = await open({
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
  });
  const french = { ...card, country: "FR", tax_type: "eu_vat" };
  const wrong = await press(url, { ...french, tax_value: "1234", seen: "$100.00" });
  expect(wrong.text).toContain("This is not a tax ID of that kind.");
  await press(url, { ...french, tax_value: "FR12345678901", seen: "$100.00" });
  const paid = await read();
  expect(paid).toMatchObject({
    ...{ status: "complete", amount_total: 10_000 },
    customer_details: { tax_ids: [{ type: "eu_vat", value: "FR12345678901" }] },
  });
  const { data } = await stripe.customers.listTaxIds(String(paid.customer));
  expect(data).toMatchObject([{ type: "eu_vat", value: "FR12345678901" }]);
});

test("what the shop asks besides is answered, checked and kept", async () => {
  const { open } = await shop("fields");
  const label = (custom: string) => ({ custom, type: "custom" as const });
  const { url, read } = await open({
    billing_address_collection: "required",
    phone_number_collection: { enabled: true },
    consent_collection: { terms_of_service: "required", promotions: "auto" },
    custom_text: { terms_of_service_acceptance: { message: "I agree to the Acme terms." } },
    custom_fields: [
      { key: "seatname", label: label("Workspace"), type: "text", text: { minimum_length: 3 } },
      { key: "size", label: label("Team size"), type: "numeric", optional: true },
      {
        ...{ key: "source", label: label("Heard of us"), type: "dropdown" as const },
        dropdown: { options: [{ label: "A friend", value: "friend" }] },
      },
    ],
  });
  const page = await (await fetch(url)).text();
  for (const text of ["I agree to the Acme terms.", "Workspace", "Team size", "A friend"]) {
    expect(page).toContain(text);
  }
  const asked = await press(url, { ...card, "custom-seatname": "ab", "custom-size": "many" });
  for (const text of [
    ...["5 fields need another look.", "Enter at least 3 characters.", "Enter digits only."],
    ...["Accept the terms to go on.", "Enter a phone number, such as +1 201 555 0123."],
  ]) {
    expect(asked.text).toContain(text);
  }
  const told = { "custom-seatname": "Northbeam", "custom-size": "12", "custom-source": "friend" };
  await press(url, { ...card, ...told, terms: "yes", phone: "+49 30 1234567" });
  expect(await read()).toMatchObject({
    status: "complete",
    consent: { terms_of_service: "accepted", promotions: "opt_out" },
    custom_fields: [
      { key: "seatname", text: { value: "Northbeam" } },
      { key: "size", numeric: { value: "12" } },
      { key: "source", dropdown: { value: "friend" } },
    ],
    customer_details: { phone: "+49 30 1234567", address: { city: "Berlin" } },
  });
});

test("a payer chooses how many, within bounds, and pays for as many", async () => {
  const { stripe, price, open } = await shop("quantities");
  const { session, url, read } = await open({
    line_items: [
      {
        price: price.id,
        quantity: 2,
        adjustable_quantity: { enabled: true, maximum: 5, minimum: 1 },
      },
    ],
  });
  expect(session.amount_total).toBe(20_000);
  const updated = await press(url, { ...card, "quantity-0": "9", update: "yes" });
  expect(updated.text).toContain("The total due today is now $500.00.");
  expect((await press(url, { ...card, "quantity-0": "3", seen: "$500.00" })).status).toBe(200);
  await press(url, { ...card, "quantity-0": "3", seen: "$300.00" });
  const paid = await read();
  expect(paid).toMatchObject({ status: "complete", amount_total: 30_000 });
  const made = await stripe.subscriptions.retrieve(String(paid.subscription));
  expect(made.items.data[0]?.quantity).toBe(3);
});

test("a trial without a card asks for none, and ends as it was told to", async () => {
  const { stripe, open } = await shop("nocard");
  const { url, read } = await open({
    payment_method_collection: "if_required",
    subscription_data: {
      trial_period_days: 14,
      trial_settings: { end_behavior: { missing_payment_method: "cancel" } },
    },
  });
  const page = await (await fetch(url)).text();
  expect(page).not.toContain("Card number");
  const done = await press(url, { email: "ada@acme.test", name: "Ada", country: "US" });
  expect(done.to).toBe("http://shop.test/done");
  const session = await read();
  expect(session).toMatchObject({ status: "complete", payment_status: "no_payment_required" });
  const id = String(session.subscription);
  expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
    ...{ status: "trialing", default_payment_method: null },
  });
  await sandbox.admin("/clock", { advance_seconds: 15 * 86_400 }, "nocard");
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
});

test("what is paid once goes with what recurs, and so do discounts and an anchor", async () => {
  const { stripe, price, open } = await shop("mixed");
  const setup = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 4900, product_data: { name: "Setup" } },
  });
  const { session, url, read } = await open({
    line_items: [
      { price: price.id, quantity: 1 },
      { price: setup.id, quantity: 1 },
    ],
    subscription_data: { trial_period_days: 7 },
  });
  expect(session.amount_total).toBe(4900);
  await press(url, card);
  const paid = await read();
  const invoice = await stripe.invoices.retrieve(String(paid.invoice));
  expect(invoice).toMatchObject({ total: 4900, status: "paid" });
  await expect(open({ line_items: [{ price: setup.id, quantity: 1 }] })).rejects.toMatchObject({
    ...{ statusCode: 400, param: "line_items" },
  });
});

async function euros(name: string, params: Params = {}, currency = "eur") {
  const { stripe, open } = await shop(name);
  const once = await stripe.prices.create({
    ...{ currency, unit_amount: 2500, product_data: { name: "Print" } },
  });
  const opened = await open({
    ...{ mode: "payment" as const, line_items: [{ price: once.id, quantity: 1 }], ...params },
  });
  return { stripe, ...opened };
}

test("ways to pay follow the currency, or what is allowed and excluded", async () => {
  expect((await euros("eur")).session.payment_method_types).toEqual([
    ...["card", "sepa_debit", "ideal", "bancontact"],
  ]);
  const sgd = await euros("sgd", {}, "sgd");
  expect(sgd.session.payment_method_types).toEqual(["card", "grabpay"]);
  const brl = await euros("brl", { excluded_payment_method_types: ["card"] }, "brl");
  expect(brl.session.payment_method_types).toEqual(["pix"]);
  const { open } = await shop("recurs");
  expect((await open()).session.payment_method_types).toEqual(["card", "us_bank_account"]);
  const only = await open({ allowed_payment_method_types: ["card"] });
  expect(only.session.payment_method_types).toEqual(["card"]);
});

const payer = { email: "ada@acme.test", name: "Ada", country: "NL" };

test.each([
  ["ideal", "eur"],
  ["bancontact", "eur"],
  ["grabpay", "sgd"],
  ["pix", "brl"],
])("%s leads to a page that fails the payment or authorizes it", async (way, currency) => {
  const { url, id, read, stripe } = await euros(`way${way}`, {}, currency);
  const asked = await press(url, { ...payer, way });
  expect(asked.to).toBe(`/c/challenge/${id}`);
  const challenge = new URL(asked.to ?? "", url).href;
  const page = await (await fetch(challenge)).text();
  expect(page).toContain("Authorize test payment");
  const failed = await press(challenge, { answer: "fail" });
  expect(failed.text).toContain('id="way-error"');
  expect((await read()).status).toBe("open");

  await press(url, { ...payer, way });
  expect((await press(challenge, { answer: "complete" })).to).toBe("http://shop.test/done");
  const paid = await read();
  expect(paid).toMatchObject({ status: "complete", payment_status: "paid" });
  const intent = await stripe.paymentIntents.retrieve(String(paid.payment_intent), {
    expand: ["payment_method"],
  });
  expect(intent).toMatchObject({ status: "succeeded", payment_method: { type: way } });
});

test("a debit completes the checkout, and its bank answers later", async () => {
  const { url, read, stripe } = await euros("sepa");
  const wrong = await press(url, { ...payer, way: "sepa_debit", iban: "DE00" });
  expect(wrong.text).toContain("Enter an IBAN");
  const iban = "AT61 1904 3002 3457 3201";
  await press(url, { ...payer, way: "sepa_debit", iban });
  expect(await read()).toMatchObject({ status: "complete", payment_status: "unpaid" });
  await sandbox.admin("/clock", { advance_seconds: 60 }, "sepa");
  const { data } = await stripe.events.list({ type: "checkout.session.async_payment_succeeded" });
  expect(data).toHaveLength(1);
  expect((await read()).payment_status).toBe("paid");
});

test("a subscription is paid for from a bank account", async () => {
  const { stripe, open } = await shop("ach");
  const { url, read } = await open();
  const way = { ...payer, country: "US", way: "us_bank_account" };
  expect((await press(url, { ...way, account: "1" })).text).toContain(
    "Enter a test account number",
  );
  await press(url, { ...way, account: "000123456789" });
  const session = await read();
  expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
  expect((await stripe.subscriptions.retrieve(String(session.subscription))).status).toBe("active");
  await sandbox.admin("/clock", { advance_seconds: 60 }, "ach");
  const invoice = await stripe.invoices.retrieve(String(session.invoice));
  expect(invoice).toMatchObject({ status: "paid", amount_paid: 10_000 });
});

test("a subscription that Checkout makes is shared out, anchored and taxed as it was told", async () => {
  const destination = await readyAccount(sandbox, "shares");
  const { stripe, open } = await shop("shares");
  const rate = await stripe.taxRates.create({
    ...{ display_name: "VAT", inclusive: false, percentage: 10 },
  });
  const { session, url, read } = await open({
    subscription_data: {
      ...{ application_fee_percent: 20, transfer_data: { destination } },
      ...{ default_tax_rates: [rate.id], invoice_settings: { footer: "Acme Ltd." } },
    },
  });
  expect(session).toMatchObject({ amount_total: 11_000, total_details: { amount_tax: 1000 } });
  await press(url, card);
  const { subscription, invoice: id } = await read();
  const made = await stripe.subscriptions.retrieve(String(subscription));
  expect(made).toMatchObject({
    ...{ application_fee_percent: 20, transfer_data: { destination } },
    default_tax_rates: [{ id: rate.id }],
  });
  const invoice = await stripe.invoices.retrieve(String(id), {
    expand: ["payments.data.payment.payment_intent"],
  });
  // A tenth of 10,000 is tax, and a fifth of both is the platform's.
  expect(invoice).toMatchObject({ total: 11_000, footer: "Acme Ltd.", status: "paid" });
  expect(invoice.payments?.data[0]?.payment.payment_intent).toMatchObject({
    ...{ application_fee_amount: 2200, transfer_data: { destination } },
  });
});
