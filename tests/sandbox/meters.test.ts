import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const hour = 3600;

async function metered(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const meter = await stripe.billing.meters.create({
    display_name: "Calls",
    event_name: "calls",
    default_aggregation: { formula: "sum" },
  });
  const use = (value: string, more: { identifier?: string; timestamp?: number } = {}) =>
    stripe.billing.meterEvents.create({
      event_name: "calls",
      payload: { stripe_customer_id: customer.id, value },
      ...more,
    });
  const now = Math.floor(Date.now() / 1000);
  const start = Math.floor(now / hour) * hour - 5 * hour;
  const summaries = (window?: "hour" | "day") =>
    stripe.billing.meters.listEventSummaries(meter.id, {
      customer: customer.id,
      start_time: start,
      end_time: start + 7 * hour,
      ...(window === undefined ? {} : { value_grouping_window: window }),
    });
  return { stripe, customer, meter, use, now, start, summaries };
}

test("55: an identifier is counted once, and a timestamp stays within 35 days and 5 minutes", async () => {
  const { use, now, summaries } = await metered("m55");
  await use("3", { identifier: "once" });
  await expect(use("3", { identifier: "once" })).rejects.toThrow("already exists");
  await expect(use("1", { timestamp: now + 600 })).rejects.toMatchObject({
    code: "timestamp_in_future",
  });
  await expect(use("1", { timestamp: now - 36 * 24 * hour })).rejects.toMatchObject({
    code: "timestamp_too_far_in_past",
  });
  expect((await summaries()).data).toMatchObject([{ aggregated_value: 3 }]);
});

test("summaries add up by the hour, newest first, on whole hours only", async () => {
  const { stripe, customer, meter, use, start, summaries } = await metered("msum");
  await use("2", { timestamp: start + 60 });
  await use("3", { timestamp: start + hour + 60 });
  await use("4", { timestamp: start + hour + 120 });
  const { data } = await summaries("hour");
  expect(data.map(({ aggregated_value, start_time }) => [aggregated_value, start_time])).toEqual([
    [7, start + hour],
    [2, start],
  ]);
  expect((await summaries()).data).toMatchObject([{ aggregated_value: 9 }]);
  await expect(
    stripe.billing.meters.listEventSummaries(meter.id, {
      customer: customer.id,
      start_time: start + 60,
      end_time: start + hour,
      value_grouping_window: "hour",
    }),
  ).rejects.toMatchObject({ param: "start_time" });
});

test("an event can be taken back within a day, by its identifier", async () => {
  const { stripe, use, summaries } = await metered("madj");
  await use("5", { identifier: "wrong" });
  await use("1");
  await stripe.billing.meterEventAdjustments.create({
    event_name: "calls",
    type: "cancel",
    cancel: { identifier: "wrong" },
  });
  expect((await summaries()).data).toMatchObject([{ aggregated_value: 1 }]);
  await expect(
    stripe.v2.billing.meterEventAdjustments.create({
      event_name: "calls",
      type: "cancel",
      cancel: { identifier: "wrong" },
    }),
  ).rejects.toThrow("No meter event");
});

test("an alert warns once for each customer that reaches its threshold", async () => {
  const { stripe, customer, meter, use } = await metered("malert");
  const alert = await stripe.billing.alerts.create({
    alert_type: "usage_threshold",
    title: "Ten calls",
    usage_threshold: { gte: 10, meter: meter.id, recurrence: "one_time" },
  });
  await use("9");
  const warnings = async () => (await stripe.events.list({ type: "billing.alert.triggered" })).data;
  expect(await warnings()).toEqual([]);
  await use("2");
  await use("2");
  expect(await warnings()).toMatchObject([
    { data: { object: { customer: customer.id, value: 11, alert: { id: alert.id } } } },
  ]);
  expect((await stripe.billing.alerts.archive(alert.id)).status).toBe("archived");
  await expect(stripe.billing.alerts.activate(alert.id)).rejects.toThrow("archived");
});

test("a session's token streams events for 15 minutes, and does nothing else", async () => {
  const { stripe, customer, summaries } = await metered("mstream");
  const session = await stripe.v2.billing.meterEventSession.create();
  const left = Date.parse(session.expires_at) - Date.parse(session.created);
  expect(left).toBe(15 * 60 * 1000);
  const streamer = { apiKey: session.authentication_token };
  const events = ["a", "b", "b"].map((identifier) => ({
    event_name: "calls",
    identifier,
    payload: { stripe_customer_id: customer.id, value: "2" },
  }));
  await stripe.v2.billing.meterEventStream.create({ events }, streamer);
  expect((await summaries()).data).toMatchObject([{ aggregated_value: 4 }]);
  await expect(stripe.customers.list({}, streamer)).rejects.toMatchObject({ statusCode: 401 });
  await expect(stripe.v2.billing.meterEventStream.create({ events })).rejects.toThrow();
  await sandbox.admin("/clock", { advance_seconds: 15 * 60 }, "mstream");
  await expect(
    stripe.v2.billing.meterEventStream.create({ events }, streamer),
  ).rejects.toMatchObject({ type: "TemporarySessionExpiredError" });
});

test("what is wrong with a streamed event comes as a thin event", async () => {
  const { stripe, meter, customer } = await metered("mwrong");
  const { authentication_token: apiKey } = await stripe.v2.billing.meterEventSession.create();
  const payload = { stripe_customer_id: customer.id, value: "many" };
  await stripe.v2.billing.meterEventStream.create(
    {
      events: [
        { event_name: "calls", payload },
        { event_name: "nothing", payload },
      ],
    },
    { apiKey },
  );
  const { data } = await stripe.v2.core.events.list({});
  expect(data.map(({ type }) => type)).toEqual([
    "v1.billing.meter.no_meter_found",
    "v1.billing.meter.error_report_triggered",
  ]);
  expect(data[1]).toMatchObject({ related_object: { id: meter.id } });
});

