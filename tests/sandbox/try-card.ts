import type Stripe from "stripe";

/** What came of a payment: its charge, and the error the SDK threw if it was refused. */
export interface Tried {
  intent: Stripe.PaymentIntent;
  charge: Stripe.Charge | undefined;
  error: Stripe.errors.StripeError | undefined;
}

const address = { city: "Turin", country: "IT", line1: "Via Roma 1", postal_code: "10121" };

/** A card as somebody types it, with its code and, unless told otherwise, an address. */
export async function typeCard(
  stripe: Stripe,
  number: string,
  { isBare = false } = {},
): Promise<Stripe.PaymentMethod> {
  const cvc = number.startsWith("3") ? "1234" : "123";
  return stripe.paymentMethods.create({
    type: "card",
    card: { number, exp_month: 12, exp_year: 2040, ...(isBare ? {} : { cvc }) },
    ...(isBare ? {} : { billing_details: { address } }),
  });
}

/** Pays 100 dollars by a payment method or a ready-made one, whatever comes of it. */
export async function pay(
  stripe: Stripe,
  payment_method: string,
  params: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Tried> {
  const expand = ["latest_charge"];
  const sent = { amount: 10_000, currency: "usd", payment_method, confirm: true, expand };
  try {
    const intent = await stripe.paymentIntents.create({ ...sent, ...params });
    return { intent, charge: chargeOf(intent), error: undefined };
  } catch (thrown) {
    const error = thrown as Stripe.errors.StripeError & { payment_intent?: { id: string } };
    const id = error.payment_intent?.id;
    if (id === undefined) throw error;
    const intent = await stripe.paymentIntents.retrieve(id, { expand });
    return { intent, charge: chargeOf(intent), error };
  }
}

function chargeOf({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | undefined {
  return charge === null || typeof charge === "string" ? undefined : charge;
}

/** The card a charge was made on, as far as Stripe's tables say what it is. */
export function cardOf(charge: Stripe.Charge | undefined) {
  const { brand, country, funding, last4 } = charge?.payment_method_details?.card ?? {};
  return { brand, country, funding, last4 };
}

/** Rows of a table as Stripe's page has it: a line each, its columns apart by bars. */
export function rowsOf(table: string): string[][] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((column) => column.trim()));
}
