import type { StripeClient } from "#lib/stripe/stripe-client";
import type { Random } from "#scripts/chaos/random";

/** Where a story happens. */
export type Place = {
  stripe: StripeClient;
  random: Random;
  /** Its number, written on what it makes where Stripe has room for it. */
  mark: { schedule: string };
  tenantId: string;
  /** The tenant's connected account. */
  account: string;
  on: { stripeAccount: string };
  priceId: string;
  /** Takes note of an object it made. */
  note(id: string): void;
  /** An act of somebody else's, by the local Stripe's admin plane. */
  act(path: string, body?: object): Promise<unknown>;
};

/** A few objects that change several times. Between two changes, at a yield, time may pass. */
export type Story = (place: Place) => AsyncGenerator<void>;

/** Each story, and how often it is told among the others. */
export const stories: { readonly [name: string]: { weight: number; tell: Story } } = {
  "a customer of the platform's changes": {
    weight: 8,
    tell: (place) => customerChanges(place, {}),
  },
  "a customer of a tenant's changes": {
    weight: 24,
    tell: (place) => customerChanges(place, place.on),
  },
  "a product and its price change": { weight: 8, tell: productChanges },
  "a payment is taken and given back": { weight: 5, tell: paymentIsTaken },
  "a payment is disputed": { weight: 2, tell: paymentIsDisputed },
  "money is paid out": { weight: 2, tell: moneyIsPaidOut },
  "money goes to a tenant and back": { weight: 2, tell: moneyIsTransferred },
  "a tenant subscribes": { weight: 3, tell: tenantSubscribes },
  "a tenant's card is declined": { weight: 2, tell: cardIsDeclined },
  "an invoice is written": { weight: 3, tell: invoiceIsWritten },
};

async function* customerChanges(place: Place, on: object): AsyncGenerator<void> {
  const { stripe, random, mark, note } = place;
  const { id } = await stripe.customers.create({ name: "Born", metadata: mark }, on);
  note(id);
  for (let change = random.int(1, 4); change > 0; change -= 1) {
    if (random.chance(0.6)) yield;
    const email = random.chance(0.5) ? { email: `c${random.int(1, 99)}@example.com` } : {};
    await stripe.customers.update(id, { name: `Name ${random.int(1, 1e6)}`, ...email }, on);
  }
  if (random.chance(0.85)) return;
  if (random.chance(0.5)) yield;
  await stripe.customers.del(id, {}, on);
}

async function* productChanges({ stripe, random, mark, note }: Place): AsyncGenerator<void> {
  const product = await stripe.products.create({ name: "Thing", metadata: mark });
  note(product.id);
  if (random.chance(0.4)) yield;
  const currency = random.pick(["usd", "eur"]);
  const unit_amount = random.int(100, 9_900);
  const price = await stripe.prices.create({ product: product.id, currency, unit_amount });
  note(price.id);
  for (let change = random.int(1, 3); change > 0; change -= 1) {
    if (random.chance(0.6)) yield;
    if (random.chance(0.5)) {
      await stripe.products.update(product.id, { name: `Thing ${random.int(1, 1e6)}` });
    } else await stripe.prices.update(price.id, { active: random.chance(0.5) });
  }
}

async function pay(
  { stripe, on, note, mark }: Place,
  payment_method: string,
  amount: number,
  capture_method: "automatic" | "manual" = "automatic",
) {
  const intent = await stripe.paymentIntents.create(
    {
      ...{ amount, currency: "usd", payment_method, confirm: true, metadata: mark, capture_method },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    },
    on,
  );
  note(intent.id);
  return intent;
}

async function* paymentIsTaken(place: Place): AsyncGenerator<void> {
  const { stripe, random, on, note } = place;
  const amount = random.int(500, 50_000);
  const isHeld = random.chance(0.4);
  const { id } = await pay(place, "pm_card_visa", amount, isHeld ? "manual" : "automatic");
  if (isHeld) {
    if (random.chance(0.6)) yield;
    if (random.chance(0.2)) return void (await stripe.paymentIntents.cancel(id, {}, on));
    await stripe.paymentIntents.capture(id, { amount_to_capture: 400 }, on);
  }
  for (let times = random.int(0, 2); times > 0; times -= 1) {
    if (random.chance(0.6)) yield;
    const refund = await stripe.refunds.create({ payment_intent: id, amount: 100 }, on);
    note(refund.id);
  }
}

