import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Coupon = ObjectOf<"coupon">;

/** Whether a coupon may still be redeemed. */
export function isRedeemable(world: World, coupon: Coupon): boolean {
  const { max_redemptions: most, redeem_by: until, times_redeemed: times } = coupon;
  return (most === null || times < most) && (until === null || world.now() <= until);
}

/** Whether a code, its coupon and its limits still allow redeeming it. */
export function isPromotionActive(world: World, promotion: ObjectOf<"promotion_code">): boolean {
  const { active, expires_at: until, max_redemptions: most, times_redeemed: times } = promotion;
  const coupon = world.find("coupon", promotion.promotion.coupon ?? "");
  if (coupon === undefined || coupon.isDeleted || !isRedeemable(world, coupon.object)) return false;
  return active && (until === null || world.now() < until) && (most === null || times < most);
}

/** A coupon that can be redeemed now, in a currency, or Stripe's reason why not. */
export function validCoupon(
  world: World,
  id: string,
  param: string,
  currency: string | null,
): Row<"coupon"> {
  const row = world.find("coupon", id);
  if (row === undefined || row.isDeleted) {
    throw invalidRequest(`No such coupon: '${id}'`, "resource_missing", param);
  }
  if (!isRedeemable(world, row.object)) {
    const message = `Coupon expired: ${id}`;
    throw invalidRequest(message, "coupon_expired", param);
  }
  const { amount_off, percent_off } = row.object;
  if (percent_off === null && amount_off !== null && currency !== null) {
    if (amountOff(row.object, currency) === undefined) {
      const message =
        `This coupon cannot be used because its currency is ${row.object.currency}, which is ` +
        `not ${currency}.`;
      throw invalidRequest(message, undefined, param);
    }
  }
  return row;
}

/** What a coupon takes off in a currency, if it takes off an amount there. */
export function amountOff(coupon: Coupon, currency: string): number | undefined {
  if (coupon.currency === currency) return coupon.amount_off ?? undefined;
  return coupon.currency_options?.[currency]?.amount_off;
}

/** Counts a redemption. */
export function redeemCoupon(world: World, row: Row<"coupon">): void {
  row.object = { ...row.object, times_redeemed: row.object.times_redeemed + 1 };
  world.save(row);
}
