import type { Tx } from "#lib/db/client";
import type { LiveItem } from "#lib/stripe/gateway-subscriptions";

/** Of a subscription's items the one that counts seats; null where none does. */
export async function findSeatItem(tx: Tx, items: readonly LiveItem[]): Promise<LiveItem | null> {
  const prices = await tx.price.findMany({
    where: {
      stripePriceId: { in: items.map(({ priceId }) => priceId) },
      component: { kind: "seat" },
    },
    select: { stripePriceId: true },
  });
  const ofSeats = new Set(prices.map(({ stripePriceId }) => stripePriceId));
  return items.find(({ priceId }) => ofSeats.has(priceId)) ?? null;
}
