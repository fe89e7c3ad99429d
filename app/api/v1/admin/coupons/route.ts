import { z } from "zod";
import { couponAnswer } from "#lib/catalog/answers";
import { createCoupon } from "#lib/catalog/create-coupon";
import { listCoupons } from "#lib/catalog/get-coupon";
import { createCouponInput } from "#lib/catalog/input";
import { allOf } from "#lib/keyset";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "coupons:read",
  summary: "List coupons",
  answer: pageOf(couponAnswer),
  run: async (ctx) => allOf(await listCoupons(ctx)),
});

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Create a coupon",
  answer: z.object({ couponId: z.string() }),
  body: createCouponInput,
  status: 202,
  run: (ctx, { body }) => createCoupon(ctx, body),
});
