import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { type DiscountDuration, wordsOf } from "#lib/stripe/gateway-discounts";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

export type NewCoupon = {
  /** An id of ours, so that a second one cannot come about. */
  id: string;
  name: string;
  percentOff: string | null;
  amountsOff: { currency: string; minor: string }[] | null;
  duration: "once" | "repeating" | "forever";
  months: number | null;
  maxRedemptions: number | null;
  redeemBy: Date | null;
  /** Empty is every product there is. */
  productIds: string[];
};
export type KnownCoupon = {
  id: string;
  name: string | null;
  productIds: string[];
  timesRedeemed: number;
};
/** A discount somebody has. */
export type GivenDiscount = {
  discountId: string;
  couponId: string;
  name: string | null;
  /** Empty is every product there is. */
  productIds: string[];
  endsAt: Date | null;
  duration: DiscountDuration;
  /** What it takes off, in words. */
  words: string;
};
export type NewCode = {
  code: string;
  couponId: string;
  maxRedemptions: number | null;
  expiresAt: Date | null;
  isFirstTimeOnly: boolean;
};
export type KnownCode = { id: string; couponId: string; isActive: boolean; timesRedeemed: number };

/**
 * Coupons and the codes people type for them. What a coupon takes off is fixed once it is made.
 * Both have names Stripe keeps unique, so they are looked for first and need no idempotency key.
 */
export function couponCalls(stripe: StripeClient) {
  return {
    findCoupon: (id: string): Promise<KnownCoupon | null> =>
      askForOne(async () =>
        knownCoupon(await stripe.coupons.retrieve(id, { expand: ["applies_to"] })),
      ),

    createCoupon(coupon: NewCoupon): Promise<KnownCoupon> {
      const params = { ...couponParams(coupon), expand: ["applies_to"] };
      return ask(async () => knownCoupon(await stripe.coupons.create(params)));
    },

    /** What a subscription has taken off, with what each is for. */
    readDiscounts(subscriptionId: string): Promise<GivenDiscount[]> {
      return ask(async () => {
        const expand = ["discounts.source.coupon.applies_to"];
        const { discounts } = await stripe.subscriptions.retrieve(subscriptionId, { expand });
        return discounts.flatMap((one) => (typeof one === "string" ? [] : givenDiscount(one)));
      });
    },

    renameCoupon({ id, name }: { id: string; name: string }): Promise<unknown> {
      return ask(() => stripe.coupons.update(id, { name }));
    },

    /** The newest code of this wording that leads to the coupon. */
    findCode({ code, couponId }: { code: string; couponId: string }): Promise<KnownCode | null> {
      return ask(async () => {
        const { data } = await stripe.promotionCodes.list({ code, coupon: couponId, limit: 1 });
        return data[0] ? knownCode(data[0]) : null;
      });
    },

    readCode: (id: string): Promise<KnownCode | null> =>
      askForOne(async () => knownCode(await stripe.promotionCodes.retrieve(id))),

    createCode(code: NewCode): Promise<KnownCode> {
      return ask(async () => knownCode(await stripe.promotionCodes.create(codeParams(code))));
    },

    switchCode({ id, isActive }: { id: string; isActive: boolean }): Promise<unknown> {
      return ask(() => stripe.promotionCodes.update(id, { active: isActive }));
    },
  };
}

function couponParams(coupon: NewCoupon): Stripe.CouponCreateParams {
  const { id, name, percentOff, amountsOff, duration, months, maxRedemptions, redeemBy } = coupon;
  const [first, ...others] = amountsOff ?? [];
  const options = others.map(({ currency, minor }) => [currency, { amount_off: Number(minor) }]);
  return {
    ...{ id, name, duration },
    ...(percentOff !== null && { percent_off: Number(percentOff) }),
    ...(first && { amount_off: Number(first.minor), currency: first.currency }),
    ...(options.length > 0 && { currency_options: Object.fromEntries(options) }),
    ...(months !== null && { duration_in_months: months }),
    ...(maxRedemptions !== null && { max_redemptions: maxRedemptions }),
    ...(redeemBy && { redeem_by: secondsOf(redeemBy) }),
    ...(coupon.productIds.length > 0 && { applies_to: { products: coupon.productIds } }),
  };
}

function codeParams(code: NewCode): Stripe.PromotionCodeCreateParams {
  const { couponId, maxRedemptions, expiresAt, isFirstTimeOnly } = code;
  return {
    promotion: { type: "coupon", coupon: couponId },
    code: code.code,
    ...(maxRedemptions !== null && { max_redemptions: maxRedemptions }),
    ...(expiresAt && { expires_at: secondsOf(expiresAt) }),
    ...(isFirstTimeOnly && { restrictions: { first_time_transaction: true } }),
  };
}

function knownCoupon({ id, name, applies_to: at, times_redeemed: times }: Stripe.Coupon) {
  return { id, name, productIds: at?.products ?? [], timesRedeemed: times };
}

function givenDiscount({ id, source, end }: Stripe.Discount): GivenDiscount {
  const coupon = typeof source.coupon === "string" ? null : source.coupon;
  return {
    ...{ discountId: id, couponId: idOf(source.coupon) ?? "", name: coupon?.name ?? null },
    productIds: coupon?.applies_to?.products ?? [],
    endsAt: end === null ? null : instantFrom(end),
    duration: (coupon?.duration ?? "forever") as DiscountDuration,
    words: coupon ? wordsOf(coupon) : "A discount",
  };
}

function knownCode(code: Stripe.PromotionCode): KnownCode {
  const { id, promotion, active, times_redeemed: timesRedeemed } = code;
  return { id, couponId: idOf(promotion.coupon) ?? "", isActive: active, timesRedeemed };
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
