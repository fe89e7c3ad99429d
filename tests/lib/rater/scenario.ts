import { expect } from "vitest";
import type { Interval } from "#lib/catalog/plan";
import { judgeInvoice } from "#lib/rater/judge-invoice";
import type { TaxRate } from "#lib/rater/taxes";
import type { BilledInvoice } from "#lib/stripe/billed-invoice";
import type { StripeClient } from "#lib/stripe/stripe-client";
import { type Billing, type Books, type Coupon, keepBooks } from "#tests/lib/rater/history";
import type { TestPlan } from "#tests/lib/rater/plans";
import { type Cycle, openShop, type Shop } from "#tests/lib/rater/shop";
import type { TestSandbox } from "#tests/support/sandbox";

/** Something that happens to a subscription at an instant, at Stripe and in our books alike. */
export type Act =
  | { do: "seats"; count: number; how: Billing }
  | { do: "plan"; plan: TestPlan; how: Billing }
  | { do: "interval"; plan: TestPlan; interval: Interval }
  | { do: "add"; plan: TestPlan; key: string; quantity: number; how: Billing }
  | { do: "drop"; key: string; how: Billing }
  | { do: "use"; key: string; units: number; stamped?: string }
  | { do: "pause" | "resume" | "cancelAtEnd" | "payOpen" }
  /** Given back whole, where no part of it is said. */
  | { do: "refundLast"; minor?: number }
  | { do: "card"; card: string }
  | { do: "credit"; minor: number };
export type Happening = Act & { at: string };

export type Scenario = Cycle & {
  name: string;
  plan: TestPlan;
  seats?: number;
  start: string;
  until: string;
  trialDays?: number;
  coupons?: readonly Coupon[];
  tax?: Omit<TaxRate, "id">;
  acts: readonly Happening[];
};

const day = 86_400;
/** A test clock goes at most two intervals at a time. */
const stride = { month: 58 * day, year: 700 * day };
const seconds = (instant: string) => Date.parse(instant) / 1000;

/** Lives a scenario at the local Stripe and in our books; every invoice is the same to the cent. */
export async function live(
  sandbox: TestSandbox,
  scenario: Scenario,
  name: string,
): Promise<number> {
  const shop = openShop(sandbox, name);
  const at = await subscribe(shop, scenario);
  const books = openBooks(scenario);
  let now = seconds(scenario.start);
  const passUntil = async (instant: number) => {
    while (now < instant) {
      now = Math.min(instant, now + stride[scenario.interval]);
      await advance(shop.stripe, at.clock, now);
    }
    books.passUntil(instant);
  };
  for (const { at: instant, ...act } of scenario.acts) {
    await passUntil(seconds(instant));
    await actAtStripe(shop, scenario, at, act as Act);
    note(books, now, act as Act);
  }
  await passUntil(seconds(scenario.until));

  const billed = await billedAt(shop, at.subscription);
  expect(billed.map(figuresOf)).toEqual(books.foretold);
  judgeAll(shop, billed, scenario, at);
  return billed.length;
}

type At = Awaited<ReturnType<typeof subscribe>>;

async function subscribe(shop: Shop, scenario: Scenario) {
  const { stripe } = shop;
  const start = seconds(scenario.start);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: "year@acme.test" });
  await chargeTo(stripe, customer.id, "pm_card_visa");
  const items = [];
  for (const component of scenario.plan.components) {
    const price = await shop.priceOf(scenario.plan, component, scenario);
    const quantity = component.kind === "seat" ? (scenario.seats ?? 1) : 1;
    items.push({ price, ...(component.kind === "usage" ? {} : { quantity }) });
  }
  const discounts = [];
  for (const coupon of scenario.coupons ?? []) {
    discounts.push({ coupon: await makeCoupon(stripe, coupon, scenario.currency) });
  }
  const rate = scenario.tax && (await makeRate(stripe, scenario.tax));
  const made = await stripe.subscriptions.create({
    ...{ customer: customer.id, items, discounts },
    ...(rate && { default_tax_rates: [rate.id] }),
    ...(scenario.trialDays && { trial_end: start + scenario.trialDays * day }),
  });
  return {
    ...{ clock: clock.id, customer: customer.id, subscription: made.id },
    rates: new Map(rate ? [[rate.id, rate]] : []),
  };
}

