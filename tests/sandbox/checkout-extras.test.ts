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
