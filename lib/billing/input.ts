import { z } from "zod";
import { isCurrency } from "#lib/money/currency";

/** What a person chose on the billing or pricing page. */
export const checkoutInput = z.object({
  plan: z.string().min(1).max(50),
  interval: z.enum(["month", "year"]),
  currency: z.string().refine(isCurrency, "is not a currency we price in").default("usd"),
  seats: z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(10_000, "must be at most 10,000; write to us for more")
    .default(1),
});
export type CheckoutInput = z.infer<typeof checkoutInput>;