async function makeCoupon(
  stripe: StripeClient,
  { percent, amountMinor, lasts }: Coupon,
  currency: string,
): Promise<string> {
  const off = percent
    ? { percent_off: Number(percent) }
    : { amount_off: Number(amountMinor), currency };
  const duration =
    typeof lasts === "string"
      ? { duration: lasts }
      : { duration: "repeating" as const, duration_in_months: lasts.months };
  return (await stripe.coupons.create({ ...off, ...duration })).id;
}

async function makeRate(stripe: StripeClient, tax: Omit<TaxRate, "id">): Promise<TaxRate> {
  const { id } = await stripe.taxRates.create({
    ...{ display_name: "VAT", percentage: Number(tax.percent), inclusive: tax.isInclusive },
  });
  return { id, ...tax };
}

async function chargeTo(stripe: StripeClient, customer: string, card: string): Promise<void> {
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: method.id },
  });
}

async function advance(stripe: StripeClient, clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  const status = async () => (await stripe.testHelpers.testClocks.retrieve(clock)).status;
  while ((await status()) !== "ready") await new Promise((resolve) => setTimeout(resolve, 30));
}

function openBooks(scenario: Scenario): Books {
  const start = seconds(scenario.start);
  const used = scenario.acts.filter((act) => act.do === "use");
  const { currency, interval, plan, coupons, tax, trialDays } = scenario;
  return keepBooks({
    ...{ currency, interval, plan, start, seats: scenario.seats ?? 1 },
    ...(coupons && { coupons }),
    ...(tax && { tax }),
    ...(trialDays && { trialEnd: start + trialDays * day }),
    usedIn: (key, { from, to }) =>
      used
        .filter((act) => act.key === key)
        .filter((act) => {
          const stamp = seconds(act.stamped ?? act.at);
          return stamp >= from && stamp < to;
        })
        .reduce((sum, { units }) => sum + BigInt(units), 0n),
  });
}

/** What happens, in our books. */
function note(books: Books, at: number, act: Act): void {
  if (act.do === "seats") books.setSeats(at, act.count, act.how);
  if (act.do === "plan") books.switchPlan(at, act.plan, act.how);
  if (act.do === "interval") books.switchInterval(at, act.plan, act.interval);
  if (act.do === "drop") books.dropComponent(at, act.key, act.how);
  if (act.do === "pause") books.pause(at);
  if (act.do === "resume") books.resume(at);
  if (act.do === "cancelAtEnd") books.cancelAtEnd();
  if (act.do === "credit") books.credit(BigInt(act.minor));
  if (act.do === "add") {
    const component = act.plan.components.find(({ key }) => key === act.key)!;
    books.addComponent(at, component, BigInt(act.quantity), act.how);
  }
}

/** What happens, at Stripe. */
async function actAtStripe(shop: Shop, scenario: Scenario, at: At, act: Act): Promise<void> {
  const { stripe } = shop;
  const { subscription, customer } = at;
  if (act.do === "use") {
    const payload = { stripe_customer_id: customer, value: String(act.units) };
    const timestamp = act.stamped && { timestamp: seconds(act.stamped) };
    await stripe.billing.meterEvents.create({ event_name: act.key, payload, ...timestamp });
  }
  if (act.do === "card") await chargeTo(stripe, customer, act.card);
  if (act.do === "pause") {
    await stripe.subscriptions.pause(subscription, {
      type: "subscription",
      bill_for: { outstanding_usage_through: { type: "now" }, unused_time_from: { type: "now" } },
      invoicing_behavior: "invoice",
    });
  }
  if (act.do === "resume") {
    await stripe.subscriptions.resume(subscription, { billing_cycle_anchor: { type: "now" } });
  }
  if (act.do === "cancelAtEnd") {
    await stripe.subscriptions.update(subscription, { cancel_at_period_end: true });
  }
  if (act.do === "payOpen" || act.do === "refundLast" || act.do === "credit") {
    await moveMoney(stripe, subscription, act);
  }
  if ("plan" in act || "key" in act || "count" in act) await changeItems(shop, scenario, at, act);
}

