import { expect, test } from "vitest";
import { monthlyPrice, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const day = 86_400;
const noon = 1_767_268_800;

async function onClock(name: string) {
  const stripe = sandbox.client(name);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: noon, name: "Winter" });
  const customer = await stripe.customers.create({
    email: "ada@acme.test",
    test_clock: clock.id,
    payment_method: "pm_card_visa",
  });
  const [card] = (await stripe.customers.listPaymentMethods(customer.id)).data;
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: card?.id ?? "" },
  });
  const price = await monthlyPrice(stripe, 1000);
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  const advance = async (to: number) => {
    const moving = await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });
    expect(moving).toMatchObject({
      status: "advancing",
      status_details: { advancing: { target_frozen_time: to } },
    });
    const status = async () => (await stripe.testHelpers.testClocks.retrieve(clock.id)).status;
    await expect.poll(status, { timeout: 5000 }).toBe("ready");
  };
  return { stripe, clock, customer, price, subscription, advance };
}

test("57: a test clock moves its customers alone, from advancing to ready", async () => {
  const { stripe, clock, customer, price, subscription, advance } = await onClock("clock");
  expect(subscription).toMatchObject({ test_clock: clock.id, created: noon, start_date: noon });
  const outside = await stripe.customers.create({ payment_method: "pm_card_visa" });
  const [card] = (await stripe.customers.listPaymentMethods(outside.id)).data;
  const other = await stripe.subscriptions.create({
    customer: outside.id,
    items: [{ price: price.id }],
    default_payment_method: card?.id ?? "",
  });
  await advance(noon + 45 * day);
  const invoices = await stripe.invoices.list({ customer: customer.id });
  expect(invoices.data.map(({ status, created }) => [status, created])).toEqual([
    ["paid", noon + 31 * day],
    ["paid", noon],
  ]);
  expect(invoices.data[0]?.status_transitions.paid_at).toBe(noon + 31 * day + 3601);
  expect((await stripe.invoices.list({ subscription: other.id })).data).toHaveLength(1);
  const later = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  expect(later.canceled_at).toBe(noon + 45 * day);
  const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
  for (const step of ["created", "advancing", "ready"]) {
    expect(types).toContain(`test_helpers.test_clock.${step}`);
  }
});

test("57: it goes at most two of the shortest intervals at once, and never back", async () => {
  const { stripe, clock, advance } = await onClock("limits");
  const to = (frozen_time: number) =>
    stripe.testHelpers.testClocks.advance(clock.id, { frozen_time });
  await expect(to(noon + 63 * day)).rejects.toMatchObject({ param: "frozen_time" });
  await expect(to(noon)).rejects.toMatchObject({ param: "frozen_time" });
  await advance(noon + 59 * day);
  const both = await Promise.allSettled([to(noon + 60 * day), to(noon + 61 * day)]);
  const refused = both.filter(({ status }) => status === "rejected");
  expect(refused).toMatchObject([{ reason: { message: expect.stringContaining("underway") } }]);
});

test("the namespace's own time does not move what is under a test clock", async () => {
  const { stripe, subscription } = await onClock("apart");
  await sandbox.admin("/clock", { advance_seconds: 40 * day }, "apart");
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
});

test("deleting a test clock deletes its customers and ends their subscriptions", async () => {
  const { stripe, clock, customer, subscription } = await onClock("delete");
  expect(await stripe.testHelpers.testClocks.del(clock.id)).toMatchObject({ deleted: true });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("canceled");
});
