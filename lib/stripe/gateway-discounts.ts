import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** A promotion code as a person who typed it has to know it. */
export type PromotionCode = {
  id: string;
  code: string;
  isActive: boolean;
  isUsedUp: boolean;
  /** What it takes off, in words: "25 % off for 3 months". */
  words: string;
  /** Set where it takes off an amount, which is in one currency. */
  currency: string | null;
};
export type LastingCoupon = { couponId: string; name: string; percentOff: number; months: number };

export function discountCalls(stripe: StripeClient) {
  return {
    /** The code as it was typed, in capitals or not; null where there never was one. */
    findPromotionCode(code: string): Promise<PromotionCode | null> {
      return ask(async () => {
        const { data } = await stripe.promotionCodes.list({
          code,
          limit: 10,
          expand: ["data.promotion.coupon"],
        });
        const found = data.find(({ active }) => active) ?? data[0];
        return found ? promotionOf(found) : null;
      });
    },

    /** A coupon by an id of ours: a second one cannot come about. */
    async ensureCoupon({ couponId: id, name, percentOff, months }: LastingCoupon): Promise<void> {
      if (await askForOne(() => stripe.coupons.retrieve(id))) return;
      const words = { id, name, percent_off: percentOff, duration_in_months: months };
      await ask(() =>
        stripe.coupons.create(
          { ...words, duration: "repeating" },
          { idempotencyKey: `create-coupon:${id}` },
        ),
      );
    },
  };
}

function promotionOf(found: Stripe.PromotionCode): PromotionCode {
  const { id, code, active, max_redemptions: most, times_redeemed: times } = found;
  const { coupon } = found.promotion;
  const known = coupon && typeof coupon !== "string" ? coupon : null;
  const isSpent = most !== null && times >= most;
  const isCouponSpent =
    known?.max_redemptions != null && known.times_redeemed >= known.max_redemptions;
  return {
    ...{ id, code, isActive: active && (known?.valid ?? true) },
    isUsedUp: isSpent || isCouponSpent,
    words: known ? wordsOf(known) : code,
    currency: known?.currency ?? null,
  };
}

function wordsOf(coupon: Stripe.Coupon): string {
  if (coupon.name) return coupon.name;
  const off = coupon.percent_off === null ? "A discount" : `${coupon.percent_off} % off`;
  const { duration, duration_in_months: months } = coupon;
  if (duration === "once") return `${off} the next invoice`;
  return duration === "repeating" ? `${off} for ${months} months` : `${off} for good`;
}
