import type { Leaving } from "#lib/billing/change";
import type { PhaseItem } from "#lib/stripe/gateway-schedules";
import type { ItemChange, LiveItem } from "#lib/stripe/gateway-subscriptions";

export type ComponentKind = "flat" | "seat" | "usage";
/** What a price of ours is for, by the price's id at Stripe. */
export type KnownPrice = { planKey: string; kind: ComponentKind; key: string };
/** An item as it is to be, and what it is for. */
export type TargetItem = PhaseItem & KnownPrice;

/** What is to be asked so that a subscription becomes what was chosen. */
export type ItemsPlan = {
  items: ItemChange[];
  removes: boolean;
  /** Usage that was counted would have no item to be billed by. */
  dropsUsage: boolean;
};

/**
 * Leads each item there is to the one that takes its place: the same component first, of the same
 * plan and then of another, then one of its kind, then any that is billed alike. Keeping the item
 * keeps its usage, and tells Stripe that another interval begins a new cycle.
 */
export function planItems(
  live: readonly (LiveItem & KnownPrice)[],
  target: readonly TargetItem[],
): ItemsPlan {
  const left = [...live];
  const open = new Set(target);
  const items: ItemChange[] = [];
  const isUsage = ({ kind }: KnownPrice) => kind === "usage";
  for (const alike of [
    // A plan's flat price and an add-on's may have one key.
    (old: KnownPrice, next: KnownPrice) =>
      old.planKey === next.planKey && old.key === next.key && old.kind === next.kind,
    (old: KnownPrice, next: KnownPrice) => old.key === next.key && old.kind === next.kind,
    (old: KnownPrice, next: KnownPrice) => old.kind === next.kind,
    (old: KnownPrice, next: KnownPrice) => isUsage(old) === isUsage(next),
  ]) {
    for (const next of [...open]) {
      const place = left.findIndex((old) => alike(old, next));
      const [old] = place < 0 ? [] : left.splice(place, 1);
      if (!old) continue;
      open.delete(next);
      if (!isSame(old, next)) items.push({ itemId: old.itemId, ...termsOf(next) });
    }
  }
  for (const next of open) items.push(termsOf(next));
  for (const { itemId } of left) items.push({ itemId, isRemoved: true });
  return { items, removes: left.length > 0, dropsUsage: left.some(isUsage) };
}

/** The prices of usage that leave their items for another in the middle of a period. */
export function leavingUsage(
  live: readonly (LiveItem & KnownPrice)[],
  items: readonly ItemChange[],
): Leaving[] {
  const next = new Map(items.map(({ itemId, priceId }) => [itemId, priceId]));
  return live.flatMap(({ kind, itemId, priceId, periodStart }) => {
    const isLeft = kind === "usage" && next.has(itemId) && next.get(itemId) !== priceId;
    return isLeft ? [{ itemId, priceId, from: periodStart.toISOString() }] : [];
  });
}

/** True where a subscription has exactly these prices and quantities. */
export function hasItems(live: readonly PhaseItem[], target: readonly PhaseItem[]): boolean {
  const sign = (items: readonly PhaseItem[]) =>
    items.map(({ priceId, quantity }) => `${priceId}*${quantity ?? ""}`).sort();
  return sign(live).join() === sign(target).join();
}

function isSame(old: PhaseItem, next: PhaseItem): boolean {
  return old.priceId === next.priceId && old.quantity === next.quantity;
}

function termsOf({ priceId, quantity }: PhaseItem): ItemChange {
  return { priceId, ...(quantity !== null && { quantity }) };
}
