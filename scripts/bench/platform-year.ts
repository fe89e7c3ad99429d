import Stripe from "stripe";

/** What a year of a platform came to. */
export interface Year {
  seconds: number;
  invoices: number;
  paidPayouts: number;
  pastDue: number;
  canceled: number;
}

const subscribers = 1000;
const day = 86_400;

/**
 * Plays a year of a platform with a thousand monthly subscriptions through the API alone: they
 * come over 25 days, every tenth changes its plan in the middle of a month (prorated and billed at
 * once), every twentieth pays with a card that is refused at renewal (dunning), and the platform is
 * paid out daily.
 */
export async function playYear(port: number, name: string): Promise<Year> {
  const key = `sk_test_${name}`;
  const stripe = new Stripe(key, {
    ...{ host: "127.0.0.1", port, protocol: "http" as const },
    ...{ maxNetworkRetries: 0, telemetry: false },
  });
  const advance = (days: number) => moveClock(port, key, days * day);
  const start = performance.now();
  const [small, large] = await Promise.all([price(stripe, 2000), price(stripe, 4900)]);
  const { id } = await stripe.accounts.retrieveCurrent();
  await stripe.accounts.createExternalAccount(id, { external_account: bank });
  await stripe.balanceSettings.update({
    payments: { payouts: { schedule: { interval: "daily" } } },
  });
  const made: Stripe.Subscription[] = [];
  for (let days = 0; days < 25; days += 1) {
    const today = await inGroups(subscribers / 25, 16, (place) =>
      subscribe(stripe, small, made.length + place),
    );
    made.push(...today);
    await advance(1);
  }
  for (let month = 0; month < 11; month += 1) {
    const theirs = made.filter((_, place) => place % 110 < 10 && place % 11 === month);
    await inGroups(theirs.length, 16, (place) => upgrade(stripe, theirs[place]!, large));
    await advance(31);
  }
  const seconds = (performance.now() - start) / 1000;
  return { seconds, ...(await countOf(stripe)) };
}

const bank = {
  ...{ object: "bank_account" as const, country: "US", currency: "usd" },
  ...{ account_number: "000123456789", routing_number: "110000000" },
};

function price(stripe: Stripe, unit_amount: number): Promise<Stripe.Price> {
  return stripe.prices.create({
    ...{ currency: "usd", unit_amount, recurring: { interval: "month" } },
    product_data: { name: `Plan ${unit_amount}` },
  });
}

async function subscribe(stripe: Stripe, { id }: Stripe.Price, place: number) {
  const card = place % 20 === 7 ? "pm_card_chargeCustomerFail" : "pm_card_visa";
  const customer = await stripe.customers.create({ email: `tenant${place}@example.test` });
  const good = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: id }], default_payment_method: good.id },
  });
  if (card === "pm_card_visa") return subscription;
  const bad = await stripe.paymentMethods.attach(card, { customer: customer.id });
  return stripe.subscriptions.update(subscription.id, { default_payment_method: bad.id });
}

async function upgrade(stripe: Stripe, { id }: Stripe.Subscription, large: Stripe.Price) {
  const now = await stripe.subscriptions.retrieve(id);
  if (now.status !== "active") return;
  const items = [{ id: now.items.data[0]!.id, price: large.id }];
  await stripe.subscriptions.update(id, { items, proration_behavior: "always_invoice" });
}

async function countOf(stripe: Stripe): Promise<Omit<Year, "seconds">> {
  const counts = { invoices: 0, paidPayouts: 0, pastDue: 0, canceled: 0 };
  for await (const _ of stripe.invoices.list({ limit: 100 })) counts.invoices += 1;
  for await (const _ of stripe.payouts.list({ limit: 100, status: "paid" })) {
    counts.paidPayouts += 1;
  }
  for await (const { status } of stripe.subscriptions.list({ limit: 100, status: "all" })) {
    if (status === "past_due") counts.pastDue += 1;
    if (status === "canceled") counts.canceled += 1;
  }
  return counts;
}

async function inGroups<T>(count: number, clients: number, work: (place: number) => Promise<T>) {
  const results: T[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const place = next;
      next += 1;
      results[place] = await work(place);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return results;
}

async function moveClock(port: number, key: string, advance_seconds: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/_sandbox/clock`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ advance_seconds }),
  });
  if (!answer.ok) throw new Error(`The clock did not move: ${await answer.text()}`);
}
