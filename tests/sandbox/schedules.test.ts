import type Stripe from "stripe";
import { expect, test } from "vitest";
import { monthlyPrice, payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;

async function shop(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const small = await monthlyPrice(stripe, 1000, "Small");
  const large = await monthlyPrice(stripe, 5000, "Large");
  const advance = (seconds: number) => sandbox.admin("/clock", { advance_seconds: seconds }, name);
  const totals = async (subscription: string) =>
    (await stripe.invoices.list({ subscription })).data.map(({ total }) => total).reverse();
  return { stripe, customer, small, large, advance, totals };
}

const month = { interval: "month" as const, interval_count: 1 };

test("phases follow each other by their duration, and then the subscription is released", async () => {
  const { stripe, customer, small, large, advance, totals } = await shop("phases");
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: "now",
    phases: [
      { items: [{ price: small.id, quantity: 1 }], duration: { ...month, interval_count: 2 } },
      { items: [{ price: large.id, quantity: 2 }], duration: month },
    ],
  });
  expect(schedule).toMatchObject({
    status: "active",
    current_phase: { end_date: expect.anything() },
  });
  const id = String(schedule.subscription);
  expect((await stripe.subscriptions.retrieve(id)).schedule).toBe(schedule.id);
  await advance(100 * day);
  expect(await totals(id)).toEqual([1000, 1000, 10_000, 10_000]);
  expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({
    status: "released",
    released_subscription: id,
    subscription: null,
  });
  expect((await stripe.subscriptions.retrieve(id)).schedule).toBeNull();
});

test("a schedule that starts later makes its subscription then, and can end it", async () => {
  const { stripe, customer, small, advance, totals } = await shop("later");
  const start = Math.floor(Date.now() / 1000) + 5 * day;
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: start,
    end_behavior: "cancel",
    phases: [{ items: [{ price: small.id }], duration: month }],
  });
  expect(schedule).toMatchObject({ status: "not_started", subscription: null });
  await advance(6 * day);
  const begun = await stripe.subscriptionSchedules.retrieve(schedule.id);
  expect(begun.status).toBe("active");
  await advance(40 * day);
  const over = await stripe.subscriptionSchedules.retrieve(schedule.id);
  expect(over.status).toBe("completed");
  const id = String(begun.subscription);
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("canceled");
  expect(await totals(id)).toEqual([1000]);
});

test("a running subscription is put on a schedule, to go down when its period ends", async () => {
  const { stripe, customer, small, large, advance, totals } = await shop("down");
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: large.id }],
  });
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: made.id });
  const [now] = schedule.phases;
  const items = (price: Stripe.Price) => [{ price: price.id, quantity: 1 }];
  const planned = await stripe.subscriptionSchedules.update(schedule.id, {
    phases: [
      { items: items(large), start_date: now?.start_date ?? 0, end_date: now?.end_date ?? 0 },
      { items: items(small), duration: month },
    ],
  });
  expect(planned.phases).toHaveLength(2);
  await advance(32 * day);
  expect(await totals(made.id)).toEqual([5000, 1000]);
  expect((await stripe.invoiceItems.list({ pending: true })).data).toEqual([]);
  await expect(
    stripe.subscriptionSchedules.create({ from_subscription: made.id }),
  ).rejects.toMatchObject({ param: "from_subscription" });
  const released = await stripe.subscriptionSchedules.release(schedule.id);
  expect(released.status).toBe("released");
  await expect(stripe.subscriptionSchedules.cancel(schedule.id)).rejects.toThrow("released");
});

test("canceling a schedule ends its subscription, and both say so", async () => {
  const { stripe, customer, small } = await shop("cancel");
  const schedule = await stripe.subscriptionSchedules.create({
    customer: customer.id,
    start_date: "now",
    phases: [{ items: [{ price: small.id }], duration: month }],
  });
  expect((await stripe.subscriptionSchedules.cancel(schedule.id)).status).toBe("canceled");
  const types = (await stripe.events.list({ limit: 5 })).data.map(({ type }) => type);
  expect(types).toEqual(
    expect.arrayContaining(["subscription_schedule.canceled", "customer.subscription.deleted"]),
  );
});

test("a phase with an end and a duration, or without items, is refused", async () => {
  const { stripe, customer, small } = await shop("bad");
  const at = { customer: customer.id, start_date: "now" as const };
  await expect(
    stripe.subscriptionSchedules.create({
      ...at,
      phases: [{ items: [{ price: small.id }], duration: month, end_date: 4_000_000_000 }],
    }),
  ).rejects.toMatchObject({ param: "phases[0][duration]" });
  await expect(stripe.subscriptionSchedules.create(at)).rejects.toMatchObject({ param: "phases" });
});
