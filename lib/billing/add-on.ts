import { z } from "zod";

/** What is bought beside a plan, and how many of it. */
export type AddOnChoice = { key: string; quantity: number };

export const mostAddOns = 20;
const key = z.string().min(1).max(50);
const quantity = z
  .number()
  .int("must be a whole number")
  .min(1, "must be at least 1; leave the add-on out to have none")
  .max(1000, "must be at most 1,000")
  .default(1);

/** Add-ons as the API takes them: a key alone is one of it. */
export const addOnsInput = z
  .array(
    z.union([
      z.object({ key, quantity }),
      key.transform((one): AddOnChoice => ({ key: one, quantity: 1 })),
    ]),
  )
  .max(mostAddOns, `must be at most ${mostAddOns}`);

/** How many of a version a subscription has: its flat parts say it. */
export function quantityIn(
  version: { components: readonly { kind: string; prices: readonly PricedAtStripe[] }[] },
  items: readonly { priceId: string; quantity: number | null }[],
): number {
  const flat = version.components.filter(({ kind }) => kind === "flat");
  const ids = new Set(flat.flatMap(({ prices }) => prices.map((price) => price.stripePriceId)));
  return items.find(({ priceId }) => ids.has(priceId))?.quantity ?? 1;
}
type PricedAtStripe = { stripePriceId: string | null };
