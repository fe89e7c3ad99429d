import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features;

async function opened(
  name: string,
  features: Features,
  flow?: (
    subscription: string,
    item: string,
    large: string,
  ) => Stripe.BillingPortal.SessionCreateParams.FlowData,
  terms: Partial<Stripe.SubscriptionCreateParams> = {},
) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const [small, large] = [
    await monthlyPrice(stripe, 1000, "Small"),
    await monthlyPrice(stripe, 5000, "Large"),
  ];
  const made = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: large.id, quantity: 2 }] },
    ...terms,
  });
  const item = made.items.data[0]?.id ?? "";
  const configuration = await stripe.billingPortal.configurations.create({ features });
  const session = await stripe.billingPortal.sessions.create({
    ...{ customer: customer.id, configuration: configuration.id },
    ...(flow === undefined ? {} : { flow_data: flow(made.id, item, large.id) }),
  });
  const press = async (action: string, form: Record<string, string> = {}) => {
    const response = await fetch(`${session.url}/${action}`, {
      method: "POST",
      body: new URLSearchParams({ subscription: made.id, ...form }),
      redirect: "manual",
    });
    return { status: response.status, text: await response.text() };
  };
  const page = async (path = "") => (await fetch(`${session.url}${path}`)).text();
  const read = () => stripe.subscriptions.retrieve(made.id);
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  return { stripe, customer, made, item, small, large, session, press, page, read, advance };
}

test("a plan is paused and resumed by its owner", async () => {
  const { press, page, read, made } = await opened("pause", {
    subscription_pause: { enabled: true },
  });
  expect(await page()).toContain("Pause plan");
  expect(await page(`/subscriptions/${made.id}/pause`)).toContain("until you resume it");
  expect((await press("pause")).status).toBe(303);
  expect((await read()).status).toBe("paused");
  const paused = await page();
  expect(paused).toContain("Paused.");
  expect(paused).toContain("Resume plan");
  await press("resume");
  expect((await read()).status).toBe("active");
});

test("a pause for a time ends by itself, and bills again", async () => {
  const { press, page, read, made, advance, stripe } = await opened("length", {
    subscription_pause: {
      enabled: true,
      duration: {
        type: "interval_options",
        interval_options: [{ interval: "month" }, { interval: "week", interval_count: 2 }],
      },
    },
  });
  const asked = await page(`/subscriptions/${made.id}/pause`);
  expect(asked).toContain("2 weeks");
  await press("pause", { length: "2-week" });
  expect((await read()).status).toBe("paused");
  await advance(13 * day);
  expect((await read()).status).toBe("paused");
  await advance(2 * day);
  expect((await read()).status).toBe("active");
  expect((await stripe.invoices.list({ subscription: made.id })).data).toHaveLength(2);
});

test("less is wanted when the period is over, and can be taken back until then", async () => {
  const { press, page, read, item, small, advance, made, stripe } = await opened("later", {
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["price", "quantity"],
      proration_behavior: "always_invoice",
      schedule_at_period_end: { conditions: [{ type: "decreasing_item_amount" }] },
    },
  });
  // More is wanted at once, and less only then.
  await press("update", { item, price: "", quantity: "3" });
  expect((await read()).items.data[0]?.quantity).toBe(3);
  const form = { item, price: small.id, quantity: "1" };
  await press("update", form);
  const waiting = await read();
  expect(waiting.items.data[0]?.price.unit_amount).toBe(5000);
  expect(waiting.schedule).toMatch(/^sub_sched_/);
  expect(await page()).toMatch(/Changes to Small on \d+ \w+ \d{4}\./);
  await press("unplan");
  expect((await read()).schedule).toBeNull();

  await press("update", form);
  await advance(32 * day);
  const changed = await read();
  expect(changed.items.data[0]).toMatchObject({ quantity: 1, price: { unit_amount: 1000 } });
  const totals = (await stripe.invoices.list({ subscription: made.id })).data;
  expect(totals.map(({ total }) => total)).toEqual([1000, 5000, 10_000]);
});

test("a code is redeemed with a change, and a wrong one says so", async () => {
  const { press, page, read, item, stripe, made } = await opened("code", {
    subscription_update: {
      enabled: true,
      default_allowed_updates: ["quantity", "promotion_code"],
      proration_behavior: "none",
    },
  });
  const coupon = await stripe.coupons.create({ percent_off: 25, duration: "forever" });
  await stripe.promotionCodes.create({
    promotion: { type: "coupon", coupon: coupon.id },
    code: "STAY25",
  });
  expect(await page(`/subscriptions/${made.id}/update`)).toContain("Promotion code");
  const wrong = await press("update", { item, quantity: "2", code: "NOPE" });
  expect(wrong.text).toContain("This code is invalid.");
  await press("update", { item, quantity: "2", code: "stay25" });
  const { discounts } = await stripe.subscriptions.retrieve(made.id, { expand: ["discounts"] });
  expect(discounts).toMatchObject([{ source: { coupon: coupon.id } }]);
  expect((await read()).items.data[0]?.quantity).toBe(2);
});

