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
  const { id, customer, customer_account, currency, discounts: before } = row.object;
  const owner = { customer, customer_account, subscription: id };
  const discounts = giveDiscounts(world, sent, owner, { customer, currency });
  for (const old of before) {
    if (!discounts.includes(old)) endDiscount(world, old);
  }
  changeSubscription(world, row, { discounts });
}
