import {
  type ItemsPlan,
  type KnownPrice,
  planItems,
  type TargetItem,
} from "#lib/billing/change-items";
import type { VersionRow } from "#lib/catalog/read-version";
import type { LiveItem, LiveSubscription } from "#lib/stripe/gateway-subscriptions";

/** A live item that a price of one of the two versions bills. */
type OursItem = LiveItem & KnownPrice;
export type Target = { plan: ItemsPlan; items: TargetItem[]; rest: LiveItem[] };

/** The items of a subscription that a version bills. */
export function itemsOn(live: LiveSubscription, version: VersionRow): OursItem[] {
  const prices = new Map(
    version.components.flatMap(({ kind, key, prices }) =>
      prices.flatMap(({ stripePriceId: id }) => {
        return id ? [[id, { planKey: version.plan.key, kind, key }] as const] : [];
      }),
    ),
  );
  return live.items.flatMap((item) => {
    const price = prices.get(item.priceId);
    return price ? [{ ...item, ...price }] : [];
  });
}

/**
 * What leads from one version's items to the other's: the interval, currency and seats stay, and so
 * does whatever else the subscription has. Null where the other is not sold so.
 */
export function targetOf(live: LiveSubscription, from: VersionRow, to: VersionRow): Target | null {
  const own = itemsOn(live, from);
  const seats = own.find(({ kind }) => kind === "seat")?.quantity ?? 1;
  // An add-on is had as often as it was bought.
  const times = own.find(({ kind }) => kind === "flat")?.quantity ?? 1;
  const interval = own[0]?.interval;
  const items: TargetItem[] = [];
  for (const { kind, key, prices } of to.components) {
    const price = prices.find((one) => one.currency === live.currency && one.interval === interval);
    if (!price?.stripePriceId) return null;
    const quantity = { flat: to.plan.kind === "add_on" ? times : 1, seat: seats, usage: null }[
      kind
    ];
    items.push({ planKey: to.plan.key, kind, key, priceId: price.stripePriceId, quantity });
  }
  const rest = live.items.filter(({ itemId }) => !own.some((one) => one.itemId === itemId));
  return { plan: planItems(own, items), items, rest };
}