test("quantities stay within what is offered, and a trial goes on or ends as configured", async () => {
  const features = (large: string, product: string): Features => ({
    subscription_update: {
      ...{ enabled: true, default_allowed_updates: ["quantity"], proration_behavior: "none" },
      trial_update_behavior: "continue_trial",
      products: [
        {
          ...{ product, prices: [large] },
          adjustable_quantity: { enabled: true, minimum: 2, maximum: 5 },
        },
      ],
    },
  });
  const { press, read, item, large, session, stripe } = await opened(
    "bounds",
    { invoice_history: { enabled: true } },
    undefined,
    { trial_period_days: 10 },
  );
  await stripe.billingPortal.configurations.update(String(session.configuration), {
    features: features(large.id, String(large.product)),
  });
  expect((await press("update", { item, quantity: "6" })).text).toContain("from 2 to 5");
  await press("update", { item, quantity: "4" });
  expect(await read()).toMatchObject({ status: "trialing", items: { data: [{ quantity: 4 }] } });
  await stripe.billingPortal.configurations.update(String(session.configuration), {
    features: { subscription_update: { enabled: true, trial_update_behavior: "end_trial" } },
  });
  await press("update", { item, quantity: "3" });
  expect((await read()).status).toBe("active");
});

test("somebody who leaves is offered a discount, and may stay with it or go", async () => {
  const stripe = sandbox.client("retain");
  const coupon = await stripe.coupons.create({
    percent_off: 30,
    duration: "repeating",
    duration_in_months: 3,
  });
  const features: Features = { subscription_cancel: { enabled: true, mode: "at_period_end" } };
  const retention = { type: "coupon_offer" as const, coupon_offer: { coupon: coupon.id } };
  const { press, page, read, session, made } = await opened("retain", features, (subscription) => ({
    ...{ type: "subscription_cancel", subscription_cancel: { subscription, retention } },
  }));
  expect(session.flow?.subscription_cancel?.retention).toEqual(retention);
  const asked = await page();
  expect(asked).toContain("Stay, and take 30% off.");
  await press("stay");
  expect(await read()).toMatchObject({ cancel_at: null, discounts: [expect.anything()] });
  const next = await stripe.invoices.createPreview({ subscription: made.id });
  expect(next.total).toBe(7000);
  await press("cancel");
  expect((await read()).cancel_at_period_end).toBe(true);
});

test("an address, a phone and a tax id are changed where they may be", async () => {
  const { press, page, stripe, customer, session } = await opened(
    "details",
    { customer_update: { enabled: true, allowed_updates: ["address", "phone", "tax_id"] } },
    () => ({ type: "customer_update" }),
  );
  expect(session.flow).toMatchObject({ type: "customer_update", customer_update: {} });
  const asked = await page();
  expect(asked).toContain("Postal code");
  expect(asked).not.toContain('name="email"');
  const form = { country: "DE", line1: "Am Markt 1", city: "Berlin", postal_code: "10115" };
  const tax = { tax_type: "eu_vat", tax_value: "12" };
  const wrong = await press("details", { ...form, ...tax });
  expect(wrong.text).toContain("This is not a tax ID of that kind.");
  await press("details", { ...form, ...tax, tax_value: "DE123456789", phone: "+49 30 123456" });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    ...{ email: "ada@acme.test", name: "Acme", phone: "+49 30 123456" },
    address: { country: "DE", city: "Berlin", state: null },
  });
  const ids = await stripe.customers.listTaxIds(customer.id);
  expect(ids.data).toMatchObject([{ type: "eu_vat", value: "DE123456789" }]);
});

test("a change is confirmed with the discount it comes with, and a pause has a flow", async () => {
  const stripe = sandbox.client("confirm");
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const features: Features = {
    subscription_pause: { enabled: true },
    subscription_update: {
      ...{ enabled: true, default_allowed_updates: ["price", "quantity"] },
      proration_behavior: "none",
    },
  };
  const { page, press, read, item, large, session, customer, made } = await opened(
    "confirm",
    features,
    (subscription, id, price) => ({
      type: "subscription_update_confirm",
      subscription_update_confirm: {
        ...{ subscription, items: [{ id, price, quantity: 7 }] },
        discounts: [{ coupon: coupon.id }],
      },
    }),
  );
  expect(await page()).toContain('value="7"');
  await press("update", { item, price: large.id, quantity: "7" });
  expect(await read()).toMatchObject({
    ...{ discounts: [expect.anything()], items: { data: [{ quantity: 7 }] } },
  });
  const { url } = await stripe.billingPortal.sessions.create({
    ...{ customer: customer.id, configuration: String(session.configuration) },
    flow_data: { type: "subscription_pause", subscription_pause: { subscription: made.id } },
  });
  expect(await (await fetch(url)).text()).toContain("Pause plan");
});
