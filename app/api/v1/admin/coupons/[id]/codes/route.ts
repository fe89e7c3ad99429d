import { z } from "zod";
import { createPromotionCode } from "#lib/catalog/create-promotion-code";
import { couponId, createCodeInput } from "#lib/catalog/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Create a promotion code",
  answer: z.object({ promotionCodeId: z.string() }),
  params: couponId,
  body: createCodeInput,
  status: 202,
  run: (ctx, { params, body }) => createPromotionCode(ctx, { couponId: params.id, ...body }),
});
