import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;
const month = { interval: "month" as const, interval_count: 1 };

async function shop(name: string, card?: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe, card);
  const price = await monthlyPrice(stripe, 2000);
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  const events = async (type: string) => (await stripe.events.list({ type })).data;
  return { stripe, customer, price, advance, events };
}

test("an invoice is announced a week before it is made, with all it will have, and no id", async () => {
  const { stripe, customer, price, advance, events } = await shop("upcoming");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await stripe.invoiceItems.create({ customer: customer.id, amount: 300, currency: "usd" });
  const [item] = made.items.data;
  const end = item?.current_period_end ?? 0;
  await advance(end - made.created - 8 * day);
  expect(await events("invoice.upcoming")).toEqual([]);
  await advance(day + 60);
  const [event] = await events("invoice.upcoming");
  expect(event?.created).toBe(end - 7 * day);
  const invoice = event?.data.object as Stripe.Invoice;
  expect(invoice).toMatchObject({
    ...{ billing_reason: "upcoming", status: "draft", total: 2300, object: "invoice" },
    parent: { subscription_details: { subscription: made.id } },
  });
  expect(invoice).not.toHaveProperty("id");
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([300, 2000]);
  expect((await stripe.invoices.list()).data).toHaveLength(1);

  await sandbox.admin("/billing", { upcoming_days: 3 }, "upcoming");
  await advance(35 * day);
  const [next] = await events("invoice.upcoming");
  expect(next?.data.object).toMatchObject({ total: 2000 });
  await sandbox.admin("/billing", { upcoming_days: null }, "upcoming");
  const before = (await events("invoice.upcoming")).length;
  await advance(70 * day);
  expect((await events("invoice.upcoming")).length - before).toBeLessThanOrEqual(1);
});

test("nothing is announced that will not be billed", async () => {
  const { stripe, customer, price, advance, events } = await shop("ending");
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  await stripe.subscriptions.update(id, { cancel_at_period_end: true });
  await advance(32 * day);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  expect(await events("invoice.upcoming")).toEqual([]);
});

test("an invoice that is sent says when it will soon be due, if that is wanted", async () => {
  const { stripe, customer, price, advance, events } = await shop("due");
  await sandbox.admin("/billing", { will_be_due_days: 5 }, "due");
  await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    ...{ collection_method: "send_invoice", days_until_due: 20 },
  });
  await advance(10 * day);
  expect(await events("invoice.will_be_due")).toEqual([]);
  await advance(6 * day);
  const [event] = await events("invoice.will_be_due");
  const invoice = event?.data.object as Stripe.Invoice;
  expect(invoice).toMatchObject({ status: "open", total: 2000 });
  expect(event?.created).toBe((invoice.due_date ?? 0) - 5 * day);
  await advance(5 * day);
  expect(await events("invoice.overdue")).toHaveLength(1);
});

test("a schedule warns a week before it is over, and is aborted when nobody pays", async () => {
  const { stripe, customer, price, advance, events } = await shop("expiring");
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: "now",
    phases: [{ items: [{ price: price.id }], duration: month }],
  });
  await advance(20 * day);
  expect(await events("subscription_schedule.expiring")).toEqual([]);
  await advance(6 * day);
  const [warned] = await events("subscription_schedule.expiring");
  expect(warned?.data.object).toMatchObject({ id: schedule.id, status: "active" });

  const failing = await shop("aborted", "pm_card_chargeCustomerFail");
  const late = await failing.stripe.subscriptionSchedules.create({
    customer: failing.customer.id,
    start_date: "now",
    phases: [
      { items: [{ price: failing.price.id }], trial: true, duration: { ...month } },
      { items: [{ price: failing.price.id }], duration: { ...month, interval_count: 12 } },
    ],
  });
  await failing.advance(60 * day);
  expect(await failing.stripe.subscriptionSchedules.retrieve(late.id)).toMatchObject({
    status: "canceled",
    current_phase: null,
  });
  const [aborted] = await failing.events("subscription_schedule.aborted");
  expect(aborted?.data.object).toMatchObject({ id: late.id, status: "canceled" });
  expect(await failing.events("subscription_schedule.canceled")).toEqual([]);
});

test("a subscription that is canceled takes its schedule with it", async () => {
  const { stripe, customer, price, events } = await shop("taken");
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: "now",
    phases: [{ items: [{ price: price.id }], duration: month }],
  });
  await stripe.subscriptions.cancel(String(schedule.subscription));
  expect((await stripe.subscriptionSchedules.retrieve(schedule.id)).status).toBe("canceled");
  expect(await events("subscription_schedule.canceled")).toHaveLength(1);
});

