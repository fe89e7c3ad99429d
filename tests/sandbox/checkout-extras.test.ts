import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const filled = {
  email: "ada@acme.test",
  number: "4242 4242 4242 4242",
  expiry: "12 / 34",
  cvc: "123",
  name: "Ada",
  country: "US",
};

async function shop(name: string) {
  const stripe = sandbox.client(name);
  const price = await monthlyPrice(stripe, 3000);
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: "once" });
  const open = (more: Partial<Stripe.Checkout.SessionCreateParams>) =>
    stripe.checkout.sessions.create({
      mode: "subscription",
      line_items: [{ price: price.id, quantity: 1 }],
      ...(more.ui_mode === "embedded_page" ? {} : { success_url: "http://shop.test/done" }),
      ...more,
    });
  const press = (url: string, form: Record<string, string> = filled) =>
    fetch(url, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  return { stripe, price, coupon, open, press };
}

test("53: a checkout's discount is on the page, in the session and on the first invoice alone", async () => {
  const { stripe, coupon, open, press } = await shop("cdisc");
  const session = await open({ discounts: [{ coupon: coupon.id }] });
  expect(session).toMatchObject({
    amount_subtotal: 3000,
    amount_total: 1500,
    total_details: { amount_discount: 1500 },
  });
  expect(await (await fetch(session.url ?? "")).text()).toContain("-$15.00");
  await press(session.url ?? "");
  const [invoice] = (await stripe.invoices.list()).data;
  expect(invoice).toMatchObject({ total: 1500, amount_paid: 1500 });
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
});

test("a code is typed on the page, and a wrong one is told so", async () => {
  const { stripe, coupon, open, press } = await shop("ccode");
  await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "HALF",
  });
  const { url, id } = await open({ allow_promotion_codes: true });
  const page = url ?? "";
  const wrong = await (await press(page, { ...filled, apply: "code", code: "NOPE" })).text();
  expect(wrong).toContain("This code is invalid.");
  const right = await (await press(page, { ...filled, apply: "code", code: "half" })).text();
  expect(right).toContain("$15.00");
  await press(page);
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({
    amount_total: 1500,
    payment_status: "paid",
  });
});

test("a one-time payment takes a discount too, and counts it", async () => {
  const { stripe, coupon, open, press } = await shop("conce");
  const sticker = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1000,
    product_data: { name: "Sticker" },
  });
  const session = await open({
    mode: "payment",
    line_items: [{ price: sticker.id, quantity: 2 }],
    discounts: [{ coupon: coupon.id }],
  });
  await press(session.url ?? "");
  expect((await stripe.charges.list()).data[0]?.amount).toBe(1000);
  expect((await stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
});

test("an embedded page has a secret and no address, may be framed, and tells the shop when paid", async () => {
  const { stripe, open, press } = await shop("cembed");
  await expect(open({ ui_mode: "embedded_page" })).rejects.toMatchObject({ param: "return_url" });
  const session = await open({
    ui_mode: "embedded_page",
    return_url: "http://shop.test/back?session={CHECKOUT_SESSION_ID}",
  });
  expect(session).toMatchObject({ url: null, ui_mode: "embedded_page", success_url: null });
  expect(session.client_secret).toMatch(new RegExp(`^${session.id}_secret_`));
  const url = `${sandbox.url}/c/pay/${session.id}`;
  const { headers } = await fetch(url);
  expect(headers.get("content-security-policy")).toContain("frame-ancestors *");
  const done = await (await press(url)).text();
  expect(done).toContain(`http://shop.test/back?session=${session.id}`);
  expect(done).toContain('target="_top"');
  expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("complete");
});

test("a configuration says which ways to pay a page offers, and the default one where none is named", async () => {
  const { stripe, price } = await shop("cways");
  const euros = await stripe.prices.create({
    ...{ currency: "eur", unit_amount: 3000, recurring: { interval: "month" } },
    product: String(price.product),
  });
  const typesOf = async (more: Partial<Stripe.Checkout.SessionCreateParams>) => {
    const session = await stripe.checkout.sessions.create({
      ...{ mode: "subscription", success_url: "http://shop.test/done", ...more },
      line_items: [{ price: euros.id, quantity: 1 }],
    });
    return session.payment_method_types;
  };
  const off = { display_preference: { preference: "off" as const } };
  const cards = await stripe.paymentMethodConfigurations.create({ sepa_debit: off, klarna: off });
  expect(cards.sepa_debit).toMatchObject({
    available: false,
    display_preference: { value: "off" },
  });
  expect(cards.card?.available).toBe(true);
  expect(await typesOf({})).toEqual(["card", "sepa_debit"]);
  expect(await typesOf({ payment_method_configuration: cards.id })).toEqual(["card"]);

  const [own] = (await stripe.paymentMethodConfigurations.list()).data.filter((one) => {
    return one.is_default;
  });
  await stripe.paymentMethodConfigurations.update(own!.id, { sepa_debit: off });
  expect(await typesOf({})).toEqual(["card"]);
  await stripe.paymentMethodConfigurations.update(cards.id, { active: false });
  const named = typesOf({ payment_method_configuration: cards.id });
  await expect(named).rejects.toMatchObject({ param: "payment_method_configuration" });
});

test("a business that is known by its tax id reverses the charge on the page as on the invoice", async () => {
  const { stripe, price, open, press } = await shop("cvat");
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  await stripe.tax.registrations.create({
    ...{ active_from: "now", country: "DE" },
    country_options: { de: { type: "oss_union" } },
  });
  const customer = await stripe.customers.create({
    name: "Old name",
    address: { country: "FR", line1: "1 rue", city: "Paris", postal_code: "75001" },
  });
  const taxed = { customer: customer.id, automatic_tax: { enabled: true } };
  expect(await open(taxed)).toMatchObject({ total_details: { amount_tax: 600 } });
  await stripe.customers.createTaxId(customer.id, { type: "eu_vat", value: "FR12345678901" });
  const collects = { ...taxed, tax_id_collection: { enabled: true } };
  await expect(open(collects)).rejects.toMatchObject({ param: "tax_id_collection" });
  const updates = { customer_update: { name: "auto", address: "auto" } } as const;
  const session = await open({ ...collects, ...updates });
  expect(session).toMatchObject({ amount_total: 3000, total_details: { amount_tax: 0 } });

  const place = { country: "FR", line1: "2 rue", city: "Paris", postal_code: "75001" };
  await press(session.url ?? "", { ...filled, ...place, name: "New name" });
  const kept = await stripe.customers.retrieve(customer.id);
  expect(kept).toMatchObject({ name: "New name", address: { line1: "2 rue" } });
  const [invoice] = (await stripe.invoices.list()).data;
  expect(invoice).toMatchObject({ total: 3000, total_taxes: [{ amount: 0 }] });
  expect(invoice?.total_taxes?.[0]?.taxability_reason).toBe("reverse_charge");
  expect(price.currency).toBe("usd");
});