async function moveMoney(stripe: StripeClient, subscription: string, act: Act): Promise<void> {
  const list = { subscription, expand: ["data.payments"] };
  const [latest] = (await stripe.invoices.list(list)).data;
  if (!latest?.id) return;
  if (act.do === "payOpen") await stripe.invoices.pay(latest.id);
  if (act.do === "refundLast") {
    const intent = latest.payments?.data[0]?.payment.payment_intent as string;
    const part = act.minor && { amount: act.minor };
    await stripe.refunds.create({ payment_intent: intent, ...part });
  }
  if (act.do === "credit") {
    const { minor } = act;
    await stripe.creditNotes.create({ invoice: latest.id, amount: minor, credit_amount: minor });
  }
}

async function changeItems(shop: Shop, scenario: Scenario, at: At, act: Act): Promise<void> {
  const { stripe, sold } = shop;
  const { items } = await stripe.subscriptions.retrieve(at.subscription);
  const { currency } = scenario;
  const itemOf = (kind: string) =>
    items.data.find(({ price }) => sold.get(price.id)?.kind === kind);
  const changed = [];
  const interval = items.data[0]?.price.recurring?.interval as Interval;
  if (act.do === "seats") changed.push({ id: itemOf("seat")!.id, quantity: act.count });
  if (act.do === "plan" || act.do === "interval") {
    const cycle = { currency, interval: act.do === "interval" ? act.interval : interval };
    for (const component of act.plan.components) {
      const item = itemOf(component.kind)!;
      const price = await shop.priceOf(act.plan, component, cycle);
      const { quantity } = item;
      changed.push({ id: item.id, price, ...(quantity === undefined ? {} : { quantity }) });
    }
  }
  if (act.do === "add") {
    const component = act.plan.components.find(({ key }) => key === act.key)!;
    const price = await shop.priceOf(act.plan, component, { currency, interval });
    changed.push({ price, quantity: act.quantity });
  }
  if (act.do === "drop") {
    const item = items.data.find(({ price }) => String(price.product).endsWith(`_${act.key}`));
    changed.push({ id: item!.id, deleted: true as const });
  }
  if (changed.length === 0) return;
  const how = "how" in act ? { proration_behavior: act.how } : {};
  await stripe.subscriptions.update(at.subscription, { items: changed, ...how });
}

/** Every final invoice of the subscription, the oldest first. */
async function billedAt({ stripe, gateway }: Shop, subscription: string): Promise<BilledInvoice[]> {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 });
  const billed = [];
  for (const { id } of data.reverse()) billed.push((await gateway.findBilledInvoice(id!))!);
  return billed;
}

function figuresOf(invoice: BilledInvoice) {
  return {
    lines: invoice.lines.map(({ amountMinor }) => amountMinor),
    ...{ subtotal: invoice.subtotalMinor, discount: invoice.discountMinor },
    ...{ tax: invoice.taxMinor, total: invoice.totalMinor, due: invoice.dueMinor },
  };
}

/** The check that runs on every invoice agrees too, knowing only the catalogue and earlier lines. */
function judgeAll(shop: Shop, billed: readonly BilledInvoice[], scenario: Scenario, at: At): void {
  const start = seconds(scenario.start);
  const trialEnd = start + (scenario.trialDays ?? 0) * day;
  for (const [place, invoice] of billed.entries()) {
    const { verdict, lines, sums } = judgeInvoice(invoice, {
      ...{ prices: shop.sold, rates: at.rates, anchor: null, corrections: new Map() },
      trial: scenario.trialDays ? { from: start, to: trialEnd } : null,
      earlier: billed.slice(0, place).flatMap((one) => one.lines),
    });
    const unequal = [...lines, ...sums].filter((one) => one.verdict !== "equal");
    expect({ scenario: scenario.name, place, unequal, verdict }).toEqual({
      ...{ scenario: scenario.name, place, unequal: [], verdict: "equal" },
    });
  }
}
