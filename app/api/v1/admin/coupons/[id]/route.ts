import { couponAnswer } from "#lib/catalog/answers";
import { getCoupon } from "#lib/catalog/get-coupon";
import { couponId, updateCouponInput } from "#lib/catalog/input";
import { updateCoupon } from "#lib/catalog/update-coupon";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "coupons:read",
  summary: "Get a coupon",
  answer: couponAnswer,
  params: couponId,
  run: (ctx, { params }) => getCoupon(ctx, { couponId: params.id }),
});

export const PATCH = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Rename a coupon",
  params: couponId,
  body: updateCouponInput,
  run: (ctx, { params, body }) => updateCoupon(ctx, { couponId: params.id, ...body }),
});
