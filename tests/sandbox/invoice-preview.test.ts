import fc from "fast-check";
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;
const june = Date.UTC(2027, 5, 1) / 1000;
const month = { interval: "month" as const, interval_count: 1 };

/** A customer under a clock that stands still on 1 June 2027: June has 30 days. */
async function inJune(name: string) {
  const stripe = sandbox.client(name);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: june });
  const { id: customer } = await stripe.customers.create({
    ...{ email: "ada@acme.test", test_clock: clock.id, payment_method: "pm_card_visa" },
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const to = async (at: number) => {
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: at });
    await expect
      .poll(async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status)
      .toBe("ready");
  };
  const preview = (params: Stripe.InvoiceCreatePreviewParams) =>
    stripe.invoices.createPreview(params);
  return { stripe, customer, to, preview };
}

/** What of a line is told before and after alike. */
function facts({ data }: { data: Stripe.InvoiceLineItem[] }) {
  return data.map(({ amount, description, period, quantity, parent, taxes, discount_amounts }) => ({
    ...{ amount, description, period, quantity },
    isProration: parent?.subscription_item_details?.proration ?? null,
    taxes: taxes?.map((tax) => tax.amount),
    off: discount_amounts?.map((off) => off.amount),
  }));
}
const amounts = ({ lines }: Stripe.Invoice) => lines.data.map(({ amount }) => amount);
const said = ({ lines }: Stripe.Invoice) =>
  lines.data.map(({ amount, description }) => [amount, description]);

test("a change is previewed as of a day, and billed the same when it is made hours later", async () => {
  const { stripe, customer, to, preview } = await inJune("later");
  const [small, large] = [
    await monthlyPrice(stripe, 3000),
    await monthlyPrice(stripe, 9000, "Pro"),
  ];
  const made = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  const items = [{ id: made.items.data[0]?.id ?? "", price: large.id, quantity: 2 }];
  await to(june + 12 * day);
  const asked = june + 10 * day;
  const how = { proration_behavior: "always_invoice" as const, proration_date: asked };
  const seen = await preview({
    subscription: made.id,
    subscription_details: { items, ...how },
  });
  // 20 of 30 days: 3000 back, twice 9000 to pay.
  expect(said(seen)).toEqual([
    [-2000, "Unused time on Team after 11 Jun 2027"],
    [12_000, "Remaining time on 2 × Pro after 11 Jun 2027"],
  ]);
  expect(seen).toMatchObject({ billing_reason: "upcoming", total: 10_000, amount_due: 10_000 });
  expect(seen.lines.data[0]?.period).toEqual({ start: asked, end: june + 30 * day });
  expect(seen.parent?.subscription_details?.subscription_proration_date).toBe(asked);

  await to(june + 12 * day + 7 * 3600);
  const { latest_invoice } = await stripe.subscriptions.update(made.id, { items, ...how });
  const billed = await stripe.invoices.retrieve(String(latest_invoice));
  expect(facts(billed.lines)).toEqual(facts(seen.lines));
  expect(billed).toMatchObject({ status: "paid", total: seen.total });
});

test("a proration date lies within the period, and goes with a change that is prorated", async () => {
  const { stripe, customer, preview } = await inJune("dates");
  const price = await monthlyPrice(stripe, 3000);
  const { id, items } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
  });
  const change = { items: [{ id: items.data[0]?.id ?? "", quantity: 2 }] };
  const refused = (param: string) => ({ statusCode: 400, param });
  for (const proration_date of [june - 1, june + 31 * day]) {
    await expect(
      stripe.subscriptions.update(id, { ...change, proration_date }),
    ).rejects.toMatchObject(refused("proration_date"));
  }
  const wrong = [
    { ...change, proration_date: june, proration_behavior: "none" as const },
    { proration_date: june },
  ];
  for (const subscription_details of wrong) {
    await expect(preview({ subscription: id, subscription_details })).rejects.toMatchObject(
      refused("subscription_details[proration_date]"),
    );
  }
});

