import type { CreateCouponInput } from "#lib/catalog/input";
import { said } from "#lib/catalog/problem";
import type { Coupon, PromotionCode } from "#lib/db/generated/client";
import { Refusal } from "#lib/errors";
import type { Currency } from "#lib/money/currency";

export type CouponStatus = "making" | "active" | "failed" | "archived";

/** What is taken off a bill, and how often it was so far. */
export type CouponView = {
  id: string;
  name: string;
  status: CouponStatus;
  /** A decimal: "12.5" is 12.5 %. Null where it takes off amounts. */
  percentOff: string | null;
  amountsOff: { currency: Currency; minor: string }[] | null;
  duration: "once" | "repeating" | "forever";
  months: number | null;
  maxRedemptions: number | null;
  redeemBy: Date | null;
  planKeys: string[];
  timesRedeemed: number;
  /** When Stripe was last asked how often. */
  countedAt: Date | null;
  error: string | null;
  createdAt: Date;
  codes: PromotionCodeView[];
};
export type PromotionCodeView = {
  id: string;
  code: string;
  isActive: boolean;
  isFirstTimeOnly: boolean;
  maxRedemptions: number | null;
  expiresAt: Date | null;
  timesRedeemed: number;
  /** True once Stripe knows it. */
  isMade: boolean;
  error: string | null;
  createdAt: Date;
};

type Row = Coupon & { codes: PromotionCode[] };

export function toCoupon(row: Row): CouponView {
  const { stripeCouponIds: _, createdById: __, percentOff, amountsOff, codes, ...plain } = row;
  return {
    ...plain,
    percentOff: percentOff?.toFixed() ?? null,
    amountsOff: amountsOff as CouponView["amountsOff"],
    codes: codes.map(toCode),
  };
}

function toCode({ couponId: _, stripeCodeIds, ...plain }: PromotionCode): PromotionCodeView {
  return { ...plain, isMade: stripeCodeIds.length > 0 };
}

/** Refuses what is no discount, naming the field and what to write instead. */
export function checkCoupon(input: CreateCouponInput, now: Date): void {
  const { percentOff, amountsOff, duration, months, redeemBy } = input;
  if ((percentOff === null) === (amountsOff === null || amountsOff.length === 0)) {
    refuse("percentOff", "Take off either a percentage or an amount in each currency.");
  }
  if (percentOff !== null && !isPercent(percentOff)) {
    const mend = "write more than 0 and at most 100, with at most 2 decimals";
    refuse("percentOff", `The coupon takes off ${said(percentOff)} percent: ${mend}.`);
  }
  const seen = new Set<string>();
  for (const [place, { currency, minor }] of (amountsOff ?? []).entries()) {
    const field = `amountsOff.${place}`;
    const code = currency.toUpperCase();
    if (seen.has(currency)) refuse(`${field}.currency`, `${code} is there twice: keep one.`);
    seen.add(currency);
    if (/^[1-9]\d{0,7}$/.test(minor)) continue;
    const mend = "write a whole number of minor units from 1 to 99999999";
    refuse(`${field}.minor`, `The coupon takes off ${said(minor)} in ${code}: ${mend}.`);
  }
  if ((duration === "repeating") !== (months !== null)) {
    const message = "Say for how many months where it repeats, and only there.";
    refuse("months", message);
  }
  if (redeemBy && redeemBy <= now) refuse("redeemBy", "The last day is over: choose a later one.");
}

function isPercent(text: string): boolean {
  return /^\d{1,3}(\.\d{1,2})?$/.test(text) && Number(text) > 0 && Number(text) <= 100;
}

function refuse(field: string, message: string): never {
  throw new Refusal("invalid", message, { field });
}
