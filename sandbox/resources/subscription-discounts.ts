import { changeSubscription } from "#sandbox/billing/change-subscription";
import { type DiscountSent, endDiscount, giveDiscounts } from "#sandbox/billing/discounts";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Gives a subscription the discounts of a request. What is not named again is taken away. */
export function replaceDiscounts(
  world: World,
  row: Row<"subscription">,
  sent: readonly DiscountSent[],
): void {
  const { discounts: before } = row.object;
  giveInstead(world, row, sent);
  endReplaced(world, row, before);
}

/** Gives the discounts of a request in place of those there are, which do not end by that yet. */
export function giveInstead(
  world: World,
  row: Row<"subscription">,
  sent: readonly DiscountSent[],
): void {
  const { id, customer, customer_account, currency } = row.object;
  const owner = { customer, customer_account, subscription: id };
  const discounts = giveDiscounts(world, sent, owner, { customer, currency });
  changeSubscription(world, row, { discounts });
}

/** Ends those of some discounts that a subscription has no more. */
export function endReplaced(
  world: World,
  { object }: Row<"subscription">,
  before: readonly string[],
): void {
  for (const old of before) if (!object.discounts.includes(old)) endDiscount(world, old);
}
