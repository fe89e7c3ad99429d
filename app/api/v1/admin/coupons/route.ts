import { createCoupon } from "#lib/catalog/create-coupon";
import { listCoupons } from "#lib/catalog/get-coupon";
import { createCouponInput } from "#lib/catalog/input";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "coupons:read",
  summary: "List coupons",
  run: (ctx) => listCoupons(ctx),
});

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Create a coupon",
  body: createCouponInput,
  status: 202,
  run: (ctx, { body }) => createCoupon(ctx, body),
});