test("55: usage counts some time after it was taken, once, and is billed all the same", async () => {
  const name = "late";
  const stripe = sandbox.client(name);
  await sandbox.admin("/settings", { meter_event_delay_seconds: 30 }, name);
  const { id: customer } = await payingCustomer(stripe);
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name: "late_calls" },
    default_aggregation: { formula: "sum" },
  });
  const identifier = "once";
  const send = () =>
    stripe.billing.meterEvents.create({
      ...{ event_name: "late_calls", identifier },
      payload: { stripe_customer_id: customer, value: "7" },
    });
  await send();
  await expect(send()).rejects.toMatchObject({ code: "duplicate_meter_event" });
  const counted = async () => {
    const hour = Math.floor(Date.now() / 3_600_000) * 3_600;
    const window = { start_time: hour - 3_600, end_time: hour + 7_200 };
    const { data } = await stripe.billing.meters.listEventSummaries(meter.id, {
      ...{ customer, ...window },
    });
    return data.reduce((sum, { aggregated_value: value }) => sum + value, 0);
  };
  expect(await counted()).toBe(0);
  await sandbox.admin("/clock", { advance_seconds: 31 }, name);
  expect(await counted()).toBe(7);
  await expect(send()).rejects.toMatchObject({ code: "duplicate_meter_event" });
});

const day = 24 * hour;

/** A subscription by usage that began ten days ago and counted 100 since, and a dearer price. */
async function tenDaysIn(name: string) {
  const { stripe, customer, meter, use } = await metered(name);
  const product = await stripe.products.create({ name: "Calls" });
  const priced = (unit_amount: number, interval: "month" | "year" = "month") =>
    stripe.prices.create({
      ...{ currency: "usd", unit_amount, product: product.id },
      recurring: { interval, usage_type: "metered", meter: meter.id },
    });
  const base = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 3000, recurring: { interval: "month" } },
    product_data: { name: "Base" },
  });
  const [old, dearer, yearly] = [await priced(10), await priced(25), await priced(9, "year")];
  const made = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: base.id }, { price: old.id }] },
  });
  await sandbox.admin("/clock", { advance_seconds: 10 * day }, name);
  const at = made.start_date + 5 * day;
  await use("100", { timestamp: at });
  const item = made.items.data.find(({ price }) => price.id === old.id)!.id;
  const usageLines = async (invoice: unknown) => {
    const { lines } = await stripe.invoices.retrieve(String(invoice));
    const prices = [old.id, dearer.id, yearly.id];
    return lines.data
      .filter(({ pricing }) => prices.includes(String(pricing?.price_details?.price)))
      .map(({ amount, quantity, period, pricing }) => ({
        ...{ amount, quantity, price: pricing?.price_details?.price },
        days: (period.end - period.start) / day,
      }));
  };
  return { stripe, customer, made, item, old, dearer, yearly, use, usageLines, at };
}

test("usage is billed by the price it was used under, where that is replaced within a period", async () => {
  const { stripe, made, item, old, dearer, use, usageLines } = await tenDaysIn("swap");
  const changed = await stripe.subscriptions.update(made.id, {
    ...{ items: [{ id: item, price: dearer.id }], proration_behavior: "always_invoice" },
  });
  expect(await usageLines(changed.latest_invoice)).toEqual([
    { amount: 1000, quantity: 100, price: old.id, days: 10 },
  ]);
  await sandbox.admin("/clock", { advance_seconds: day }, "swap");
  await use("4", { timestamp: made.start_date + 10 * day + hour });
  await sandbox.admin("/clock", { advance_seconds: 22 * day }, "swap");
  const { latest_invoice: renewal } = await stripe.subscriptions.retrieve(made.id);
  const whole = made.items.data[0]!;
  const days = (whole.current_period_end - whole.current_period_start) / day - 10;
  expect(await usageLines(renewal)).toEqual([{ amount: 100, quantity: 4, price: dearer.id, days }]);
});

test("a metered price that leaves is billed to its end where the change prorates, and else never", async () => {
  const { stripe, made, item, old, dearer, usageLines } = await tenDaysIn("leave");
  const preview = await stripe.invoices.createPreview({
    subscription: made.id,
    subscription_details: {
      ...{ items: [{ id: item, deleted: true }], proration_behavior: "always_invoice" },
    },
  });
  expect(preview.lines.data.map(({ amount }) => amount)).toEqual([1000]);
  const silent = await stripe.subscriptions.update(made.id, {
    ...{ items: [{ id: item, price: dearer.id }], proration_behavior: "none" },
  });
  expect(silent.latest_invoice).toBe(made.latest_invoice);
  const later = await stripe.subscriptions.update(made.id, {
    ...{ items: [{ id: item, deleted: true }], proration_behavior: "create_prorations" },
  });
  // What the first price counted is gone with it, and the second counted nothing.
  expect(later.latest_invoice).toBe(made.latest_invoice);
  expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  expect(old.unit_amount).toBe(10);
  expect(await usageLines(made.latest_invoice)).toEqual([]);
});

test("another interval bills the old price's usage and begins the counting anew", async () => {
  const { stripe, made, item, old, yearly, usageLines } = await tenDaysIn("interval");
  const base = made.items.data.find(({ id }) => id !== item)!;
  const changed = await stripe.subscriptions.update(made.id, {
    items: [
      { id: item, price: yearly.id },
      { id: base.id, deleted: true },
    ],
    proration_behavior: "always_invoice",
  });
  expect(await usageLines(changed.latest_invoice)).toEqual([
    { amount: 1000, quantity: 100, price: old.id, days: 10 },
  ]);
});
