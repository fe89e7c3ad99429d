import { z } from "zod";
import { addOnsInput } from "#lib/billing/add-on";
import { isCurrency } from "#lib/money/currency";

/** How many seats someone wants. */
export const seatsInput = z
  .number("must be a number")
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(10_000, "must be at most 10,000; write to us for more")
  .default(1);

/** What a person chose on the billing or pricing page. */
export const checkoutInput = z.object({
  plan: z.string().min(1).max(50),
  interval: z.enum(["month", "year"]),
  currency: z.string().refine(isCurrency, "is not a currency we price in").default("usd"),
  seats: seatsInput,
  /** A promotion code typed here. Without one it can be typed on Stripe's page. */
  code: z.string().trim().min(1).max(100).optional(),
  /** `later` begins a trial without a way to pay, where the plan allows it. */
  card: z.enum(["now", "later"]).default("now"),
  /** Where the payment page stands: Stripe's own, or inside ours. */
  page: z.enum(["hosted", "embedded"]).default("hosted"),
  addOns: addOnsInput.default([]),
});
type Sent = z.infer<typeof checkoutInput>;
type Spared = "card" | "page" | "addOns";
/** What has a default may be left out by callers of our own, too. */
export type CheckoutInput = Omit<Sent, Spared> & Partial<Pick<Sent, Spared>>;
