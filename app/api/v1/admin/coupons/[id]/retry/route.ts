import { couponId } from "#lib/catalog/input";
import { retryCoupon } from "#lib/catalog/update-coupon";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  params: couponId,
  run: (ctx, { params }) => retryCoupon(ctx, { couponId: params.id }),
});
