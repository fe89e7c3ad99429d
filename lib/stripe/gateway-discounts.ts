import type Stripe from "stripe";
import { ask, askForOne } from "#lib/stripe/ask";
import { idOf, instantFrom } from "#lib/stripe/objects";
import type { StripeClient } from "#lib/stripe/stripe-client";

/** How long a discount lasts: for one invoice, for some months, or for good. */
export type DiscountDuration = "once" | "repeating" | "forever";

/** A promotion code as a person who typed it has to know it. */
export type PromotionCode = {
  id: string;
  code: string;
  isActive: boolean;
  isUsedUp: boolean;
  /** What it takes off, in words: "25 % off for 3 months". */
  words: string;
  /** The currencies it takes an amount off in; null where it is a percentage. */
  currencies: string[] | null;
  /** From when on it can no longer be used; null is never. */
  endsAt: Date | null;
  duration: DiscountDuration;
  /** For how many months, where it lasts for some. */
  months: number | null;
  /** For those alone who never paid. */
  isFirstTimeOnly: boolean;
  /** What has to be bought at the least, in minor units by currency. */
  least: Record<string, bigint>;
  /** The products it is for; empty is all of them. */
  productIds: string[];
};
export type LastingCoupon = { couponId: string; name: string; percentOff: number; months: number };

export function discountCalls(stripe: StripeClient) {
  return {
    /**
     * The code as it was typed, in capitals or not; null where there never was one, or only one for
     * somebody else.
     */
    findPromotionCode(code: string, buyerIds: readonly string[]): Promise<PromotionCode | null> {
      return ask(async () => {
        const { data } = await stripe.promotionCodes.list({ code, limit: 100, expand: whole });
        const open = data.filter(({ customer, customer_account: account }) => {
          const theirs = [idOf(customer), account].filter((id) => id != null);
          return theirs.length === 0 || theirs.some((id) => buyerIds.includes(id));
        });
        const found = open.find(({ active }) => active) ?? open[0];
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

const whole = ["currency_options", "applies_to"].map((part) => `data.promotion.coupon.${part}`);

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
    currencies: known?.currency
      ? [known.currency, ...Object.keys(known.currency_options ?? {})]
      : null,
    endsAt: earliest(found.expires_at, known?.redeem_by ?? null),
    duration: (known?.duration ?? "once") as DiscountDuration,
    months: known?.duration_in_months ?? null,
    isFirstTimeOnly: found.restrictions.first_time_transaction,
    least: leastOf(found.restrictions),
    productIds: known?.applies_to?.products ?? [],
  };
}

function earliest(...seconds: (number | null)[]): Date | null {
  const known = seconds.filter((one) => one !== null);
  return known.length > 0 ? instantFrom(Math.min(...known)) : null;
}

function leastOf({
  minimum_amount: amount,
  minimum_amount_currency: currency,
  currency_options: others,
}: Stripe.PromotionCode.Restrictions): Record<string, bigint> {
  const more = Object.entries(others ?? {}).map(([one, { minimum_amount: least }]) => {
    return [one, BigInt(least)] as const;
  });
  return {
    ...Object.fromEntries(more),
    ...(amount !== null && currency !== null && { [currency]: BigInt(amount) }),
  };
}

/** What a coupon takes off, in words. */
export function wordsOf(coupon: Stripe.Coupon): string {
  if (coupon.name) return coupon.name;
  const off = coupon.percent_off === null ? "A discount" : `${coupon.percent_off} % off`;
  const { duration, duration_in_months: months } = coupon;
  if (duration === "once") return `${off} the next invoice`;
  return duration === "repeating" ? `${off} for ${months} months` : `${off} for good`;
}