async function* paymentIsDisputed(place: Place): AsyncGenerator<void> {
  const { stripe, random, on, note } = place;
  const { id } = await pay(place, "pm_card_createDispute", random.int(500, 9_000));
  yield;
  const { data } = await stripe.disputes.list({ payment_intent: id }, on);
  for (const dispute of data) {
    note(dispute.id);
    if (random.chance(0.5)) yield;
    if (random.chance(0.5)) await stripe.disputes.close(dispute.id, {}, on);
  }
}

async function* moneyIsPaidOut(place: Place): AsyncGenerator<void> {
  const { stripe, random, on, note } = place;
  await pay(place, "pm_card_bypassPending", 20_000);
  if (random.chance(0.5)) yield;
  const payout = await stripe.payouts.create({ amount: 1_000, currency: "usd" }, on);
  note(payout.id);
  if (random.chance(0.5)) yield;
  if (random.chance(0.3)) await stripe.payouts.cancel(payout.id, {}, on);
  else await stripe.payouts.update(payout.id, { metadata: place.mark }, on);
}

async function* moneyIsTransferred(place: Place): AsyncGenerator<void> {
  const { stripe, random, account, note, mark } = place;
  const to = { amount: random.int(100, 900), currency: "usd", destination: account };
  const { id } = await stripe.transfers.create({ ...to, metadata: mark });
  note(id);
  if (random.chance(0.6)) yield;
  await stripe.transfers.update(id, { metadata: { note: String(random.int(1, 1e6)) } });
  if (random.chance(0.5)) await stripe.transfers.createReversal(id, { amount: 50 });
}

async function subscribe(place: Place, card: string) {
  const { stripe, tenantId, priceId, note, mark } = place;
  const customer = await stripe.customers.create({ metadata: mark });
  note(customer.id);
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id });
  const subscription = await stripe.subscriptions.create({
    ...{ customer: customer.id, items: [{ price: priceId, quantity: 1 }] },
    ...{ default_payment_method: method.id, metadata: { ...mark, tenant_id: tenantId } },
  });
  note(subscription.id);
  return { customer, subscription };
}

async function* tenantSubscribes(place: Place): AsyncGenerator<void> {
  const { stripe, random } = place;
  const { subscription } = await subscribe(place, "pm_card_visa");
  const { id, items } = subscription;
  for (let change = random.int(1, 3); change > 0; change -= 1) {
    if (random.chance(0.6)) yield;
    const quantity = random.int(1, 9);
    await stripe.subscriptions.update(id, { items: [{ id: items.data[0]!.id, quantity }] });
  }
  if (random.chance(0.6)) yield;
  if (random.chance(0.4)) await stripe.subscriptions.cancel(id);
}

async function* cardIsDeclined(place: Place): AsyncGenerator<void> {
  const { stripe, random } = place;
  const { customer, subscription } = await subscribe(place, "pm_card_chargeCustomerFail");
  const { id, latest_invoice: invoice } = subscription;
  if (random.chance(0.6)) yield;
  if (random.chance(0.4)) return void (await stripe.subscriptions.cancel(id));
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: customer.id });
  if (random.chance(0.6)) yield;
  await stripe.invoices.pay(String(invoice), { payment_method: method.id });
}

async function* invoiceIsWritten(place: Place): AsyncGenerator<void> {
  const { stripe, random, on, note, mark } = place;
  const customer = await stripe.customers.create({ name: "A buyer", metadata: mark }, on);
  note(customer.id);
  await stripe.invoiceItems.create({ customer: customer.id, amount: 900, currency: "usd" }, on);
  if (random.chance(0.4)) yield;
  const draft = await stripe.invoices.create(
    { customer: customer.id, pending_invoice_items_behavior: "include", auto_advance: false },
    on,
  );
  note(draft.id);
  if (random.chance(0.6)) yield;
  if (random.chance(0.1)) return void (await stripe.invoices.del(draft.id, {}, on));
  await stripe.invoices.finalizeInvoice(draft.id, {}, on);
  if (random.chance(0.6)) yield;
  if (random.chance(0.3)) await stripe.invoices.voidInvoice(draft.id, {}, on);
  else await stripe.invoices.pay(draft.id, { paid_out_of_band: true }, on);
}

const total = Object.values(stories).reduce((sum, { weight }) => sum + weight, 0);

/** Draws a story, by weight. */
export function drawStory(random: Random): { name: string; tell: Story } {
  let left = random.next() * total;
  for (const [name, { weight, tell }] of Object.entries(stories)) {
    left -= weight;
    if (left < 0) return { name, tell };
  }
  throw new Error("the weights do not sum to their total");
}
