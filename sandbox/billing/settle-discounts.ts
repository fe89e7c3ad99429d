import { changeSubscription } from "#sandbox/billing/change-subscription";
import { endDiscount } from "#sandbox/billing/discounts";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** A coupon for one invoice is used up once that invoice is final and took something off. */
export function settleDiscounts(world: World, invoice: ObjectOf<"invoice">): void {
  for (const { discount: id, amount } of invoice.total_discount_amounts ?? []) {
    const row = world.find("discount", id);
    const coupon = world.find("coupon", row?.object.source.coupon ?? "");
    if (row === undefined || amount === 0 || coupon?.object.duration !== "once") continue;
    forgetDiscount(world, id);
  }
}

/** Takes a discount off its subscription or its customer, and ends it. */
export function forgetDiscount(world: World, id: string): void {
  const row = world.find("discount", id);
  if (row === undefined) return;
  const { subscription: owner, customer: holder } = row.object;
  endDiscount(world, id);
  const subscription = owner === null ? undefined : world.find("subscription", owner);
  if (subscription !== undefined) {
    const discounts = subscription.object.discounts.filter((each) => each !== id);
    changeSubscription(world, subscription, { discounts });
  }
  const customer = holder === null ? undefined : world.find("customer", holder);
  if (customer?.object.discount?.id === id) {
    customer.object = { ...customer.object, discount: null };
    world.save(customer);
  }
}
