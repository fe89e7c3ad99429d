import { runningDiscounts } from "#sandbox/billing/discounts";
import { takenOff } from "#sandbox/billing/price-invoice";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** What an item's amount comes to under the percentages its subscription has now. An amount off
 *  belongs to a whole invoice and is not prorated. */
export function discountedMinor(
  world: World,
  item: ObjectOf<"subscription_item">,
  gross: bigint,
): bigint {
  const subscription = world.find("subscription", item.subscription)?.object;
  const ids = [...item.discounts, ...(subscription?.discounts ?? [])];
  let left = gross;
  for (const { source } of runningDiscounts(world, ids, world.now())) {
    const coupon = world.find("coupon", source.coupon ?? "")?.object;
    const products = coupon?.applies_to?.products;
    const isFor = products === undefined || products.includes(item.price.product);
    if (!coupon || coupon.percent_off === null || !isFor) continue;
    left -= takenOff(coupon, item.price.currency, left);
  }
  return left;
}