test("an item that joins midway costs its share, and leaving gives that share back", async () => {
  const { stripe, customer, to } = await inJune("joins");
  const [base, seats] = [await monthlyPrice(stripe, 3000), await monthlyPrice(stripe, 900, "Seat")];
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: base.id }] });
  await to(june + 15 * day);
  const added = await stripe.subscriptionItems.create({
    ...{ subscription: id, price: seats.id, quantity: 4 },
    proration_behavior: "always_invoice",
  });
  const linesOf = async () => (await stripe.invoices.list({ subscription: id })).data.map(said)[0];
  expect(await linesOf()).toEqual([[1800, "Remaining time on 4 × Seat after 16 Jun 2027"]]);
  await to(june + 25 * day);
  await stripe.subscriptionItems.del(added.id, {
    proration_behavior: "always_invoice",
    proration_date: june + 20 * day,
  });
  // 10 of the 15 days that were paid for.
  expect(await linesOf()).toEqual([[-1200, "Unused time on 4 × Seat after 21 Jun 2027"]]);
});

test("canceling now is previewed as canceling with an invoice bills it", async () => {
  const { stripe, customer, to, preview } = await inJune("cancel");
  const price = await monthlyPrice(stripe, 3000);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  await stripe.invoiceItems.create({ customer, amount: 450, currency: "usd", description: "Call" });
  await to(june + 10 * day);
  const seen = await preview({
    subscription: id,
    subscription_details: { cancel_now: true },
  });
  expect(said(seen)).toEqual([
    [450, "Call"],
    [-2000, "Unused time on Team after 11 Jun 2027"],
  ]);
  expect(seen).toMatchObject({ total: -1550, amount_due: 0, ending_balance: -1550 });
  const whole = { cancel_now: true, proration_behavior: "none" as const };
  expect(amounts(await preview({ subscription: id, subscription_details: whole }))).toEqual([450]);
  await stripe.customers.update(customer, { balance: -420 });
  const small = await preview({ subscription: id, subscription_details: whole });
  expect(small).toMatchObject({ total: 450, amount_due: 0, ending_balance: 30 });
  const gone = await stripe.subscriptions.cancel(id, { invoice_now: true, prorate: true });
  const billed = await stripe.invoices.retrieve(String(gone.latest_invoice));
  expect(facts(billed.lines)).toEqual(facts(seen.lines));
});

test("an end within the period gives back what comes after it, and a later end charges it again", async () => {
  const { stripe, customer, to, preview } = await inJune("ends");
  const price = await monthlyPrice(stripe, 3000);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  const ending = { cancel_at: june + 20 * day };
  const now = { ...ending, proration_behavior: "always_invoice" as const };
  const seen = await preview({ subscription: id, subscription_details: now });
  expect(said(seen)).toEqual([[-1000, "Unused time on Team after 21 Jun 2027"]]);
  const pending = async () =>
    (await stripe.invoiceItems.list({ customer, pending: true })).data.map(({ amount }) => amount);
  await stripe.subscriptions.update(id, ending);
  expect(await pending()).toEqual([-1000]);
  await stripe.subscriptions.update(id, { cancel_at: june + 25 * day });
  expect(await pending()).toEqual([500, -1000]);
  // What ends it is billed with what still waits.
  const last = await preview({ subscription: id });
  expect(amounts(last)).toEqual([-1000, 500]);
  await to(june + 25 * day + 2 * 3600);
  const over = await stripe.subscriptions.retrieve(id);
  expect(over.status).toBe("canceled");
  const billed = await stripe.invoices.retrieve(String(over.latest_invoice));
  expect(facts(billed.lines)).toEqual(facts(last.lines));
});

