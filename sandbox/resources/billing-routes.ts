import type { Routes } from "#sandbox/protocol/route";
import { couponRoutes } from "#sandbox/resources/coupons";
import { promotionCodeRoutes } from "#sandbox/resources/promotion-codes";

/** What makes billing more than a price a month. */
export const billingRoutes: Routes = {
  ...couponRoutes,
  ...promotionCodeRoutes,
};
