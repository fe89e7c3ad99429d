import { couponId } from "#lib/catalog/input";
import { archiveCoupon } from "#lib/catalog/update-coupon";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Archive a coupon",
  params: couponId,
  run: (ctx, { params }) => archiveCoupon(ctx, { couponId: params.id }),
});