test("a period that will be cut short by the end costs its share when it begins", async () => {
  const { stripe, customer, to } = await inJune("short");
  const price = await monthlyPrice(stripe, 3100);
  const july = june + 30 * day;
  const { id } = await stripe.subscriptions.create({
    ...{ customer, items: [{ price: price.id }], cancel_at: july + 10 * day },
  });
  await to(july + 2 * 3600);
  const [renewal] = (await stripe.invoices.list({ subscription: id })).data;
  // July has 31 days.
  expect(renewal && said(renewal)).toEqual([
    [1000, "Time on 1 × Team from 1 Jul 2027 until 11 Jul 2027"],
  ]);
  await to(july + 11 * day);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(2);
});

test("a subscription that does not exist yet is previewed, for a customer or for anybody", async () => {
  const { stripe, customer, preview } = await inJune("new");
  const price = await monthlyPrice(stripe, 3000);
  const off = await stripe.coupons.create({ percent_off: 10, duration: "forever" });
  const items = [{ price: price.id, quantity: 2 }];
  const first = await preview({
    customer,
    subscription_details: { items },
    discounts: [{ coupon: off.id }],
    invoice_items: [{ amount: 500, currency: "usd", description: "Setup" }],
  });
  expect(said(first)).toEqual([
    [500, "Setup"],
    [6000, "2 × Team (at $30.00 / month)"],
  ]);
  expect(first).toMatchObject({ customer, subtotal: 6500, total: 5850, status: "draft" });
  expect(first.parent?.subscription_details?.subscription).toMatch(/^sub_/);

  const trial = await preview({ customer, subscription_details: { items, trial_end: june + day } });
  expect(trial.total).toBe(0);
  // Half of June, until the first of the anchor's periods.
  const anchored = { type: "timestamp" as const, timestamp: june + 15 * day };
  const stub = await preview({
    customer,
    subscription_details: { items, billing_cycle_anchor: anchored },
  });
  expect(stub.lines.data[0]?.period).toEqual({ start: june, end: june + 15 * day });
  // The whole period would have been from 16 May to 16 June: 31 days.
  expect(amounts(stub)).toEqual([2903]);
  const free = { billing_cycle_anchor: anchored, proration_behavior: "none" as const };
  expect(amounts(await preview({ customer, subscription_details: { items, ...free } }))).toEqual([
    0,
  ]);

  const nobody = await preview({
    customer_details: { address: { country: "DE" }, tax_exempt: "exempt" },
    subscription_details: { items: [{ price_data: inline(price), quantity: 1 }] },
  });
  expect(nobody).toMatchObject({
    total: 1200,
    customer_address: { country: "DE" },
    customer_tax_exempt: "exempt",
  });
  expect((await stripe.customers.list()).data).toHaveLength(1);
  expect((await stripe.subscriptions.list({ status: "all" })).data).toEqual([]);
  expect((await stripe.prices.list()).data).toHaveLength(1);
});

function inline(price: Stripe.Price) {
  return {
    ...{ currency: "usd", product: String(price.product), unit_amount: 1200 },
    recurring: { interval: "week" as const },
  };
}

test("tax is seen before an address is saved, and without one what is lacking is said", async () => {
  const { stripe, customer, preview } = await inJune("tax");
  const price = await monthlyPrice(stripe, 10_000);
  await stripe.tax.settings.update({ head_office: { address: { country: "DE" } } });
  await stripe.tax.registrations.create({
    country: "DE",
    country_options: { de: { type: "standard", standard: { place_of_supply_scheme: "standard" } } },
    active_from: "now",
  });
  const about = {
    customer,
    automatic_tax: { enabled: true },
    subscription_details: { items: [{ price: price.id }] },
  };
  const taxed = await preview({ ...about, customer_details: { address: { country: "DE" } } });
  expect(taxed).toMatchObject({ total: 11_900, automatic_tax: { status: "complete" } });
  const lacking = await preview(about);
  expect(lacking).toMatchObject({
    total: 10_000,
    automatic_tax: { status: "requires_location_inputs" },
  });
  expect((await stripe.customers.retrieve(customer)) as Stripe.Customer).toMatchObject({
    address: null,
  });
});

