import { couponId } from "#lib/catalog/input";
import { retryCoupon } from "#lib/catalog/update-coupon";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Make a coupon anew and count it",
  params: couponId,
  run: (ctx, { params }) => retryCoupon(ctx, { couponId: params.id }),
});
