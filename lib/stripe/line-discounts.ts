import type Stripe from "stripe";
import { askForOne } from "#lib/stripe/ask";
import { idOf } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

type Line = Stripe.InvoiceLineItem;

/** The discounts of single lines are to be whole, as far as one request may ask for it. */
export const lineDiscounts = "lines.data.discounts";

/**
 * Lines whose own discounts say what they take off. Stripe expands four levels, and a line's coupon
 * is the fifth: each is asked for once. One that is gone stays an id.
 * https://docs.stripe.com/api/expanding_objects
 */
export async function withLineCoupons(
  stripe: StripeClient,
  lines: readonly Line[],
): Promise<Line[]> {
  const own = lines.flatMap(({ discounts }) => discounts.filter((one) => typeof one !== "string"));
  const ids = new Set(own.flatMap(({ source }) => idOf(source.coupon) ?? []));
  const coupons = new Map<string, Stripe.Coupon | null>();
  for (const id of ids) {
    const expand = ["applies_to", "currency_options"];
    coupons.set(id, await askForOne(() => stripe.coupons.retrieve(id, { expand })));
  }
  const whole = (one: Line["discounts"][number]) => {
    if (typeof one === "string") return one;
    const coupon = coupons.get(idOf(one.source.coupon) ?? "");
    return coupon ? { ...one, source: { ...one.source, coupon } } : one;
  };
  return lines.map((line) => ({ ...line, discounts: line.discounts.map(whole) }));
}