test("what a period costs by itself leaves out trials, prorations and what is billed once", async () => {
  const { stripe, customer, to, preview } = await inJune("recurring");
  const price = await monthlyPrice(stripe, 3000);
  const [once, always] = [
    await stripe.coupons.create({ percent_off: 50, duration: "once" }),
    await stripe.coupons.create({ percent_off: 10, duration: "forever" }),
  ];
  const { id, items } = await stripe.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    discounts: [{ coupon: once.id }, { coupon: always.id }],
    trial_period_days: 20,
  });
  await stripe.invoiceItems.create({ customer, amount: 450, currency: "usd" });
  await to(june + 10 * day);
  const changed = { items: [{ id: items.data[0]?.id ?? "", quantity: 3 }] };
  const usual = await preview({
    ...{ subscription: id, subscription_details: changed, preview_mode: "recurring" },
  });
  expect(said(usual)).toEqual([[9000, "3 × Team (at $30.00 / month)"]]);
  expect(usual.total).toBe(8100);
  const next = await preview({ subscription: id, subscription_details: changed });
  expect(amounts(next)).toEqual([450, 9000]);
});

test("a schedule is previewed: one that has not begun, one that runs, one only thought of", async () => {
  const { stripe, customer, preview } = await inJune("schedules");
  const [small, large] = [
    await monthlyPrice(stripe, 1000),
    await monthlyPrice(stripe, 5000, "Pro"),
  ];
  const phases = [
    { items: [{ price: small.id }], duration: month },
    { items: [{ price: large.id, quantity: 2 }], duration: month },
  ];
  const thought = await preview({
    customer,
    schedule_details: { phases: [{ ...phases[1], start_date: june + 9 * day }] as never },
  });
  expect(amounts(thought)).toEqual([10_000]);
  expect(thought.created).toBe(june + 9 * day);

  const later = await stripe.subscriptionSchedules.create({
    ...{ customer, start_date: june + 5 * day, phases },
  });
  const first = await preview({ schedule: later.id });
  expect([amounts(first), first.created]).toEqual([[1000], june + 5 * day]);

  const running = await stripe.subscriptionSchedules.create({
    ...{ customer, start_date: "now" as const, phases },
  });
  expect(amounts(await preview({ schedule: running.id }))).toEqual([10_000]);
  const [now] = running.phases;
  const planned = [
    { ...phases[0], start_date: now?.start_date ?? 0, end_date: june + 15 * day },
    { items: [{ price: large.id }], duration: month },
  ].map(({ duration, ...phase }) => ("end_date" in phase ? phase : { ...phase, duration }));
  // On the 16th 500 of 1000 come back, half of 5000 is due, and July is 5000.
  const moved = await preview({
    schedule: running.id,
    schedule_details: { phases: planned as never },
  });
  expect(amounts(moved)).toEqual([-500, 2500, 5000]);
  expect(moved.created).toBe(june + 30 * day);
  expect((await stripe.subscriptionSchedules.retrieve(running.id)).phases).toEqual(running.phases);
  await expect(
    preview({ schedule: running.id, subscription_details: { cancel_now: true } }),
  ).rejects.toMatchObject({ statusCode: 400, param: "subscription_details" });
});

test("pausing and resuming are previewed as they bill", async () => {
  const { stripe, customer, to, preview } = await inJune("pausing");
  const price = await monthlyPrice(stripe, 3000);
  const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
  await to(june + 10 * day);
  const pause = {
    bill_for: { unused_time_from: { type: "now" as const } },
    invoicing_behavior: "invoice" as const,
  };
  const seen = await preview({ subscription: id, subscription_details: { pause } });
  expect(amounts(seen)).toEqual([-2000]);
  await stripe.subscriptions.pause(id, pause);
  await to(june + 18 * day);
  const unchanged = { billing_cycle_anchor: { type: "unchanged" as const } };
  const back = await preview({
    subscription: id,
    subscription_details: { resume_at: "now", ...unchanged },
  });
  // 12 of 30 days are left of June, on the old days.
  expect(said(back)).toEqual([[1200, "Time on 1 × Team from 19 Jun 2027 until 1 Jul 2027"]]);
  const { latest_invoice } = await stripe.subscriptions.resume(id, unchanged);
  const billed = await stripe.invoices.retrieve(String(latest_invoice));
  expect(facts(billed.lines)).toEqual(facts(back.lines));
});

