import Stripe from "stripe";
import type { Target } from "#tests/scenarios/target";

/** What is seen of a run: plain values under names, without ids and times, which always differ. */
export type Sight = Record<string, unknown>;

/** A story told to Stripe through its SDK, and what Stripe documents is seen of it. */
export type Scenario = {
  run(target: Target): Promise<Sight>;
  expected: Sight;
};

/** The name of what the stories make, by which it is found and taken away. */
export const mine = "Lockstep scenario";

/** The codes and words of a refusal; the story fails where nothing is refused. */
export async function refusalOf(work: Promise<unknown>): Promise<Sight> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const { statusCode, rawType, code, param, decline_code } = error as typeof error & {
      rawType?: string;
    };
    const found = { status: statusCode, type: rawType, code, param, decline_code };
    return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  }
  throw new Error("It was expected to be refused.");
}

/** A customer with a card that invoices charge; under a test clock where one is given. */
export async function payer(stripe: Stripe, card: string, clock?: string): Promise<string> {
  const { id } = await stripe.customers.create({
    name: mine,
    ...(clock && { test_clock: clock }),
  });
  const method = await stripe.paymentMethods.attach(card, { customer: id });
  await stripe.customers.update(id, {
    invoice_settings: { default_payment_method: method.id },
  });
  return id;
}

/** A monthly price in dollars. */
export function monthly(stripe: Stripe, unit_amount: number): Promise<Stripe.Price> {
  return stripe.prices.create({
    ...{ currency: "usd", unit_amount, recurring: { interval: "month" } },
    product_data: { name: mine },
  });
}

/** Runs a story in time of its own, which is taken away with all in it at the end. */
export async function underClock<T>(
  { stripe, until }: Target,
  story: (clock: string, advance: (seconds: number) => Promise<void>) => Promise<T>,
): Promise<T> {
  let now = Math.floor(Date.now() / 1000);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: now });
  const advance = async (seconds: number): Promise<void> => {
    now += seconds;
    await stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: now });
    await until(
      "a test clock to be ready",
      () => stripe.testHelpers.testClocks.retrieve(clock.id),
      ({ status }) => status !== "advancing",
    );
  };
  try {
    return await story(clock.id, advance);
  } finally {
    await stripe.testHelpers.testClocks.del(clock.id);
  }
}