test("a customer switched from one coupon to another is one event", async () => {
  const { stripe, customer, events } = await shop("switched");
  const [first, second] = [
    await stripe.coupons.create({ percent_off: 10, duration: "forever" }),
    await stripe.coupons.create({ percent_off: 20, duration: "forever" }),
  ];
  const give = (coupon: string) =>
    sandbox.admin(`/customers/${customer.id}/discount`, { coupon }, "switched");
  await give(first.id);
  await give(second.id);
  const [event, ...more] = await events("customer.discount.updated");
  expect(more).toEqual([]);
  expect(event?.data.object).toMatchObject({ source: { coupon: second.id } });
  expect(event?.data.previous_attributes).toMatchObject({ source: { coupon: first.id } });
  expect(await events("customer.discount.created")).toHaveLength(1);
  expect(await events("customer.discount.deleted")).toEqual([]);
});

test("a phase brings set-up fees, its own prices, discounts, tax and cycle", async () => {
  const { stripe, customer, price, advance } = await shop("phases");
  const [setup, rate, off] = [
    await stripe.prices.create({
      ...{ currency: "usd", unit_amount: 900, product_data: { name: "Setup" } },
    }),
    await stripe.taxRates.create({ display_name: "VAT", inclusive: false, percentage: 10 }),
    await stripe.coupons.create({ percent_off: 50, duration: "forever" }),
  ];
  const inline = {
    ...{ currency: "usd", product: String(price.product), unit_amount: 4000 },
    recurring: { interval: "month" as const },
  };
  const schedule = await stripe.subscriptionSchedules
    .create({
      customer: customer.id,
      start_date: "now",
      default_settings: { description: "The plan", invoice_settings: { days_until_due: 7 } },
      phases: [
        {
          items: [{ price: price.id, tax_rates: [rate.id] }],
          add_invoice_items: [{ price: setup.id, quantity: 2 }],
          duration: { interval: "day", interval_count: 10 },
        },
        {
          items: [{ price_data: inline, discounts: [{ coupon: off.id }] }],
          add_invoice_items: [{ price_data: { ...inline, unit_amount: 100 } as never }],
          billing_cycle_anchor: "phase_start",
          proration_behavior: "none",
          default_tax_rates: [rate.id],
          duration: month,
        },
      ].map(({ ...phase }) => phase) as never,
    })
    .catch((error: unknown) => error as Stripe.errors.StripeError);
  // `recurring` is not of what is billed once.
  expect(schedule).toMatchObject({ statusCode: 400, code: "parameter_unknown" });

  const { recurring: _recurring, ...once } = inline;
  const made = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: "now",
    default_settings: { description: "The plan" },
    phases: [
      {
        items: [{ price: price.id, tax_rates: [rate.id] }],
        add_invoice_items: [{ price: setup.id, quantity: 2 }],
        duration: { interval: "day", interval_count: 10 },
      },
      {
        items: [{ price_data: inline, discounts: [{ coupon: off.id }] }],
        add_invoice_items: [{ price_data: { ...once, unit_amount: 100 } }],
        billing_cycle_anchor: "phase_start",
        proration_behavior: "none",
        default_tax_rates: [rate.id],
        duration: month,
      },
    ],
  });
  expect(made.phases[1]).toMatchObject({
    billing_cycle_anchor: "phase_start",
    default_tax_rates: [{ id: rate.id }],
    add_invoice_items: [{ quantity: 1 }],
    items: [{ discounts: [{ coupon: off.id }] }],
  });
  const id = String(made.subscription);
  const totals = async () =>
    (await stripe.invoices.list({ subscription: id })).data.map(({ total }) => total).reverse();
  // 2000 and a tenth, and twice 900 without tax.
  expect(await totals()).toEqual([4000]);
  expect((await stripe.subscriptions.retrieve(id)).description).toBe("The plan");
  await advance(10 * day + 2 * 3600);
  // Half of 4000 and 100, and a tenth on both; the cycle begins with the phase.
  expect(await totals()).toEqual([4000, 2310]);
  const begun = await stripe.subscriptions.retrieve(id);
  expect(begun.billing_cycle_anchor).toBe(made.phases[1]?.start_date);
  await advance(31 * day + 2 * 3600);
  expect(await totals()).toEqual([4000, 2310, 2200]);
});
