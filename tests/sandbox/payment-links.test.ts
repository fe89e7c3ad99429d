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

async function buy(url: string) {
  const opened = await fetch(url, { redirect: "manual" });
  const checkout = new URL(opened.headers.get("location") ?? "", url).href;
  const form = { method: "POST", body: new URLSearchParams(filled), redirect: "manual" } as const;
  const paid = await fetch(checkout, form);
  return paid.headers.get("location") ?? "";
}

test("a payment link opens a checkout for each who follows it, and thanks them", async () => {
  const stripe = sandbox.client("link");
  const price = await monthlyPrice(stripe, 1500);
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 2 }],
    after_completion: {
      type: "hosted_confirmation",
      hosted_confirmation: { custom_message: "See you soon" },
    },
    metadata: { from: "poster" },
  });
  const done = await buy(link.url);
  expect(await (await fetch(done)).text()).toContain("See you soon");
  await buy(link.url);
  expect((await stripe.subscriptions.list()).data).toHaveLength(2);
  const [session] = (await stripe.checkout.sessions.list()).data;
  expect(session).toMatchObject({
    payment_link: link.id,
    amount_total: 3000,
    metadata: { from: "poster" },
  });
  expect((await stripe.paymentLinks.listLineItems(link.id)).data[0]?.quantity).toBe(2);
});

test("a link for one-time prices is paid once, leads on, and closes at its limit", async () => {
  const stripe = sandbox.client("once");
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 900,
    product_data: { name: "Sticker" },
  });
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 1 }],
    after_completion: { type: "redirect", redirect: { url: "http://shop.test/thanks" } },
    restrictions: { completed_sessions: { limit: 1 } },
    inactive_message: "Sold out",
  });
  expect(await buy(link.url)).toBe("http://shop.test/thanks");
  const closed = await fetch(link.url);
  expect(closed.status).toBe(410);
  expect(await closed.text()).toContain("Sold out");
});

test("a link that is turned off opens nothing", async () => {
  const stripe = sandbox.client("off");
  const price = await monthlyPrice(stripe, 1500);
  const link = await stripe.paymentLinks.create({
    line_items: [{ price: price.id, quantity: 1 }],
  });
  await stripe.paymentLinks.update(link.id, { active: false });
  expect((await fetch(link.url)).status).toBe(410);
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

test("a link hands on what it asks for to every checkout it opens", async () => {
  const stripe = sandbox.client("asks");
  const price = await monthlyPrice(stripe, 1500);
  const link = await stripe.paymentLinks.create({
    line_items: [
      { price: price.id, quantity: 2, adjustable_quantity: { enabled: true, maximum: 4 } },
    ],
    billing_address_collection: "required",
    payment_method_collection: "if_required",
    phone_number_collection: { enabled: true },
    tax_id_collection: { enabled: true },
    custom_fields: [{ key: "po", label: { custom: "PO number", type: "custom" }, type: "text" }],
    subscription_data: { trial_period_days: 30, metadata: { via: "link" } },
  });
  expect(link).toMatchObject({
    ...{ billing_address_collection: "required", phone_number_collection: { enabled: true } },
    ...{ custom_fields: [{ key: "po" }], subscription_data: { trial_period_days: 30 } },
  });
  const opened = await fetch(link.url, { redirect: "manual" });
  const page = new URL(opened.headers.get("location") ?? "", link.url).href;
  const form = {
    ...{ email: "ada@acme.test", name: "Ada", country: "DE", phone: "+49 30 123456" },
    ...{ line1: "Am Markt 1", city: "Berlin", postal_code: "10115", "custom-po": "A-7" },
  };
  const done = await fetch(page, {
    ...{ method: "POST", body: new URLSearchParams({ ...form, "quantity-0": "3" }) },
    redirect: "manual",
  });
  expect(done.status).toBe(303);
  const [session] = (await stripe.checkout.sessions.list()).data;
  expect(session).toMatchObject({
    ...{ status: "complete", payment_link: link.id, payment_status: "no_payment_required" },
    custom_fields: [{ text: { value: "A-7" } }],
  });
  const made = await stripe.subscriptions.retrieve(String(session?.subscription));
  expect(made).toMatchObject({
    ...{ status: "trialing", metadata: { via: "link" }, items: { data: [{ quantity: 3 }] } },
  });
});
