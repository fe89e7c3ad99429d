import { switchPromotionCode } from "#lib/catalog/create-promotion-code";
import { planId, switchCodeInput } from "#lib/catalog/input";
import { route } from "#lib/web/route";

export const POST = route({
  who: "platform",
  permission: "coupons:update",
  summary: "Switch a promotion code on or off",
  params: planId,
  body: switchCodeInput,
  run: (ctx, { params, body }) => switchPromotionCode(ctx, { promotionCodeId: params.id, ...body }),
});