test("without a subscription, a preview is of what waits for a customer, or there is none", async () => {
  const { stripe, customer, preview } = await inJune("alone");
  await expect(preview({ customer })).rejects.toMatchObject({ code: "invoice_upcoming_none" });
  await expect(preview({})).rejects.toMatchObject({ statusCode: 400 });
  const kept = await stripe.invoiceItems.create({ customer, amount: 700, currency: "usd" });
  const seen = await preview({
    customer,
    invoice_items: [
      { invoiceitem: kept.id, amount: 900 },
      { currency: "usd", unit_amount: 25, quantity: 4 },
    ],
  });
  expect(amounts(seen)).toEqual([900, 100]);
  expect((await stripe.invoiceItems.retrieve(kept.id)).amount).toBe(700);
});

test("whatever is changed and as of whenever, a preview has the lines that are then billed", async () => {
  const { stripe, customer, to, preview } = await inJune("property");
  const rate = await stripe.taxRates.create({
    ...{ display_name: "VAT", inclusive: false, percentage: 7.7 },
  });
  const off = await stripe.coupons.create({ percent_off: 12.5, duration: "forever" });
  const yearly = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 99_900, recurring: { interval: "year" } },
    product_data: { name: "Year" },
  });
  const prices = [
    (await monthlyPrice(stripe, 1999)).id,
    (await monthlyPrice(stripe, 701, "Seat")).id,
    (await monthlyPrice(stripe, 12_345, "Pro")).id,
    yearly.id,
  ];
  let now = june;
  const change = fc.record({
    kind: fc.constantFrom("quantity", "price", "add", "remove", "cycle"),
    price: fc.nat(3),
    quantity: fc.integer({ min: 0, max: 40 }),
    asOf: fc.double({ min: 0, max: 1, noNaN: true }),
    hours: fc.integer({ min: 1, max: 60 }),
    isDiscounted: fc.boolean(),
    isTaxed: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(change, async (one) => {
      const [first, second] = prices as [string, string];
      const made = await stripe.subscriptions.create({
        customer,
        items: [{ price: first, quantity: 3 }, { price: second }],
        ...(one.isDiscounted ? { discounts: [{ coupon: off.id }] } : {}),
        ...(one.isTaxed ? { default_tax_rates: [rate.id] } : {}),
      });
      now += one.hours * 3600;
      await to(now);
      const id = made.items.data[0]?.id ?? "";
      const wanted = prices[one.price] ?? first;
      const { quantity } = one;
      const changes: Record<string, Stripe.SubscriptionUpdateParams> = {
        quantity: { items: [{ id, quantity }] },
        price: { items: [{ id, price: wanted, quantity }] },
        add: { items: [{ price: wanted, quantity }] },
        remove: { items: [{ id, deleted: true }] },
        cycle: { items: [{ id, quantity }], billing_cycle_anchor: { type: "now" } },
      };
      const [begun, end] = [made.created, made.items.data[0]?.current_period_end ?? 0];
      const params = {
        ...changes[one.kind],
        proration_behavior: "always_invoice" as const,
        proration_date: begun + Math.floor((Math.min(now, end) - begun) * one.asOf),
      };
      const seen = await preview({
        subscription: made.id,
        subscription_details: params as never,
      });
      const changed = await stripe.subscriptions.update(made.id, params);
      const latest = await stripe.invoices.retrieve(String(changed.latest_invoice));
      const isBilled = changed.latest_invoice !== made.latest_invoice;
      await stripe.subscriptions.cancel(made.id);
      // Nothing changed: the preview is of the renewal.
      if (!isBilled) return;
      expect(facts(seen.lines)).toEqual(facts(latest.lines));
      expect(seen.total).toBe(latest.total);
    }),
    { numRuns: 30 },
  );
});
